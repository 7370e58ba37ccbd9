package orm_test

import (
	"context"
	"fmt"

	"github.com/ormlab/ormlab/orm"
)

// Vehicle is the base: Truck has a table of its own (joined), the column of
// Bicycle is in the base's table (single-table).
type Vehicle struct {
	orm.Polymorphic
	ID      int64           `orm:"primary_key"`
	Kind    string          `orm:"size:20"`
	Name    string          `orm:"size:50"`
	DepotID orm.Null[int64] `orm:"foreign_key:depots.id"`
}

type Truck struct {
	Vehicle
	Tons int64
}

type Bicycle struct {
	Vehicle
	Gears orm.Null[int64]
}

type Depot struct {
	ID       int64             `orm:"primary_key"`
	Town     string            `orm:"size:50"`
	Vehicles orm.Many[Vehicle] `orm:"order_by:ID"`
}

var (
	Vehicles = orm.Declare[Vehicle]("vehicles", orm.PolymorphicOn("Kind", "vehicle"))
	Trucks   = orm.Declare[Truck]("trucks", orm.Inherits(Vehicles, "truck"))
	Bicycles = orm.Declare[Bicycle]("vehicles", orm.Inherits(Vehicles, "bicycle"))
	Depots   = orm.Declare[Depot]("depots")
)

// depot is a session on a database with a depot in Bonn that has a truck and a
// bicycle, and a recorder of what follows.
func depot() (*orm.Session, *orm.Recorder, func()) {
	session, recorder, end := watched(Depots, Vehicles, Trucks, Bicycles)
	truck := &Truck{Vehicle: Vehicle{Name: "Big"}, Tons: 40}
	bicycle := &Bicycle{Vehicle: Vehicle{Name: "Blue"}, Gears: orm.Some[int64](3)}
	bonn := &Depot{Town: "Bonn"}
	check(session.Add(truck, bicycle))
	check(bonn.Vehicles.Add(&truck.Vehicle, &bicycle.Vehicle))
	check(session.Add(bonn))
	check(session.Commit(context.Background()))
	check(session.ExpungeAll())
	recorder.Reset()
	return session, recorder, end
}

// The session says in the discriminator of which class an object is. A joined
// class has a row in each table.
func ExamplePolymorphicOn() {
	ctx := context.Background()
	session, recorder, end := watched(Depots, Vehicles, Trucks, Bicycles)
	defer end()
	truck := &Truck{Vehicle: Vehicle{Name: "Big"}, Tons: 40}
	check(session.Add(truck, &Bicycle{Vehicle: Vehicle{Name: "Blue"}, Gears: orm.Some[int64](3)}))
	check(session.Flush(ctx))
	fmt.Println(truck.Kind, truck.ID)
	tell(recorder)
	truck.Tons = 38
	check(session.Flush(ctx)) // only the table that holds it
	tell(recorder)
	check(session.Delete(truck))
	check(session.Flush(ctx)) // the base's row last
	tell(recorder)
	// Output:
	// truck 1
	// INSERT INTO vehicles (kind, name, depot_id) VALUES (?, ?, ?) [truck Big <nil>]
	// INSERT INTO trucks (id, tons) VALUES (?, ?) [1 40]
	// INSERT INTO vehicles (kind, name, depot_id, gears) VALUES (?, ?, ?, ?) [bicycle Blue <nil> 3]
	// UPDATE trucks SET tons=? WHERE trucks.id = ? [38 1]
	// DELETE FROM trucks WHERE trucks.id = ? [1]
	// DELETE FROM vehicles WHERE vehicles.id = ? [1]
}

// A query for one class finds its objects only, and its columns can stand in
// the conditions, the base's too.
func ExampleInherits() {
	ctx := context.Background()
	session, recorder, end := depot()
	defer end()
	trucks, err := Trucks.Select().Where(orm.C(&Trucks.F.Tons).Gt(10), orm.C(&Trucks.F.Name).Like("B%")).All(ctx, session)
	check(err)
	fmt.Println(len(trucks), trucks[0].Name)
	bicycles, err := Bicycles.Select().All(ctx, session)
	check(err)
	fmt.Println(len(bicycles), bicycles[0].Gears)
	tell(recorder)
	// Output:
	// 1 Big
	// 1 3
	// SELECT vehicles.id, vehicles.kind, vehicles.name, vehicles.depot_id, trucks.tons FROM vehicles JOIN trucks ON vehicles.id = trucks.id WHERE trucks.tons > ? AND vehicles.name LIKE ? [10 B%]
	// SELECT vehicles.id, vehicles.kind, vehicles.name, vehicles.depot_id, vehicles.gears FROM vehicles WHERE vehicles.kind IN (?) [bicycle]
}

// A query for the base gives objects of the right classes, complete. AsA leads
// from the base to the whole object.
func ExampleAsA() {
	ctx := context.Background()
	session, _, end := depot()
	defer end()
	vehicles, err := Vehicles.Select().OrderBy(orm.C(&Vehicles.F.ID).Asc()).All(ctx, session)
	check(err)
	for _, v := range vehicles {
		if truck, ok := orm.AsA(Trucks, v); ok {
			fmt.Println(v.Name, "carries", truck.Tons, "tons", v == &truck.Vehicle)
		}
		if bicycle, ok := orm.AsA(Bicycles, v); ok {
			fmt.Println(v.Name, "has", bicycle.Gears, "gears")
		}
	}
	// Output:
	// Big carries 40 tons true
	// Blue has 3 gears
}

// One query reads what several would, and conditions can name columns of the
// classes below.
func ExampleWithPolymorphic() {
	ctx := context.Background()
	session, recorder, end := depot()
	defer end()
	vehicles, err := Vehicles.Select().Options(orm.WithPolymorphic(Trucks)).
		Where(orm.Or(orm.C(&Trucks.F.Tons).Gt(10), orm.C(&Vehicles.F.Name).Eq("Blue"))).
		OrderBy(orm.C(&Vehicles.F.ID).Asc()).All(ctx, session)
	check(err)
	fmt.Println(len(vehicles), vehicles[0].Kind, vehicles[1].Kind)
	tell(recorder)
	// Output:
	// 2 truck bicycle
	// SELECT vehicles.id, vehicles.kind, vehicles.name, vehicles.depot_id, vehicles.gears, trucks.tons FROM vehicles LEFT OUTER JOIN trucks ON vehicles.id = trucks.id WHERE trucks.tons > ? OR vehicles.name = ? ORDER BY vehicles.id [10 Blue]
}

// A relationship to the base is narrowed to one class: in conditions, joins
// and loaders.
func ExampleOfType() {
	ctx := context.Background()
	session, recorder, end := depot()
	defer end()
	trucks := orm.OfType(&Depots.F.Vehicles, Trucks)
	depots, err := Depots.Select().Where(orm.Any(trucks, orm.C(&Trucks.F.Tons).Gt(10))).Options(orm.SelectIn(trucks)).All(ctx, session)
	check(err)
	fmt.Println(line(recorder.Statements()[0]))
	for _, d := range depots {
		vehicles, err := d.Vehicles.All() // only the trucks
		check(err)
		fmt.Println(d.Town, len(vehicles), vehicles[0].Name)
	}
	// Output:
	// SELECT depots.id, depots.town FROM depots WHERE EXISTS (SELECT 1 FROM vehicles JOIN trucks ON vehicles.id = trucks.id WHERE depots.id = vehicles.depot_id AND trucks.tons > ?) [10]
	// Bonn 1 Big
}
