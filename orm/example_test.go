package orm_test

import (
	"context"
	"errors"
	"fmt"
	"log"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/dialect/mysql"
	"github.com/ormlab/ormlab/orm/dialect/postgres"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
)

// A whole program: open, declare, create, add, change, query.
func Example() {
	ctx := context.Background()
	engine, err := orm.Open("sqlite://", orm.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer engine.Close()
	if err := orm.CreateAll(ctx, engine, Pets); err != nil {
		log.Fatal(err)
	}

	session := orm.NewSession(engine)
	defer session.Close()
	fluffy := Pets.New() // hunger is 20
	fluffy.Name, fluffy.Species = "Fluffy", orm.Some("Cat")
	session.Add(fluffy, &Pet{Name: "Rex", Hunger: 2})
	if err := session.Commit(ctx); err != nil {
		log.Fatal(err)
	}
	fluffy.Hunger = 5 // the next flush sends UPDATE pets SET hunger=?

	hungry, err := Pets.Select().
		Where(orm.C(&Pets.F.Hunger).Gt(3), orm.C(&Pets.F.Name).Like("F%")).
		OrderBy(orm.C(&Pets.F.Name).Asc()).
		All(ctx, session)
	if err != nil {
		log.Fatal(err)
	}
	for _, p := range hungry {
		fmt.Println(p.ID, p.Name, p.Species, p.Hunger, p == fluffy)
	}
	// Output: 1 Fluffy Cat 5 true
}

// The same model has its own CREATE TABLE on each database. None is needed to
// see it.
func ExampleDDLStmt_Compile() {
	for _, d := range []dialect.Dialect{sqlite.Dialect, postgres.Dialect, mysql.Dialect} {
		sql, _, err := orm.CreateTable(Pets).Compile(d)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(sql)
	}
	// Output:
	// CREATE TABLE pets (
	// 	id INTEGER PRIMARY KEY AUTOINCREMENT,
	// 	name VARCHAR(50) NOT NULL UNIQUE,
	// 	species VARCHAR(30),
	// 	hunger INTEGER NOT NULL DEFAULT 20
	// )
	// CREATE TABLE pets (
	// 	id SERIAL PRIMARY KEY,
	// 	name VARCHAR(50) NOT NULL UNIQUE,
	// 	species VARCHAR(30),
	// 	hunger INTEGER NOT NULL DEFAULT 20
	// )
	// CREATE TABLE pets (
	// 	id INTEGER PRIMARY KEY AUTO_INCREMENT,
	// 	name VARCHAR(50) NOT NULL UNIQUE,
	// 	species VARCHAR(30),
	// 	hunger INTEGER NOT NULL DEFAULT 20
	// )
}

// Columns of a table without a model are reached by name.
func ExampleSelect() {
	census := orm.NewTable("census",
		orm.Column("state", orm.String(30)),
		orm.Column("sex", orm.String(1)),
		orm.Column("pop2000", orm.Integer()))
	q := orm.Select(census.C("state"), orm.Sum(census.C("pop2000")).As("people")).
		Where(census.C("state").In("Texas", "New York"), orm.Not(census.C("sex").Eq("M"))).
		GroupBy(census.C("state"))
	sql, args, err := q.Compile(sqlite.Dialect)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(sql)
	fmt.Println(args)

	_, _, err = q.Where(census.C("pop2000").Gt("many")).Compile(sqlite.Dialect)
	fmt.Println(err)
	// Output:
	// SELECT census.state, sum(census.pop2000) AS people FROM census WHERE census.state IN (?, ?) AND census.sex != ? GROUP BY census.state
	// [Texas New York M]
	// dialect: compiling SELECT for sqlite: census.pop2000 is an Integer column: it cannot be compared with "many" (string)
}

// A text has named binds, the same on every database.
func ExampleText() {
	ctx := context.Background()
	engine, err := orm.Open("sqlite://", orm.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer engine.Close()
	students := orm.NewTable("students", orm.Column("name", orm.String(50)), orm.Column("lastname", orm.String(50)))
	if err := orm.CreateAll(ctx, engine, students); err != nil {
		log.Fatal(err)
	}
	_, err = orm.Insert(students, "name", "lastname").
		Row("Ravi", "Kapoor").Row("Abdul", "Sattar").Row("Komal", "Bhandari").
		Exec(ctx, engine)
	if err != nil {
		log.Fatal(err)
	}

	s := orm.Text("select name, lastname from students where name between :x and :y order by name")
	rows, err := s.Bind("x", "A").Bind("y", "L").All(ctx, engine)
	if err != nil {
		log.Fatal(err)
	}
	for _, row := range rows.All() {
		fmt.Println(row)
	}
	sql, args, err := s.Bind("x", "A").Bind("y", "L").Compile(postgres.Dialect)
	fmt.Println(sql, args, err)
	// Output:
	// ('Abdul', 'Sattar')
	// ('Komal', 'Bhandari')
	// select name, lastname from students where name between $1 and $2 order by name [A L] <nil>
}

// The kind of a database's refusal is the same on every database.
func ExampleError() {
	ctx := context.Background()
	engine, err := orm.Open("sqlite://", orm.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer engine.Close()
	if err := orm.CreateAll(ctx, engine, Pets); err != nil {
		log.Fatal(err)
	}
	session := orm.NewSession(engine)
	defer session.Close()
	session.Add(&Pet{Name: "Fluffy"}, &Pet{Name: "Fluffy"})

	var refusal *orm.Error
	if err := session.Commit(ctx); errors.As(err, &refusal) && refusal.Kind == orm.KindUnique {
		fmt.Println("taken:", refusal.Table, refusal.Columns, refusal.Args)
	}
	// Output: taken: pets [name] [Fluffy <nil>]
}
