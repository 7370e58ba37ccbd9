package orm_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// rewritten is an engine with those hooks, and what it was told of statements.
func rewritten(t *testing.T, hooks ...func(context.Context, *orm.Statement) (string, error)) (*orm.Engine, *[]string) {
	t.Helper()
	var told []string
	var options orm.Options
	for _, hook := range hooks {
		options.Observers = append(options.Observers, orm.Observer{Rewrite: hook})
	}
	options.Observers = append(options.Observers, orm.Observer{
		Before: func(_ context.Context, s *orm.Statement) { told = append(told, s.SQL) },
	})
	engine := open(t, "sqlite://", options)
	require.NoError(t, orm.CreateAll(context.Background(), engine, Pets))
	told = nil
	return engine, &told
}

func TestAnObserverRewritesStatements(t *testing.T) {
	ctx := context.Background()
	comment := func(_ context.Context, s *orm.Statement) (string, error) {
		return s.SQL + " /* one */", nil
	}
	same := func(context.Context, *orm.Statement) (string, error) { return "", nil }
	second := func(_ context.Context, s *orm.Statement) (string, error) {
		if len(s.Args) > 0 {
			s.Args[0] = "changed" // which has no effect
		}
		return s.SQL + " /* two */", nil
	}
	engine, told := rewritten(t, comment, same, second)

	insertPets(t, engine, &Pet{Name: "Fluffy"}, &Pet{Name: "Rex"})
	s := session(t, engine)
	pet, err := Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	assert.Equal(t, "Fluffy", pet.Name)
	pet.Name = "Ferdinand"
	require.NoError(t, s.Commit(ctx))
	_, err = orm.Text("broken").All(ctx, engine)
	require.ErrorContains(t, err, "broken /* one */ /* two */")
	for _, sql := range *told {
		if sql == "BEGIN" || sql == "COMMIT" || sql == "ROLLBACK" {
			continue
		}
		assert.True(t, strings.HasSuffix(sql, " /* one */ /* two */"), sql)
	}
	assert.Contains(t, *told, "UPDATE pets SET name=? WHERE pets.id = ? /* one */ /* two */")
	names, err := orm.Select(orm.C(&Pets.F.Name)).OrderBy(orm.C(&Pets.F.Name).Asc()).All(ctx, engine)
	require.NoError(t, err)
	assert.Equal(t, 2, names.Len())
	assert.Equal(t, "Ferdinand", names.At(0).Values()[0])
}

func TestTheTextThatRunsIsTheOneOfThatRun(t *testing.T) {
	ctx := context.Background()
	n := 0
	alternate := func(_ context.Context, s *orm.Statement) (string, error) {
		if !strings.HasPrefix(s.SQL, "INSERT") {
			return "", nil
		}
		n++
		if n%2 == 0 {
			return strings.Replace(s.SQL, "VALUES (?)", "VALUES (? * 100)", 1), nil
		}
		return s.SQL, nil
	}
	var options orm.Options
	options.Observers = []orm.Observer{{Rewrite: alternate}}
	engine := open(t, "sqlite://", options)
	require.NoError(t, orm.CreateAll(ctx, engine, things))
	_, err := orm.Insert(things, "id").Row(1).Row(2).Row(3).Row(4).Exec(ctx, engine) // prepared once
	require.NoError(t, err)
	rows, err := orm.Select(things.C("id")).OrderBy(things.C("id").Asc()).All(ctx, engine)
	require.NoError(t, err)
	var ids []any
	for i := range rows.Len() {
		ids = append(ids, rows.At(i).Values()[0])
	}
	assert.Equal(t, []any{int64(1), int64(3), int64(200), int64(400)}, ids)
}

func TestAnObserverRefusesStatements(t *testing.T) {
	ctx := context.Background()
	errForbidden := errors.New("no DELETE here")
	engine, told := rewritten(t, func(_ context.Context, s *orm.Statement) (string, error) {
		if strings.HasPrefix(s.SQL, "DELETE") {
			return "", errForbidden
		}
		return s.SQL, nil
	})
	insertPets(t, engine, &Pet{Name: "Fluffy"})
	_, err := orm.Delete(Pets).AllRows().Exec(ctx, engine)
	assert.ErrorIs(t, err, errForbidden)
	assert.Contains(t, *told, "DELETE FROM pets", "who watches hears of it")

	err = engine.Transaction(ctx, func(tx orm.Executor) error {
		_, err := orm.Text("DELETE FROM pets").All(ctx, tx)
		assert.ErrorIs(t, err, errForbidden)
		_, err = orm.Insert(Pets, "name").Row("Rex").Exec(ctx, tx)
		return err // nothing was sent, so the transaction goes on
	})
	require.NoError(t, err)

	s := session(t, engine)
	pet, err := Pets.Get(ctx, s, 1)
	require.NoError(t, err)
	require.NoError(t, s.Delete(pet))
	assert.ErrorIs(t, s.Commit(ctx), errForbidden)
	rows, err := orm.Select(orm.C(&Pets.F.Name)).All(ctx, engine)
	require.NoError(t, err)
	assert.Equal(t, 2, rows.Len())
}
