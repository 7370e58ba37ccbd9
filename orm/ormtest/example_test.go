package ormtest_test

import (
	"context"
	"fmt"
	"log"
	"strings"
	"testing"

	"github.com/ormlab/ormlab/orm"
	_ "github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/ormlab/ormlab/orm/ormtest"
)

// printing is a test that prints how it fails, up to the first colon.
type printing struct {
	testing.TB
	end func()
}

func (*printing) Helper()             {}
func (p *printing) Cleanup(f func())  { p.end = f }
func (*printing) Logf(string, ...any) {}
func (*printing) Errorf(format string, args ...any) {
	what, _, _ := strings.Cut(fmt.Sprintf(format, args...), ":")
	fmt.Println(what)
}

// The test of a page fails when its code begins to send more statements, or
// one for each object. In a test of yours t is its own, and the end comes by
// itself.
func ExampleBudget() {
	ctx := context.Background()
	type Cat struct {
		ID   int64 `orm:"primary_key"`
		Name string
	}
	cats := orm.Declare[Cat]("cats")
	recorder := &orm.Recorder{}
	engine, err := orm.Open("sqlite://", orm.Options{Observers: []orm.Observer{recorder.Observer()}})
	if err != nil {
		log.Fatal(err)
	}
	defer engine.Close()
	if err := orm.CreateAll(ctx, engine, cats); err != nil {
		log.Fatal(err)
	}
	session := orm.NewSession(engine)
	defer session.Close()
	session.Add(&Cat{Name: "Tom"}, &Cat{Name: "Kit"}, &Cat{Name: "Mia"})
	if err := session.Commit(ctx); err != nil {
		log.Fatal(err)
	}
	session.ExpungeAll()

	t := &printing{}
	ormtest.Budget(t, recorder, 2)
	for id := range 3 {
		cat, err := cats.Get(ctx, session, id+1) // cats.Select() would be one query
		if err != nil {
			log.Fatal(err)
		}
		_ = cat.Name
	}
	t.end()
	// Output:
	// 3 statements ran, the budget is 2
	// N+1
}
