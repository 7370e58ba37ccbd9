package orm_test

import (
	"context"
	"encoding/json"
	"errors"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

func TestInheritedRollback(t *testing.T) {
	ctx := context.Background()
	s, log := withStaff(t)
	cid, err := Architects.Get(ctx, s, 3)
	require.NoError(t, err)
	cid.Name, cid.Language, cid.Towers = "x", "D", 9
	eve := &Architect{Coder: Coder{Worker: Worker{Name: "Eve"}}}
	require.NoError(t, s.Add(eve))
	require.NoError(t, s.Flush(ctx))
	require.NoError(t, s.Rollback(ctx))
	assert.Equal(t, []any{"Cid", "C", 3}, []any{cid.Name, cid.Language, cid.Towers})
	assert.False(t, s.Contains(eve))

	require.NoError(t, s.Delete(cid))
	require.NoError(t, s.Flush(ctx))
	require.NoError(t, s.Rollback(ctx))
	again, err := Workers.Get(ctx, s, 3)
	require.NoError(t, err)
	assert.Same(t, &cid.Worker, again)

	log.take()
	failed := errors.New("no")
	require.ErrorIs(t, s.Nested(ctx, func(ctx context.Context) error {
		cid.Name, cid.Towers = "y", 10
		if err := s.Add(eve); err != nil {
			return err
		}
		if err := s.Flush(ctx); err != nil {
			return err
		}
		return failed
	}), failed)
	assert.Equal(t, []any{"Cid", "C", 3}, []any{cid.Name, cid.Language, cid.Towers})
	assert.False(t, s.Contains(eve))
	require.NoError(t, s.Add(eve))
	require.NoError(t, s.Commit(ctx))
	log.take()
	assert.Equal(t, int64(5), eve.ID)
}

func TestInheritedExpireAndRefresh(t *testing.T) {
	ctx := context.Background()
	s, log := withStaff(t)
	cid, err := Architects.Get(ctx, s, 3)
	require.NoError(t, err)
	require.NoError(t, s.Commit(ctx))
	log.take()
	whole := "SELECT " + workerColumns + ", coders.language, architects.towers FROM workers JOIN coders ON workers.id = coders.id JOIN architects ON coders.id = architects.id WHERE workers.id = ? [3]"
	_, err = Workers.Get(ctx, s, 3)
	require.NoError(t, err)
	log.is(t, "BEGIN", whole)

	_, err = orm.Update(Coders, orm.C(&Coders.F.Language).Set("Ada")).AllRows().Exec(ctx, s)
	require.NoError(t, err)
	log.take()
	require.NoError(t, s.Expire(cid))
	_, err = Workers.Select().Where(orm.C(&Workers.F.ID).Eq(3)).All(ctx, s)
	require.NoError(t, err)
	log.is(t, "SELECT "+workerColumns+", workers.budget FROM workers WHERE workers.id = ? [3]",
		"SELECT coders.id, coders.language, architects.towers FROM coders JOIN architects ON coders.id = architects.id WHERE coders.id IN (?) [3]")
	assert.Equal(t, "Ada", cid.Language)

	require.NoError(t, s.Expire(&cid.Worker, &Architects.F.Towers))
	_, err = Coders.Get(ctx, s, 3)
	require.NoError(t, err)
	log.is(t, whole)
	cid.Towers, cid.Language = 50, "C"
	require.NoError(t, s.Refresh(ctx, cid, &Coders.F.Language))
	assert.Equal(t, []any{"Ada", 50}, []any{cid.Language, cid.Towers})
	require.NoError(t, s.Refresh(ctx, &cid.Worker))
	assert.Equal(t, []any{"Ada", 50}, []any{cid.Language, cid.Towers})
	log.take()

	_, err = orm.Update(Coders, orm.C(&Coders.F.Language).Set("Go")).AllRows().Exec(ctx, s)
	require.NoError(t, err)
	_, err = orm.PopulateExisting(Workers.Select()).All(ctx, s)
	require.NoError(t, err)
	assert.Equal(t, "Go", cid.Language, "rows of the base that overwrite complete the object, too")
	i, err := s.Inspect(cid)
	require.NoError(t, err)
	assert.False(t, i.Expired || i.Modified)
	fresh, err := orm.GetWith(ctx, s, Workers, orm.Key(3), orm.Fresh())
	require.NoError(t, err)
	assert.Same(t, &cid.Worker, fresh)
	_, err = orm.GetWith(ctx, s, Chiefs, orm.Key(3), orm.Fresh())
	assert.ErrorIs(t, err, orm.ErrNoRows)
}

func TestInheritedMerge(t *testing.T) {
	ctx := context.Background()
	s, log := withStaff(t)
	given := &Architect{Coder: Coder{Worker: Worker{ID: 3, Name: "Cyd"}, Language: "C"}, Towers: 4}
	cid, err := orm.Merge(ctx, s, given)
	require.NoError(t, err)
	log.take()
	require.NoError(t, s.Flush(ctx))
	log.is(t, "UPDATE workers SET name=?, studio_id=?, chief_id=? WHERE workers.id = ? [Cyd <nil> <nil> 3]", "UPDATE architects SET towers=? WHERE architects.id = ? [4 3]")
	assert.Equal(t, "architect", cid.Kind)
	merged, err := orm.Merge(ctx, s, &Worker{ID: 3, Name: "Cid"})
	require.NoError(t, err)
	assert.Same(t, &cid.Worker, merged)
	unknown := Coders.New()
	unknown.Name = "Fay"
	fay, err := orm.Merge(ctx, s, &unknown.Worker)
	require.NoError(t, err)
	coder, ok := orm.AsA(Coders, fay)
	require.True(t, ok, "what is merged is of the class that the given object is of")
	assert.NotSame(t, unknown, coder)
	require.NoError(t, s.Flush(ctx))
}

func TestObjectsKnowTheirClass(t *testing.T) {
	ctx := context.Background()
	s, _ := withStaff(t)
	all, err := Workers.Select().OrderBy(orm.C(&Workers.F.ID).Asc()).All(ctx, s)
	require.NoError(t, err)
	require.NoError(t, s.Close())
	runtime.GC()
	cid, ok := orm.AsA(Architects, all[2])
	require.True(t, ok, "a detached object, too")
	coder, ok := orm.AsA(Coders, all[2])
	require.True(t, ok)
	assert.Same(t, &cid.Coder, coder)
	cid, ok = orm.AsA(Architects, coder)
	require.True(t, ok)
	worker, ok := orm.AsA(Workers, cid)
	require.True(t, ok)
	assert.Same(t, all[2], worker)
	_, ok = orm.AsA(Coders, all[3])
	assert.False(t, ok)

	copied := cid.Worker
	_, ok = orm.AsA(Architects, &copied)
	assert.False(t, ok, "a copy is no architect")
	_, ok = orm.AsA(Architects, &Worker{Kind: "architect"})
	assert.False(t, ok)
	_, ok = orm.AsA(Architects, (*Worker)(nil))
	assert.False(t, ok)
	_, ok = orm.AsA(Architects, &Studio{})
	assert.False(t, ok)
	text, err := json.Marshal(&Chief{Worker: Worker{ID: 1}})
	require.NoError(t, err)
	assert.Contains(t, string(text), `{"ID":1,"Name":"","Kind":""`)
}

func TestClassOfAnAddedObject(t *testing.T) {
	ctx := context.Background()
	engine, _ := recorded(t, staffModels...)
	s := session(t, engine)
	studio, literal, early := &Studio{Name: "s"}, &Coder{Language: "Go"}, &Coder{Language: "C"}
	require.NoError(t, literal.Laptops.Add(&Laptop{Label: "l"}))
	require.NoError(t, s.Add(studio))
	require.NoError(t, studio.Workers.Add(&literal.Worker, &early.Worker))
	require.NoError(t, s.Add(literal), "an object may say later that it is more than its base")
	require.NoError(t, s.Flush(ctx))
	assert.Equal(t, []any{"coder", "worker"}, []any{literal.Kind, early.Kind})
	laptops, err := literal.Laptops.All()
	require.NoError(t, err)
	assert.Equal(t, literal.ID, laptops[0].CoderID.V)
	assert.ErrorContains(t, s.Add(early), "the session holds the Coder as a Worker")
	require.NoError(t, s.Rollback(ctx))

	made := Chiefs.New()
	require.NoError(t, s.Add(&made.Worker))
	require.NoError(t, s.Flush(ctx))
	assert.Equal(t, "chief", made.Kind)
	made.Kind = "coder"
	err = s.Flush(ctx)
	assert.ErrorContains(t, err, `Worker.Kind is "coder" in an object of Chief, whose identity is "chief"`)
	require.NoError(t, s.Rollback(ctx))
	require.NoError(t, s.Add(&Coder{Worker: Worker{Kind: "chief"}}))
	assert.ErrorContains(t, s.Flush(ctx), `Worker.Kind is "chief" in an object of Coder, whose identity is "coder"`)
}

func TestRowsOfWrongClasses(t *testing.T) {
	ctx := context.Background()
	s, _ := withStaff(t)
	_, err := orm.Insert(Workers, "name", "kind").Row("Zoe", "pilot").Exec(ctx, s)
	require.NoError(t, err)
	_, err = Workers.Select().All(ctx, s)
	assert.ErrorContains(t, err, `Worker.Kind is "pilot" in a row of workers, which is the identity of no declared class; there are Worker ("worker"), Coder ("coder"), Architect ("architect"), Chief ("chief")`)
	_, err = orm.Update(Workers, orm.C(&Workers.F.Kind).Set("coder")).Where(orm.C(&Workers.F.Name).Eq("Zoe")).Exec(ctx, s)
	require.NoError(t, err)
	_, err = Workers.Get(ctx, s, 5)
	assert.ErrorContains(t, err, "the row of workers with the key [5] is that of a Coder, but coders has no such row")
	require.NoError(t, s.Rollback(ctx))

	bob, err := Coders.Get(ctx, s, 2)
	require.NoError(t, err)
	_, err = orm.Update(Workers, orm.C(&Workers.F.Kind).Set("chief")).Where(orm.C(&Workers.F.ID).Eq(2)).Exec(ctx, s)
	require.NoError(t, err)
	require.NoError(t, s.Expire(bob))
	_, err = Coders.Get(ctx, s, 2)
	assert.ErrorContains(t, err, `Worker.Kind is "chief" in a row of coders, so it is a Chief and no Coder`)
	_, err = Workers.Select().All(ctx, s)
	assert.ErrorContains(t, err, "the row of a Coder in workers says now that it is a Chief")
}

func TestInheritedRowsChangeHands(t *testing.T) {
	ctx := context.Background()
	s, log := withStaff(t)
	bob, err := Coders.Get(ctx, s, 2)
	require.NoError(t, err)
	_, err = bob.Laptops.Load(ctx)
	require.NoError(t, err)
	require.NoError(t, s.Delete(bob))
	require.NoError(t, s.Add(&Coder{Worker: Worker{ID: 2, Name: "Bea"}, Language: "Go"}))
	log.take()
	require.NoError(t, s.Flush(ctx))
	sql := []string{}
	for _, st := range log.take() {
		sql = append(sql, line(st))
	}
	assert.Contains(t, sql, "UPDATE workers SET name=?, studio_id=?, chief_id=? WHERE workers.id = ? [Bea <nil> <nil> 2]")
	require.NoError(t, s.Rollback(ctx))

	bob, err = Coders.Get(ctx, s, 2)
	require.NoError(t, err)
	require.NoError(t, s.NoAutoflush(func() error { _, err := bob.Laptops.Load(ctx); return err }))
	laptops, err := bob.Laptops.All()
	require.NoError(t, err)
	require.NoError(t, s.Delete(laptops[0], laptops[1]))
	require.NoError(t, s.Flush(ctx))
	require.NoError(t, s.Delete(bob))
	dan := &Chief{Worker: Worker{ID: 2, Name: "Dan"}}
	require.NoError(t, s.Add(dan))
	log.take()
	require.NoError(t, s.Commit(ctx))
	got, err := Workers.Get(ctx, s, 2)
	require.NoError(t, err)
	assert.Same(t, &dan.Worker, got, "the row of another class is deleted before the new one is inserted")
}

func TestInheritedAutoflush(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t, staffModels...)
	s := session(t, engine)
	for range 70 { // more than are compared without a look at the statement's tables
		require.NoError(t, s.Add(Coders.New()))
	}
	require.NoError(t, s.Commit(ctx))
	bob, err := Coders.Get(ctx, s, 1)
	require.NoError(t, err)
	bob.Name = "Bob"
	log.take()
	_, err = Laptops.Select().All(ctx, s)
	require.NoError(t, err)
	log.is(t, "SELECT laptops.id, laptops.label, laptops.coder_id FROM laptops")
	found, err := Workers.Select().Where(orm.C(&Workers.F.Name).Eq("Bob")).All(ctx, s)
	require.NoError(t, err)
	assert.Len(t, found, 1)
}

// A foreign key to a base does not say of which class the row is. One that
// leads to a held object of another class leads to nothing.
func TestForeignKeyToAnotherClass(t *testing.T) {
	ctx := context.Background()
	s, log := withStaff(t)
	_, err := orm.Text("UPDATE workers SET chief_id = 1 WHERE id = 2").Exec(ctx, s)
	require.NoError(t, err)
	ann, err := Workers.Get(ctx, s, 1)
	require.NoError(t, err)
	bob, err := Coders.Get(ctx, s, 2)
	require.NoError(t, err)
	require.True(t, s.Contains(ann))
	require.Equal(t, orm.Some(int64(1)), bob.ChiefID)

	boss, err := bob.Boss.Get()
	assert.ErrorIs(t, err, orm.ErrNotLoaded)
	assert.Nil(t, boss, "Ann is no chief")
	boss, err = bob.Boss.Load(ctx)
	require.NoError(t, err)
	assert.Nil(t, boss)
	log.take()
	require.NoError(t, s.Flush(ctx))
	log.is(t) // the key is as it was
	for name, how := range map[string]func(orm.Handle) orm.Loader{"SelectIn": orm.SelectIn, "Joined": orm.Joined, "SubqueryLoad": orm.SubqueryLoad} {
		require.NoError(t, s.ExpungeAll())
		all, err := Workers.Select().OrderBy(orm.C(&Workers.F.ID).Asc()).Options(how(&Workers.F.Boss)).All(ctx, s)
		require.NoError(t, err, name)
		boss, err := all[1].Boss.Get()
		require.NoError(t, err, name)
		assert.Nil(t, boss, name)
		boss, err = all[2].Boss.Get()
		require.NoError(t, err, name)
		assert.Equal(t, "Dee", boss.Name, name)
	}
}
