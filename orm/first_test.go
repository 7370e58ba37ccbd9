package orm_test

import (
	"context"
	"os"
	"testing"
	"fmt"

	"github.com/ormlab/ormlab/orm"
	_ "github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/stretchr/testify/require"
)

type Pet struct {
	ID      int64            `orm:"primary_key,autoincrement"`
	Name    string           `orm:"size:50,unique"`
	Species orm.Null[string] `orm:"size:30"`
	Hunger  int64            `orm:"default:20,omitzero"`
}

var Pets = orm.Declare[Pet]("pets")

func TestFirst(t *testing.T) {
	ctx := context.Background()
	engine, err := orm.Open("sqlite://", orm.Options{Echo: os.Stdout})
	require.NoError(t, err)
	defer engine.Close()
	require.NoError(t, orm.CreateAll(ctx, engine, Pets))
	require.NoError(t, orm.CreateAll(ctx, engine, Pets))
	s := orm.NewSession(engine)
	defer s.Close()
	fluffy := Pets.New()
	fluffy.Name, fluffy.Species = "Fluffy", orm.Some("Cat")
	s.Add(fluffy, &Pet{Name: "Rex"})
	require.NoError(t, s.Commit(ctx))
	fluffy.Hunger = 5
	require.NoError(t, s.Commit(ctx))
	hungry, err := Pets.Select().
		Where(orm.C(&Pets.F.Hunger).Gt(3), orm.C(&Pets.F.Name).Like("F%")).
		OrderBy(orm.C(&Pets.F.Name).Asc()).
		All(ctx, s)
	require.NoError(t, err)
	require.Same(t, fluffy, hungry[0])
	cats, err := Pets.Select().Where(orm.N(&Pets.F.Species).Eq("Cat")).All(ctx, s)
	require.NoError(t, err)
	require.Len(t, cats, 1)
	p, err := Pets.Get(ctx, s, 2)
	require.NoError(t, err)
	fmt.Printf("%+v\n", p)
	rows, err := orm.Select(Pets).All(ctx, s)
	require.NoError(t, err)
	for _, r := range rows.All() {
		fmt.Println(r)
	}
	s.Add(&Pet{Name: "Rex"})
	err = s.Commit(ctx)
	fmt.Println(err)
	require.ErrorIs(t, s.Flush(ctx), orm.ErrPendingRollback)
	require.NoError(t, s.Rollback(ctx))
	_, err = Pets.Get(ctx, s, 99)
	require.ErrorIs(t, err, orm.ErrNoRows)
}
