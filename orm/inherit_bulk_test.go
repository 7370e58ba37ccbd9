package orm_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

func TestBulkUpdateOfClasses(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t, staffModels...)
	fillStaff(t, engine)
	s, ann, bob, cid, dee := heldStaff(t, engine)
	log.take()

	chief := &Chief{Worker: Worker{ID: 4, Name: "Dot"}, Budget: orm.Some(int64(5))}
	require.NoError(t, orm.BulkUpdate(ctx, s, Chiefs, []*Chief{chief}, &Chiefs.F.Name, &Chiefs.F.Budget))
	log.is(t, "UPDATE workers SET name=?, budget=? WHERE workers.id = ? AND workers.kind IN (?) [Dot 5 4 chief]")
	assert.Equal(t, []any{"Dot", orm.Some(int64(5))}, []any{dee.Name, dee.Budget})
	chief.ID = 1
	require.ErrorIs(t, orm.BulkUpdate(ctx, s, Chiefs, []*Chief{chief}, &Chiefs.F.Budget), orm.ErrStale, "a worker has no budget")

	log.take()
	require.NoError(t, orm.BulkUpdate(ctx, s, Workers, []*Worker{{ID: 1, Name: "A"}, {ID: 3, Name: "C"}}, &Workers.F.Name))
	log.is(t, "UPDATE workers SET name=? WHERE workers.id = ? [A 1]", "UPDATE workers SET name=? WHERE workers.id = ? [C 3]")
	assert.Equal(t, []string{"A", "C"}, []string{ann.Name, cid.Name})

	architect := &Architect{Coder: Coder{Worker: Worker{ID: 3, Name: "Cyd"}, Language: "D"}, Towers: 9}
	require.NoError(t, orm.BulkUpdate(ctx, s, Architects, []*Architect{architect}, &Architects.F.Towers, &Architects.F.Name))
	log.is(t, "UPDATE workers SET name=? WHERE workers.id = ? AND workers.kind IN (?) [Cyd 3 architect]", "UPDATE architects SET towers=? WHERE architects.id = ? [9 3]")
	assert.Equal(t, []any{"Cyd", "C", 9}, []any{cid.Name, cid.Language, cid.Towers})
	require.NoError(t, orm.BulkUpdate(ctx, s, Coders, []*Coder{{Worker: Worker{ID: 3}, Language: "E"}, {Worker: Worker{ID: 2}, Language: "F"}}, &Coders.F.Language))
	assert.Equal(t, []string{"E", "F"}, []string{cid.Language, bob.Language})
	require.ErrorContains(t, orm.BulkUpdate(ctx, s, Workers, []*Worker{{ID: 1}}, &Workers.F.Kind), "Worker.Kind says of which class a row is, which does not change")
	require.NoError(t, s.Flush(ctx))

	require.NoError(t, s.Rollback(ctx))
	assert.Equal(t, []any{"Ann", "Go", "Cid", 3, "Dee"}, []any{ann.Name, bob.Language, cid.Name, cid.Towers, dee.Name})
}

func TestInsertReturnsObjectsOfAClass(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t, staffModels...)
	fillStaff(t, engine)
	s, ann, _, _, dee := heldStaff(t, engine)
	log.take()
	rows := []*Chief{{Worker: Worker{ID: 4, Name: "Dot"}, Budget: orm.Some(int64(9))}, {Worker: Worker{ID: 9, Name: "Eve"}}}
	stmt := orm.InsertStructs(Chiefs, rows, &Chiefs.F.ID, &Chiefs.F.Name, &Chiefs.F.Budget).OnConflict("id").DoReplace()
	got, err := orm.ReturnObjects(ctx, s, Chiefs, stmt)
	require.NoError(t, err)
	require.Len(t, got, 2)
	assert.Same(t, dee, got[0])
	assert.Equal(t, []any{"Dot", orm.Some(int64(9)), "Eve", "chief"}, []any{dee.Name, dee.Budget, got[1].Name, got[1].Kind})
	whole, ok := orm.AsA(Chiefs, &got[1].Worker)
	assert.True(t, ok)
	assert.Same(t, got[1], whole)
	require.NoError(t, s.Flush(ctx))
	require.NoError(t, s.Rollback(ctx))
	assert.Equal(t, "Dee", dee.Name)
	_, err = Workers.Get(ctx, s, 9)
	require.ErrorIs(t, err, orm.ErrNoRows)

	// A row that is there may be that of another class.
	renamed := orm.InsertStructs(Workers, []*Worker{{ID: 3, Name: "Cyd"}, {ID: 1, Name: "A"}}, &Workers.F.ID, &Workers.F.Name).
		OnConflict("id").DoUpdate(orm.C(&Workers.F.Name).SetExpr(orm.Excluded(orm.C(&Workers.F.Name))))
	workers, err := orm.ReturnObjects(ctx, s, Workers, renamed)
	require.NoError(t, err)
	cid, ok := orm.AsA(Architects, workers[0])
	require.True(t, ok)
	assert.Equal(t, []any{"Cyd", "C", 3}, []any{cid.Name, cid.Language, cid.Towers}, "the rest of it was read from its tables")
	assert.Same(t, ann, workers[1])
	assert.Equal(t, "A", ann.Name)
	other := orm.InsertStructs(Chiefs, []*Chief{{Worker: Worker{ID: 1, Name: "B"}}}, &Chiefs.F.ID, &Chiefs.F.Name).
		OnConflict("id").DoUpdate(orm.C(&Workers.F.Name).SetExpr(orm.Excluded(orm.C(&Workers.F.Name))))
	_, err = orm.ReturnObjects(ctx, s, Chiefs, other)
	require.ErrorContains(t, err, "so it is a Worker and no Chief")

	_, err = orm.ReturnObjects(ctx, s, Chiefs, orm.InsertStructs(Chiefs, []*Chief{{Worker: Worker{Kind: "coder"}}}))
	require.ErrorContains(t, err, `orm: inserting into workers: Worker.Kind is "coder" in an object of Chief, whose identity is "chief"; leave the field alone`)
	_, err = orm.ReturnObjects(ctx, s, Coders, orm.InsertStructs(Coders, []*Coder{{}}))
	require.ErrorContains(t, err, "orm: inserting into coders: the objects of Coder have rows in several tables, which one INSERT cannot write; Add them to a session")
	_, err = orm.ReturnObjects(ctx, s, Coders, orm.Insert(Coders))
	require.Error(t, err)
}

// addArchitects adds n of them and flushes.
func addArchitects(t testing.TB, s *orm.Session, n int) (list []*Architect) {
	t.Helper()
	for i := range n {
		list = append(list, &Architect{Coder: Coder{Worker: Worker{Name: fmt.Sprint(i)}, Language: fmt.Sprint("l", i)}, Towers: i})
		require.NoError(t, s.Add(list[i]))
	}
	require.NoError(t, s.Flush(context.Background()))
	return list
}

func TestClassesInSeveralTablesAreInsertedInBatches(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t, staffModels...)
	s := session(t, engine)
	log.take()
	list := addArchitects(t, s, 300)
	assert.Less(t, log.verbs()["INSERT"], 50)
	require.NoError(t, s.Flush(ctx))
	log.verbs()
	areStored := func() {
		t.Helper()
		require.NoError(t, s.ExpungeAll())
		for i, a := range byID(t, s, Architects, &Architects.F.ID) {
			assert.Equal(t, []any{list[i].ID, fmt.Sprint(i), fmt.Sprint("l", i), i}, []any{a.ID, a.Name, a.Language, a.Towers})
		}
	}
	areStored()

	// A trigger adds rows, so that the keys cannot be told from the last one.
	runAll(t, s, "DELETE FROM architects", "DELETE FROM coders", "DELETE FROM workers",
		"CREATE TRIGGER more AFTER INSERT ON workers WHEN NEW.kind = 'architect' BEGIN INSERT INTO workers (name, kind) VALUES ('shadow', 'worker'); END")
	require.NoError(t, s.ExpungeAll())
	list = addArchitects(t, s, 60)
	areStored()
}
