package orm_test

import (
	"context"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const notPrototype = "orm: the pointer is not a field of a declared model's prototype: pass &Model.F.Field, where Model = orm.Declare[…](…)"

func TestCRefusesOtherPointers(t *testing.T) {
	var null *string
	pet := &Pet{}
	stray := "x"
	for name, column := range map[string]orm.Selectable{
		"nil":              orm.C(null),
		"a variable":       orm.C(&stray),
		"an object":        orm.C(&pet.Name),
		"the prototype":    orm.C(&Pets.F),
		"inside a Null":    orm.C(&Pets.F.Species.V),
		"a flag of a Null": orm.C(&Pets.F.Species.Valid),
		"a skipped field":  orm.C(&Everythings.F.Skipped),
		"a hidden field":   orm.C(&Everythings.F.hidden),
		"an embedded one":  orm.C(&Everythings.F.Stamps),
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := orm.Select(column).From(Pets).Compile(sqlite.Dialect)
			assert.ErrorContains(t, err, notPrototype)
		})
	}
}

func TestABadPointerFailsWhereverItStands(t *testing.T) {
	bad := orm.C(&(&Pet{}).Name)
	good := orm.C(&Pets.F.Name)
	for name, compile := range map[string]func() error{
		"Where": func() error { _, _, err := Pets.Select().Where(bad.Eq("x")).Compile(sqlite.Dialect); return err },
		"In":    func() error { _, _, err := Pets.Select().Where(bad.In()).Compile(sqlite.Dialect); return err },
		"Not": func() error {
			_, _, err := Pets.Select().Where(orm.Not(bad.IsNull())).Compile(sqlite.Dialect)
			return err
		},
		"OrderBy": func() error { _, _, err := Pets.Select().OrderBy(bad.Desc()).Compile(sqlite.Dialect); return err },
		"EqExpr":  func() error { _, _, err := Pets.Select().Where(good.EqExpr(bad)).Compile(sqlite.Dialect); return err },
		"Sum":     func() error { _, _, err := orm.Select(orm.Sum(bad)).Compile(sqlite.Dialect); return err },
		"As":      func() error { _, _, err := orm.Select(bad.As("x")).Compile(sqlite.Dialect); return err },
		"Set": func() error {
			_, _, err := orm.Update(Pets, bad.Set("x")).AllRows().Compile(sqlite.Dialect)
			return err
		},
		"SetExpr": func() error {
			_, _, err := orm.Update(Pets, good.SetExpr(bad)).AllRows().Compile(sqlite.Dialect)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) { assert.ErrorContains(t, compile(), notPrototype) })
	}
}

// Inner and Middle lie at the start of Outer, so that three things share its
// address; only the type tells them apart.
type (
	Inner struct {
		ID int64 `orm:"primary_key"`
	}
	Middle struct {
		Inner
		None struct{} `orm:"-"`
		Text string
	}
	Outer struct {
		Middle
		More string
	}
)

var (
	Inners = orm.Declare[Inner]("inners")
	Outers = orm.Declare[Outer]("outers")
)

func TestFieldsOfEmbeddedStructs(t *testing.T) {
	sql, _, err := orm.Select(orm.C(&Outers.F.ID), orm.C(&Outers.F.Middle.Inner.ID).As("same"), orm.C(&Outers.F.Text), orm.C(&Outers.F.More)).
		Compile(sqlite.Dialect)
	require.NoError(t, err)
	assert.Equal(t, "SELECT outers.id, outers.id AS same, outers.text, outers.more FROM outers", sql)
	_, _, err = orm.Select(orm.C(&Outers.F.Inner)).Compile(sqlite.Dialect)
	assert.ErrorContains(t, err, notPrototype)
}

func TestAnEmbeddedModelIsNotItsOwner(t *testing.T) {
	engine, _ := recorded(t, Inners, Outers)
	s := session(t, engine)
	o := &Outer{}
	o.ID = 1
	require.NoError(t, s.Add(o))
	assert.EqualError(t, s.Add(&o.Inner), "orm: adding to the session: the Inner shares its address with the Outer that the session holds; one of them embeds the other")
	assert.False(t, s.Contains(&o.Inner))
	assert.True(t, s.Contains(o))
	require.NoError(t, s.Rollback(context.Background()))
}

// Two tables of one shape.
var (
	OldPets = orm.Declare[Visit]("old_visits")
	NewPets = orm.Declare[Visit]("visits")
)

type Visit struct {
	ID   int64 `orm:"primary_key"`
	Note string
}

func TestTwoModelsOfOneStruct(t *testing.T) {
	ctx := context.Background()
	for m, want := range map[*orm.Model[Visit]]string{OldPets: "old_visits", NewPets: "visits"} {
		sql, _, err := m.Select().Where(orm.C(&m.F.Note).Eq("x")).Compile(sqlite.Dialect)
		require.NoError(t, err)
		assert.Equal(t, "SELECT "+want+".id, "+want+".note FROM "+want+" WHERE "+want+".note = ?", sql)
	}
	engine, log := recorded(t, OldPets, NewPets)
	for _, m := range []*orm.Model[Visit]{OldPets, NewPets} {
		_, err := orm.Insert(m, "id", "note").Row(1, m.Table().Name).Exec(ctx, engine)
		require.NoError(t, err)
	}
	s := session(t, engine)
	old, err := OldPets.Get(ctx, s, 1)
	require.NoError(t, err)
	recent, err := NewPets.Get(ctx, s, 1)
	require.NoError(t, err)
	assert.Equal(t, []string{"old_visits", "visits"}, []string{old.Note, recent.Note})
	old.Note = "changed"
	require.NoError(t, s.Flush(ctx))
	log.take()
	require.NoError(t, s.Refresh(ctx, old))
	log.is(t, "SELECT old_visits.id, old_visits.note FROM old_visits WHERE old_visits.id = ? [1]")
	require.NoError(t, s.Delete(old))
	require.NoError(t, s.Flush(ctx))
	log.is(t, "DELETE FROM old_visits WHERE old_visits.id = ? [1]")

	err = s.Add(&Visit{ID: 2})
	assert.EqualError(t, err, "orm: adding to the session: orm_test.Visit is declared for several tables, [old_visits visits]; declare each with a struct type of its own")
}

func TestDeclaringAgainReplaces(t *testing.T) {
	type Again struct {
		ID int64 `orm:"primary_key"`
	}
	first, second := orm.Declare[Again]("again"), orm.Declare[Again]("again")
	engine, log := recorded(t, second)
	s := session(t, engine)
	require.NoError(t, s.Add(&Again{ID: 1}))
	require.NoError(t, s.Flush(context.Background()))
	log.is(t, "BEGIN", "INSERT INTO again (id) VALUES (?) [1]")
	for _, m := range []*orm.Model[Again]{first, second} {
		_, _, err := orm.Select(orm.C(&m.F.ID)).Compile(sqlite.Dialect)
		assert.NoError(t, err)
	}
}
