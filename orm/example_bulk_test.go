package orm_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/ormlab/ormlab/orm"
)

// litter is a session that holds three pets, and a recorder of what follows.
func litter() (*orm.Session, []*Pet, *orm.Recorder, func()) {
	session, recorder, end := watched(Pets)
	pets := []*Pet{{Name: "Fluffy", Hunger: 5}, {Name: "Rex", Hunger: 8}, {Name: "Tom", Hunger: 2}}
	check(session.Add(pets[0], pets[1], pets[2]))
	check(session.Flush(context.Background()))
	recorder.Reset()
	return session, pets, recorder, end
}

// Objects that the session holds follow an UPDATE of their rows. SyncEvaluate
// finds them in memory; SyncFetch asks the database which they are; SyncAuto,
// the default, does what it can.
func ExampleUpdateStmt_SynchronizeSession() {
	ctx := context.Background()
	session, pets, recorder, end := litter()
	defer end()
	hunger, name := orm.C(&Pets.F.Hunger), orm.C(&Pets.F.Name)
	n, err := orm.Update(Pets, hunger.Set(0)).Where(hunger.Gt(4)).SynchronizeSession(orm.SyncEvaluate).Exec(ctx, session)
	check(err)
	fmt.Println(n, pets[0].Hunger, pets[1].Hunger, pets[2].Hunger)
	_, err = orm.Update(Pets, hunger.Set(9)).Where(name.Like("T%")).SynchronizeSession(orm.SyncFetch).Exec(ctx, session)
	check(err)
	fmt.Println(pets[2].Hunger)
	tell(recorder)

	check(session.Rollback(ctx)) // takes the pets back, too
	fmt.Println(session.Contains(pets[0]))
	// Output:
	// 2 0 0 2
	// 9
	// UPDATE pets SET hunger=? WHERE pets.hunger > ? [0 4]
	// UPDATE pets SET hunger=? WHERE pets.name LIKE ? RETURNING id [9 T%]
	// false
}

// Objects whose rows a DELETE takes are deleted in the session, too, and leave
// it with the commit.
func ExampleDelete() {
	ctx := context.Background()
	session, pets, recorder, end := litter()
	defer end()
	n, err := orm.Delete(Pets).Where(orm.C(&Pets.F.Hunger).Lt(4)).Exec(ctx, session)
	check(err)
	fmt.Println(n)
	for _, p := range pets {
		seen, err := session.Inspect(p)
		check(err)
		fmt.Println(p.Name, seen.State)
	}
	tell(recorder)
	_, err = orm.Delete(Pets).Exec(ctx, session) // a condition was forgotten
	fmt.Println(err)
	// Output:
	// 1
	// Fluffy persistent
	// Rex persistent
	// Tom deleted
	// DELETE FROM pets WHERE pets.hunger < ? [4]
	// dialect: compiling DELETE for sqlite: without Where it removes all rows of the table; say so with AllRows()
}

// Each row gets values of its own. Nothing need be loaded; what the session
// holds follows.
func ExampleBulkUpdate() {
	ctx := context.Background()
	session, pets, recorder, end := litter()
	defer end()
	rows := []*Pet{{ID: 1, Hunger: 50}, {ID: 2, Hunger: 80}}
	check(orm.BulkUpdate(ctx, session, Pets, rows, &Pets.F.Hunger))
	tell(recorder)
	fmt.Println(pets[0].Name, pets[0].Hunger)
	err := orm.BulkUpdate(ctx, session, Pets, []*Pet{{ID: 77}}, &Pets.F.Hunger)
	fmt.Println(errors.Is(err, orm.ErrStale))
	// Output:
	// UPDATE pets SET hunger=? WHERE pets.id = ? [50 1]
	// UPDATE pets SET hunger=? WHERE pets.id = ? [80 2]
	// Fluffy 50
	// true
}

// Rows from structs, without a session: those whose name is taken change the
// row that has it.
func ExampleInsertStructs() {
	ctx := context.Background()
	engine, err := orm.Open("sqlite://", orm.Options{})
	check(err)
	defer engine.Close()
	check(orm.CreateAll(ctx, engine, Pets))

	hunger := orm.C(&Pets.F.Hunger)
	feed := func(pets ...*Pet) {
		_, err := orm.InsertStructs(Pets, pets, &Pets.F.Name, &Pets.F.Hunger).
			OnConflict("name").DoUpdate(hunger.SetExpr(orm.Excluded(hunger))).Exec(ctx, engine)
		check(err)
	}
	feed(&Pet{Name: "Fluffy", Hunger: 5}, &Pet{Name: "Rex", Hunger: 8})
	feed(&Pet{Name: "Rex", Hunger: 1}, &Pet{Name: "Tom", Hunger: 2})
	rows, err := orm.Select2(orm.C(&Pets.F.Name), hunger).OrderBy(orm.C(&Pets.F.ID).Asc()).All(ctx, engine)
	check(err)
	fmt.Println(rows)
	// Output: [{Fluffy 5} {Rex 1} {Tom 2}]
}

// An upsert that returns the object of each row: the one that the session
// holds already, or a new one.
func ExampleReturnObjects() {
	ctx := context.Background()
	session, pets, _, end := litter()
	defer end()
	hunger := orm.C(&Pets.F.Hunger)
	upsert := orm.InsertStructs(Pets, []*Pet{{Name: "Rex", Hunger: 1}, {Name: "Ada", Hunger: 3}}, &Pets.F.Name, &Pets.F.Hunger).
		OnConflict("name").DoUpdate(hunger.SetExpr(orm.Excluded(hunger)))
	got, err := orm.ReturnObjects(ctx, session, Pets, upsert)
	check(err)
	fmt.Println(got[0] == pets[1], pets[1].Hunger)
	fmt.Println(got[1].Name, session.Contains(got[1]))
	// Output:
	// true 1
	// Ada true
}

// A loop over a table of any size holds few objects at a time. What it changes
// is written before the next batch is read.
func ExampleYieldPer() {
	ctx := context.Background()
	session, _, recorder, end := litter()
	defer end()
	check(session.Commit(ctx))
	check(session.ExpungeAll())
	recorder.Reset()
	for pet, err := range orm.YieldPer(ctx, session, Pets.Select(), 2) {
		check(err)
		pet.Hunger++
	}
	check(session.Commit(ctx))
	tell(recorder)
	// Output:
	// SELECT pets.id, pets.name, pets.species, pets.hunger FROM pets ORDER BY pets.id LIMIT ? [2]
	// UPDATE pets SET hunger=? WHERE pets.id = ? [6 1]
	// UPDATE pets SET hunger=? WHERE pets.id = ? [9 2]
	// SELECT pets.id, pets.name, pets.species, pets.hunger FROM pets WHERE pets.id > ? ORDER BY pets.id LIMIT ? [2 2]
	// UPDATE pets SET hunger=? WHERE pets.id = ? [3 3]

}

// How the database would run a statement, and which tables it would read
// whole.
func ExampleExplain() {
	ctx := context.Background()
	session, _, _, end := litter()
	defer end()
	for _, where := range []orm.Cond{orm.C(&Pets.F.Hunger).Gt(4), orm.C(&Pets.F.Name).Eq("Rex")} {
		plan, err := orm.Explain(ctx, session, Pets.Select().Where(where))
		check(err)
		fmt.Print(plan)
		fmt.Println("full scans:", plan.FullScans())
	}
	// Output:
	// SCAN pets
	// full scans: [pets]
	// SEARCH pets USING INDEX sqlite_autoindex_pets_1 (name=?)
	// full scans: []
}
