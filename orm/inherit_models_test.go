package orm_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

// Worker is the root of classes: a Coder has a table of its own, and so has an
// Architect, which is a Coder; the columns of a Chief are in the workers' table.
type Worker struct {
	orm.Polymorphic
	ID       int64           `orm:"primary_key"`
	Name     string          `orm:"size:50"`
	Kind     string          `orm:"size:20"`
	StudioID orm.Null[int64] `orm:"foreign_key:studios.id"`
	Studio   orm.One[Studio] `orm:"back_populates:Workers"`
	ChiefID  orm.Null[int64] `orm:"foreign_key:workers.id"`
	Boss     orm.One[Chief]  `orm:"foreign_key:ChiefID,back_populates:Team"`
}

type Coder struct {
	Worker
	Language string           `orm:"size:20"`
	Laptops  orm.Many[Laptop] `orm:"back_populates:Coder,order_by:ID"`
	Skills   orm.Many[Skill]  `orm:"secondary:coder_skills,back_populates:Coders,order_by:ID"`
}

type Skill struct {
	ID     int64           `orm:"primary_key"`
	Name   string          `orm:"size:50"`
	Coders orm.Many[Coder] `orm:"secondary:coder_skills,back_populates:Skills,order_by:ID"`
}

type Architect struct {
	Coder
	Towers int
}

type Chief struct {
	Worker
	Budget orm.Null[int64]
	Team   orm.Many[Worker] `orm:"foreign_key:ChiefID,back_populates:Boss,order_by:ID"`
}

type Studio struct {
	ID      int64            `orm:"primary_key"`
	Name    string           `orm:"size:50"`
	Workers orm.Many[Worker] `orm:"back_populates:Studio,order_by:ID"`
}

type Laptop struct {
	ID      int64           `orm:"primary_key"`
	Label   string          `orm:"size:50"`
	CoderID orm.Null[int64] `orm:"foreign_key:coders.id"`
	Coder   orm.One[Coder]  `orm:"back_populates:Laptops"`
}

var (
	Workers    = orm.Declare[Worker]("workers", orm.PolymorphicOn("Kind", "worker"))
	Coders     = orm.Declare[Coder]("coders", orm.Inherits(Workers, "coder"))
	Architects = orm.Declare[Architect]("architects", orm.Inherits(Coders, "architect"))
	Chiefs     = orm.Declare[Chief]("workers", orm.Inherits(Workers, "chief"))
	Studios    = orm.Declare[Studio]("studios")
	Skills     = orm.Declare[Skill]("skills")
	Laptops    = orm.Declare[Laptop]("laptops")
)

var staffModels = []orm.Mapped{Studios, Workers, Coders, Architects, Chiefs, Laptops, Skills}

// Shape is an abstract root with a discriminator that is a number, a key of two
// columns and a version.
type Shape struct {
	orm.Polymorphic
	Plan    string `orm:"primary_key,size:20"`
	Number  int64  `orm:"primary_key"`
	Sides   int
	Changes int `orm:"version"`
}

type Circle struct {
	Shape
	Radius float64
	Area   orm.Opt[float64] `orm:"server_default:0"`
}

type Square struct {
	Shape
	Width orm.Null[int64]
}

var (
	Shapes  = orm.Declare[Shape]("shapes", orm.PolymorphicOn("Sides", nil))
	Circles = orm.Declare[Circle]("circles", orm.Inherits(Shapes, 1))
	Squares = orm.Declare[Square]("shapes", orm.Inherits(Shapes, 4))
)

// fillStaff inserts workers 1 to 4, one of each class, of whom all but the
// chief have the chief as boss, and two laptops of the coder.
func fillStaff(t testing.TB, engine *orm.Engine) {
	ctx := context.Background()
	s := session(t, engine)
	studio := &Studio{Name: "north"}
	plain, coder, architect, chief := Workers.New(), Coders.New(), Architects.New(), Chiefs.New()
	plain.Name, coder.Name, architect.Name, chief.Name = "Ann", "Bob", "Cid", "Dee"
	coder.Language, architect.Language, architect.Towers, chief.Budget = "Go", "C", 3, orm.Some(int64(100))
	require.NoError(t, studio.Workers.Add(plain, &coder.Worker, &architect.Worker, &chief.Worker))
	require.NoError(t, s.Add(studio))
	require.NoError(t, s.Flush(ctx))
	require.NoError(t, chief.Team.Add(plain, &coder.Worker, &architect.Worker))
	require.NoError(t, coder.Laptops.Add(&Laptop{Label: "one"}, &Laptop{Label: "two"}))
	require.NoError(t, s.Commit(ctx))
}

// withStaff returns a session on a database with [fillStaff].
func withStaff(t testing.TB) (*orm.Session, *sent) {
	t.Helper()
	engine, log := recorded(t, staffModels...)
	fillStaff(t, engine)
	log.take()
	return session(t, engine), log
}
