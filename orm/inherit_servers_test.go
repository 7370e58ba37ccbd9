//go:build !js && !wasip1

package orm_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/internal/testdb"
)

func TestInheritanceOnEveryDatabase(t *testing.T) {
	testdb.Each(t, func(t *testing.T, url string) {
		ctx := context.Background()
		engine := open(t, url, orm.Options{})
		require.NoError(t, orm.CreateAll(ctx, engine, append([]orm.Mapped{Shapes, Circles, Squares}, staffModels...)...))
		fillStaff(t, engine)

		for name, options := range map[string][]orm.Loader{"default": nil, "wide": {orm.WithPolymorphic(Architects, Chiefs)}} {
			s := session(t, engine)
			all, err := Workers.Select().OrderBy(orm.C(&Workers.F.ID).Asc()).Options(options...).All(ctx, s)
			require.NoError(t, err, name)
			require.Len(t, all, 4, name)
			cid, ok := orm.AsA(Architects, all[2])
			require.True(t, ok, name)
			assert.Equal(t, []any{"Cid", "C", 3}, []any{cid.Name, cid.Language, cid.Towers}, name)
			require.NoError(t, s.Close())
		}
		s := session(t, engine)
		for name, how := range map[string]func(orm.Handle) orm.Loader{"SelectIn": orm.SelectIn, "Joined": orm.Joined, "SubqueryLoad": orm.SubqueryLoad} {
			require.NoError(t, s.ExpireAll())
			studios, err := Studios.Select().Options(how(orm.OfType(&Studios.F.Workers, Coders)).Then(how(&Coders.F.Laptops))).
				Where(orm.Any(orm.OfType(&Studios.F.Workers, Coders), orm.C(&Coders.F.Language).Eq("Go"))).All(ctx, s)
			require.NoError(t, err, name)
			require.Len(t, studios, 1, name)
			assert.Equal(t, "north", studios[0].Name, name)
		}
		architect, err := Architects.Get(ctx, s, 3)
		require.NoError(t, err)
		architect.Name, architect.Towers = "Cyd", 4
		require.NoError(t, s.Commit(ctx))
		require.NoError(t, s.Refresh(ctx, &architect.Worker))
		assert.Equal(t, 4, architect.Towers)
		require.NoError(t, s.Delete(&architect.Worker))
		require.NoError(t, s.Commit(ctx))
		_, err = Workers.Get(ctx, s, 3)
		assert.ErrorIs(t, err, orm.ErrNoRows)
		locked, err := Coders.Select().ForUpdate().All(ctx, s)
		require.NoError(t, err)
		assert.Len(t, locked, 1)
		require.NoError(t, s.Close())

		shapesLive(t, engine)
	})
}

func shapesLive(t *testing.T, engine *orm.Engine) {
	ctx := context.Background()
	s := session(t, engine)
	circle := &Circle{Shape: Shape{Plan: "a", Number: 1}, Radius: 2}
	require.NoError(t, s.Add(circle, &Square{Shape: Shape{Plan: "a", Number: 2}, Width: orm.Some(int64(3))}))
	require.NoError(t, s.Commit(ctx))
	assert.Equal(t, []any{1, 1}, []any{circle.Sides, circle.Changes})
	require.NoError(t, s.Refresh(ctx, circle))
	assert.Equal(t, 0.0, circle.Area.V, "what the database put into the second table was read")
	circle.Radius = 3
	require.NoError(t, s.Commit(ctx))
	assert.Equal(t, 2, circle.Changes, "a change of any table is one of the version")

	other := session(t, engine)
	shapes, err := Shapes.Select().OrderBy(orm.C(&Shapes.F.Number).Asc()).All(ctx, other)
	require.NoError(t, err)
	require.Len(t, shapes, 2)
	read, ok := orm.AsA(Circles, shapes[0])
	require.True(t, ok)
	assert.Equal(t, 3.0, read.Radius)
	square, ok := orm.AsA(Squares, shapes[1])
	require.True(t, ok)
	assert.Equal(t, orm.Some(int64(3)), square.Width)
	got, err := Circles.Get(ctx, other, "a", 1)
	require.NoError(t, err)
	assert.Same(t, read, got)
	_, err = Squares.Get(ctx, other, "a", 1)
	assert.ErrorIs(t, err, orm.ErrNoRows)
	require.NoError(t, other.Close())

	require.NoError(t, s.Add(&Shape{Plan: "b", Number: 1}))
	assert.ErrorContains(t, s.Flush(ctx), "Shape has no identity of its own, so no row can be just one; make an object of Circle (1), Square (4)")
	require.NoError(t, s.Rollback(ctx))
	circle.Number = 9
	assert.ErrorContains(t, s.Flush(ctx), "Shape.Number: the key of a Circle stands in several tables, so it cannot change")
	require.NoError(t, s.Rollback(ctx))
	require.NoError(t, s.Delete(circle))
	require.NoError(t, s.Commit(ctx))
}

func TestHooksOfABase(t *testing.T) {
	type animal struct {
		orm.Polymorphic
		ID   int64 `orm:"primary_key"`
		Kind string
	}
	type cat struct {
		animal
		Lives orm.Null[int64]
	}
	animals := orm.Declare[animal]("hook_animals", orm.PolymorphicOn("Kind", "animal"))
	cats := orm.Declare[cat]("hook_animals", orm.Inherits(animals, "cat"))
	require.NoError(t, cats.Err())
	var heard []string
	orm.OnBeforeUpdate(animals, func(_ context.Context, a *animal) error { heard = append(heard, "animal "+a.Kind); return nil })
	orm.OnBeforeUpdate(cats, func(_ context.Context, c *cat) error {
		heard = append(heard, "cat")
		c.Lives.V--
		return nil
	})
	ctx := context.Background()
	engine, log := recorded(t, animals, cats)
	s := session(t, engine)
	tom := &cat{Lives: orm.Some(int64(9))}
	require.NoError(t, s.Add(tom))
	require.NoError(t, s.Flush(ctx))
	tom.Lives.V = 8
	log.take()
	require.NoError(t, s.Flush(ctx))
	assert.Equal(t, []string{"animal cat", "cat"}, heard)
	log.is(t, "UPDATE hook_animals SET lives=? WHERE hook_animals.id = ? [7 1]")
}
