package orm_test

import (
	"context"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRecorderFindsNPlusOne(t *testing.T) {
	ctx := context.Background()
	rec := &orm.Recorder{}
	engine := open(t, "sqlite://", orm.Options{Observers: []orm.Observer{rec.Observer()}})
	require.NoError(t, orm.CreateAll(ctx, engine, Pets))
	insertPets(t, engine, &Pet{Name: "Fluffy"}, &Pet{Name: "Rex"}, &Pet{Name: "Flo"})
	assert.Empty(t, rec.Repeated(2), "the rows of a flush are no queries")
	rec.Reset()
	s := session(t, engine)
	file, line := here()
	for id := range 3 {
		_, err := Pets.Get(ctx, s, id+1)
		require.NoError(t, err)
	}
	_, err := Pets.Select().All(ctx, s)
	require.NoError(t, err)
	_, err = Pets.Select().All(ctx, s) // from another line
	require.NoError(t, err)
	require.NoError(t, s.Commit(ctx))
	assert.Len(t, rec.Statements(), 5)
	list := rec.Repeated(2)
	require.Len(t, list, 1)
	assert.Equal(t, selectPet, list[0].SQL)
	assert.Equal(t, 3, list[0].Times)
	assert.Equal(t, []any{file, line + 2}, []any{list[0].Caller.File, list[0].Caller.Line})
	assert.Contains(t, list[0].String(), "ran 3 times: SELECT pets.id")
	rec.Reset()
	assert.Empty(t, rec.Statements())
}
