package orm_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/internal/testdb"
)

// TestReturnObjectsOfEveryClass: an INSERT meets a row that is there. Whatever
// class its row is of, and whatever the session holds for it, the object that
// comes back is of the row's class, and the one that is held; otherwise there is
// an error.
func TestReturnObjectsOfEveryClass(t *testing.T) {
	kinds := []string{"worker", "coder", "architect", "chief"}
	names := []string{"Worker", "Coder", "Architect", "Chief"}
	name := orm.C(&Workers.F.Name)
	// Each gives worker 1 another name, by an INSERT into its model.
	workers := func(ctx context.Context, s *orm.Session) (*Worker, error) {
		got, err := orm.ReturnObjects(ctx, s, Workers, orm.InsertStructs(Workers, []*Worker{{ID: 1, Name: "new"}}, &Workers.F.ID, &Workers.F.Name).
			OnConflict("id").DoUpdate(name.SetExpr(orm.Excluded(name))))
		if err != nil {
			return nil, err
		}
		return got[0], nil
	}
	chiefs := func(ctx context.Context, s *orm.Session) (*Worker, error) {
		got, err := orm.ReturnObjects(ctx, s, Chiefs, orm.InsertStructs(Chiefs, []*Chief{{Worker: Worker{ID: 1, Name: "new"}}}, &Chiefs.F.ID, &Chiefs.F.Name).
			OnConflict("id").DoUpdate(name.SetExpr(orm.Excluded(name))))
		if err != nil {
			return nil, err
		}
		return &got[0].Worker, nil
	}
	testdb.Each(t, func(t *testing.T, url string) {
		ctx := context.Background()
		engine, _ := recordedAt(t, url, staffModels...)
		if !engine.Dialect().Features().Returning {
			t.Skip("ReturnObjects is for databases that have RETURNING")
		}
		// One row can be of each class, because all tables have one for it.
		for _, sql := range []string{
			"INSERT INTO workers (id, name, kind, budget) VALUES (1, 'old', 'worker', 5)",
			"INSERT INTO coders (id, language) VALUES (1, 'Go')",
			"INSERT INTO architects (id, towers) VALUES (1, 3)",
		} {
			runAll(t, engine, sql)
		}
		become := func(s *orm.Session, kind string) {
			runAll(t, s, fmt.Sprintf("UPDATE workers SET kind = '%s' WHERE id = 1", kind))
		}
		for into, insert := range map[string]func(context.Context, *orm.Session) (*Worker, error){"Worker": workers, "Chief": chiefs} {
			for is, kind := range kinds {
				for was := -1; was < len(kinds); was++ { // -1: the session holds nothing
					label := fmt.Sprintf("into %s, held: %d, row: %s", into, was, kind)
					s := session(t, engine)
					var held *Worker
					if was >= 0 {
						become(s, kinds[was])
						held = byID(t, s, Workers, &Workers.F.ID)[0]
					}
					become(s, kind)
					got, err := insert(ctx, s)
					switch {
					case into == "Chief" && kind != "chief":
						require.ErrorContains(t, err, fmt.Sprintf("so it is a %s and no Chief", names[is]), label)
					case held != nil && was != is:
						require.ErrorContains(t, err, fmt.Sprintf("the row of a %s says now that it is a %s; Expunge the object to read it as one", names[was], names[is]), label)
						assert.Equal(t, []string{"old", kinds[was]}, []string{held.Name, held.Kind}, label)
						require.NoError(t, s.Expunge(held), label)
						got, err = insert(ctx, s)
						require.NoError(t, err, label)
						assert.NotSame(t, held, got, label)
						held = got
						fallthrough
					default:
						require.NoError(t, err, label)
						if held != nil {
							assert.Same(t, held, got, label)
						}
						assert.Equal(t, []string{"new", kind}, []string{got.Name, got.Kind}, label)
						assert.Equal(t, wholeOf(kind), whole(got), label)
						require.NoError(t, s.Flush(ctx), label)
					}
					require.NoError(t, s.Close(), label)
				}
			}
		}
	})
}

// whole is what an object has as one of its class: the class, and its columns.
func whole(w *Worker) (list []any) {
	if a, ok := orm.AsA(Architects, w); ok {
		list = append(list, "architect", a.Towers)
	}
	if c, ok := orm.AsA(Coders, w); ok {
		list = append(list, "coder", c.Language)
	}
	if c, ok := orm.AsA(Chiefs, w); ok {
		list = append(list, "chief", c.Budget)
	}
	return list
}

// wholeOf is what [whole] says of the row in TestReturnObjectsOfEveryClass as
// one of a class.
func wholeOf(kind string) (list []any) {
	if kind == "architect" {
		list = append(list, "architect", 3)
	}
	if slices.Contains([]string{"coder", "architect"}, kind) {
		list = append(list, "coder", "Go")
	}
	if kind == "chief" {
		list = append(list, "chief", orm.Some(int64(5)))
	}
	return list
}
