package orm_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/internal/testdb"
)

// staff is what the tables say of the workers, read without objects.
func staff(t testing.TB, on orm.Executor) (list []string) {
	t.Helper()
	rows, err := orm.Text("SELECT workers.id, name, kind, budget, language, towers FROM workers LEFT JOIN coders ON coders.id = workers.id "+
		"LEFT JOIN architects ON architects.id = workers.id ORDER BY workers.id").All(context.Background(), on)
	require.NoError(t, err)
	for _, row := range rows.Values() {
		list = append(list, spaced(row...))
	}
	return list
}

// spaced are values with a space between each two.
func spaced(values ...any) string { return strings.TrimSpace(fmt.Sprintln(values...)) }

// TestBulkUpdateOfClassesOnEveryDatabase: rows of the class follow, in all its
// tables, and those of other classes are not found.
func TestBulkUpdateOfClassesOnEveryDatabase(t *testing.T) {
	testdb.Each(t, func(t *testing.T, url string) {
		ctx := context.Background()
		engine, log := recordedAt(t, url, staffModels...)
		fillStaff(t, engine)
		s, ann, bob, cid, dee := heldStaff(t, engine)
		architects := func(towers int) []*Architect {
			return []*Architect{{Coder: Coder{Worker: Worker{ID: 3, Name: "Cyd"}, Language: "D"}, Towers: towers}}
		}
		for i := range 2 { // the second changes nothing, but finds its rows
			require.NoError(t, orm.BulkUpdate(ctx, s, Architects, architects(9), &Architects.F.Towers, &Architects.F.Language, &Architects.F.Name), i)
			require.NoError(t, orm.BulkUpdate(ctx, s, Chiefs, []*Chief{{Worker: Worker{ID: 4, Name: "Dot"}, Budget: orm.Some(int64(5))}}, &Chiefs.F.Name, &Chiefs.F.Budget), i)
		}
		require.NoError(t, orm.BulkUpdate(ctx, s, Coders, []*Coder{{Worker: Worker{ID: 3}, Language: "E"}, {Worker: Worker{ID: 2}, Language: "F"}}, &Coders.F.Language))
		require.NoError(t, orm.BulkUpdate(ctx, s, Workers, []*Worker{{ID: 1, Name: "A"}, {ID: 2, Name: "B"}}, &Workers.F.Name))
		assert.Equal(t, []any{"A", "B", "F"}, []any{ann.Name, bob.Name, bob.Language})
		assert.Equal(t, []any{"Cyd", "E", 9}, []any{cid.Name, cid.Language, cid.Towers})
		assert.Equal(t, []any{"Dot", orm.Some(int64(5))}, []any{dee.Name, dee.Budget})
		want := []string{"1 A worker <nil> <nil> <nil>", "2 B coder <nil> F <nil>", "3 Cyd architect <nil> E 9", "4 Dot chief 5 <nil> <nil>"}
		assert.Equal(t, want, staff(t, s))
		log.take()
		require.NoError(t, s.Flush(ctx))
		log.is(t)

		stale := func(err error) {
			t.Helper()
			require.ErrorIs(t, err, orm.ErrStale)
		}
		stale(orm.BulkUpdate(ctx, s, Chiefs, []*Chief{{Worker: Worker{ID: 1, Name: "X"}}}, &Chiefs.F.Name))
		stale(orm.BulkUpdate(ctx, s, Coders, []*Coder{{Worker: Worker{ID: 4, Name: "X"}}}, &Coders.F.Name))
		stale(orm.BulkUpdate(ctx, s, Architects, []*Architect{{Coder: Coder{Worker: Worker{ID: 2}}, Towers: 1}}, &Architects.F.Towers))
		assert.Equal(t, want, staff(t, s), "rows of other classes are left alone")
		require.NoError(t, s.Commit(ctx))
		assert.Equal(t, want, staff(t, engine))
	})
}

// TestBulkUpdateByAKeyOfTwoColumns: the root is abstract, its discriminator a
// number.
func TestBulkUpdateByAKeyOfTwoColumns(t *testing.T) {
	testdb.Each(t, func(t *testing.T, url string) {
		ctx := context.Background()
		engine, _ := recordedAt(t, url, Shapes, Circles, Squares)
		s := session(t, engine)
		circle, square := &Circle{Shape: Shape{Plan: "a", Number: 1}, Radius: 2}, &Square{Shape: Shape{Plan: "a", Number: 2}}
		require.NoError(t, s.Add(circle, square))
		require.NoError(t, s.Flush(ctx))
		require.NoError(t, orm.BulkUpdate(ctx, s, Squares, []*Square{{Shape: Shape{Plan: "a", Number: 2}, Width: orm.Some(int64(4))}}, &Squares.F.Width))
		require.NoError(t, orm.BulkUpdate(ctx, s, Circles, []*Circle{{Shape: Shape{Plan: "a", Number: 1}, Radius: 5}}, &Circles.F.Radius))
		require.ErrorIs(t, orm.BulkUpdate(ctx, s, Squares, []*Square{{Shape: Shape{Plan: "a", Number: 1}}}, &Squares.F.Width), orm.ErrStale)
		for range 2 {
			assert.Equal(t, []any{5.0, orm.Some(int64(4)), 1, 1}, []any{circle.Radius, square.Width, circle.Changes, square.Changes})
			require.NoError(t, s.Refresh(ctx, circle))
			require.NoError(t, s.Refresh(ctx, square))
		}
		circle.Radius, square.Width = 6, orm.Some(int64(7))
		require.NoError(t, s.Commit(ctx), "their versions are those of their rows")
	})
}

// haveRows asserts that the rows of all tables with the key of an object are its
// own.
func haveRows(t testing.TB, on orm.Executor, list []*Architect) {
	t.Helper()
	var want []string
	for i, a := range list {
		want = append(want, spaced(a.ID, i, "architect", nil, fmt.Sprint("l", i), i))
	}
	assert.Subset(t, staff(t, on), want)
}

// TestClassesInBatchesOnEveryDatabase: the keys that the database makes in the
// root's table are those of the rows in the tables further down.
func TestClassesInBatchesOnEveryDatabase(t *testing.T) {
	testdb.Each(t, func(t *testing.T, url string) {
		ctx := context.Background()
		engine, log := recordedAt(t, url, append([]orm.Mapped{Shapes, Circles, Squares}, staffModels...)...)
		s := session(t, engine)
		log.take()
		list := addArchitects(t, s, 300)
		verbs := log.verbs()
		assert.Less(t, verbs["INSERT"], 50)
		haveRows(t, s, list)
		if engine.Dialect().Features().LastInsertID && engine.Dialect().Name() != "sqlite" {
			assert.Equal(t, 1, verbs["SELECT"], "how far apart keys are is asked once")
		}
		for i, a := range list {
			a.Towers += 1000 + i
		}
		require.NoError(t, s.Flush(ctx), "each is found by its key")
		require.NoError(t, s.Commit(ctx))

		circles := make([]*Circle, 90)
		for i := range circles { // not in the order of the keys
			circles[i] = &Circle{Shape: Shape{Plan: fmt.Sprint("p", i%3), Number: int64(1000 - i)}, Radius: float64(i)}
			if i >= 40 {
				circles[i].Area = orm.OptOf(float64(i))
			}
			require.NoError(t, s.Add(circles[i]))
		}
		log.take()
		require.NoError(t, s.Flush(ctx))
		assert.Less(t, log.verbs()["INSERT"], 20)
		for i, c := range circles {
			assert.Equal(t, []any{1, 1}, []any{c.Sides, c.Changes}, i)
		}
		require.NoError(t, s.ExpungeAll())
		read, err := Circles.Select().All(ctx, s)
		require.NoError(t, err)
		require.Len(t, read, len(circles))
		for _, c := range read {
			i := int(1000 - c.Number)
			area := 0.0
			if i >= 40 {
				area = float64(i)
			}
			assert.Equal(t, []any{fmt.Sprint("p", i%3), float64(i), area, 1}, []any{c.Plan, c.Radius, c.Area.V, c.Changes})
		}
		require.NoError(t, s.Commit(ctx))
	})
}

// TestClassesInBatchesWithKeysApart: the keys of a statement need not follow one
// another, because a trigger adds rows between, or because the server leaves
// gaps.
func TestClassesInBatchesWithKeysApart(t *testing.T) {
	testdb.Each(t, func(t *testing.T, url string) {
		engine := open(t, url, orm.Options{PoolSize: 1})
		require.NoError(t, orm.CreateAll(context.Background(), engine, staffModels...))
		s := session(t, engine)
		const shadow = "INSERT INTO workers (name, kind) VALUES ('shadow', 'worker');"
		runAll(t, s, map[string][]string{
			"sqlite": {"CREATE TRIGGER more AFTER INSERT ON workers WHEN NEW.kind = 'architect' BEGIN " + shadow + " END"},
			"postgresql": {
				"CREATE FUNCTION more() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN " + strings.ReplaceAll(shadow, "'", "''") + " RETURN NEW; END'",
				"CREATE TRIGGER more BEFORE INSERT ON workers FOR EACH ROW WHEN (NEW.kind = 'architect') EXECUTE FUNCTION more()",
			},
			"mysql":   {"SET SESSION auto_increment_increment = 7"},
			"mariadb": {"SET SESSION auto_increment_increment = 7"},
		}[engine.Dialect().Name()]...)
		list := addArchitects(t, s, 60)
		assert.Greater(t, list[1].ID-list[0].ID, int64(1))
		haveRows(t, s, list)
		require.NoError(t, s.Commit(context.Background()))
	})
}
