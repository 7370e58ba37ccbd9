package orm_test

import (
	"context"
	"strings"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect/mysql"
	"github.com/ormlab/ormlab/orm/dialect/postgres"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// heard are the statements of f on an engine with one more observer, on a
// database that has the tables.
func heard(t *testing.T, o orm.Observer, f func(ctx context.Context, e *orm.Engine) error) []orm.Statement {
	t.Helper()
	rec := &orm.Recorder{}
	engine := open(t, "sqlite://", orm.Options{Observers: []orm.Observer{o, rec.Observer()}})
	ctx := context.Background()
	require.NoError(t, orm.CreateAll(ctx, engine, Pets, things))
	rec.Reset()
	require.NoError(t, f(ctx, engine))
	return rec.Statements()
}

func compiledFor(t *testing.T, s orm.Statement) []string {
	t.Helper()
	pg, err := s.CompileFor(postgres.Dialect)
	require.NoError(t, err)
	my, err := s.CompileFor(mysql.Dialect)
	require.NoError(t, err)
	return []string{strings.Join(strings.Fields(pg), " "), strings.Join(strings.Fields(my), " ")}
}

func TestAStatementForAnotherDatabase(t *testing.T) {
	id, size := things.C("id"), things.C("size")
	for name, c := range map[string]struct {
		run             func(ctx context.Context, e *orm.Engine) error
		postgres, mysql string
	}{
		"query": {func(ctx context.Context, e *orm.Engine) error {
			_, err := orm.Select(id).Where(size.Eq(1)).All(ctx, e)
			return err
		}, "SELECT things.id FROM things WHERE things.size = $1", "SELECT things.id FROM things WHERE things.size = ?"},
		"change": {func(ctx context.Context, e *orm.Engine) error {
			_, err := orm.Update(things).Set(size.Set(3)).Where(id.Eq(1)).Exec(ctx, e)
			return err
		}, "UPDATE things SET size=$1 WHERE things.id = $2", "UPDATE things SET size=? WHERE things.id = ?"},
		"insert": {func(ctx context.Context, e *orm.Engine) error {
			_, err := orm.Insert(things, "id").Row(7).Exec(ctx, e)
			return err
		}, "INSERT INTO things (id) VALUES ($1)", "INSERT INTO things (id) VALUES (?)"},
		"text": {func(ctx context.Context, e *orm.Engine) error {
			_, err := orm.Text("SELECT :n").Bind("n", 1).All(ctx, e)
			return err
		}, "SELECT $1", "SELECT ?"},
		"get": {func(ctx context.Context, e *orm.Engine) error {
			session := orm.NewSession(e)
			defer session.Close()
			_, err := Pets.Get(ctx, session, 99)
			assert.ErrorIs(t, err, orm.ErrNoRows)
			return nil
		}, "SELECT pets.id, pets.name, pets.species, pets.hunger FROM pets WHERE pets.id = $1",
			"SELECT pets.id, pets.name, pets.species, pets.hunger FROM pets WHERE pets.id = ?"},
	} {
		t.Run(name, func(t *testing.T) {
			for range 2 { // the second finds what is compiled and prepared
				rewriting := orm.Observer{Rewrite: func(_ context.Context, s *orm.Statement) (string, error) { return s.SQL + " -- mine", nil }}
				for _, o := range []orm.Observer{{}, rewriting} {
					list := heard(t, o, func(ctx context.Context, e *orm.Engine) error {
						if err := c.run(ctx, e); err != nil || name == "insert" {
							return err
						}
						return c.run(ctx, e)
					})
					for _, s := range list {
						assert.Equal(t, []string{c.postgres, c.mysql}, compiledFor(t, s))
						assert.Equal(t, name == "text", s.IsText())
					}
				}
			}
		})
	}
}

// A session asks the dialect before it builds a statement, so what it would
// send elsewhere is not the same tree.
func TestAFlushForAnotherDatabase(t *testing.T) {
	list := heard(t, orm.Observer{}, func(ctx context.Context, e *orm.Engine) error {
		session := orm.NewSession(e)
		defer session.Close()
		for range 2 {
			one, two := Pets.New(), Pets.New()
			one.Name, two.Name = "Rex", "Tom"
			session.Add(one, two)
			if err := session.Flush(ctx); err != nil {
				return err
			}
			one.Name = "Max"
			if err := session.Flush(ctx); err != nil {
				return err
			}
			session.Delete(one)
			session.Delete(two)
			if err := session.Flush(ctx); err != nil {
				return err
			}
		}
		return session.Commit(ctx)
	})
	require.NotEmpty(t, list)
	verbs := map[string]bool{}
	for _, s := range list {
		verb, _, _ := strings.Cut(s.SQL, " ")
		verbs[verb] = true
		both := compiledFor(t, s)
		assert.Contains(t, both[0], "$1")
		assert.NotContains(t, both[1], "$1")
		if verb == "INSERT" {
			assert.Contains(t, both[0], "RETURNING")
			assert.NotContains(t, both[1], "RETURNING")
		}
	}
	assert.Equal(t, map[string]bool{"INSERT": true, "UPDATE": true, "DELETE": true}, verbs)
}

func TestWhatIsForOneDatabaseOnly(t *testing.T) {
	rec := &orm.Recorder{}
	var controls []string
	engine := open(t, "sqlite://", orm.Options{Observers: []orm.Observer{rec.Observer(), {Before: func(_ context.Context, s *orm.Statement) {
		if s.Control() {
			sql, err := s.CompileFor(postgres.Dialect)
			assert.NoError(t, err)
			controls = append(controls, sql)
		}
	}}}})
	ctx := context.Background()
	require.NoError(t, orm.CreateAll(ctx, engine, things))
	rec.Reset()
	require.NoError(t, engine.Transaction(ctx, func(tx orm.Executor) error {
		_, err := orm.Explain(ctx, tx, orm.Select(things.C("id")))
		return err
	}))
	assert.Equal(t, []string{"BEGIN", "COMMIT"}, controls)
	list := rec.Statements()
	require.Len(t, list, 1)
	_, err := list[0].CompileFor(postgres.Dialect)
	assert.ErrorContains(t, err, "orm: compiling \"EXPLAIN QUERY PLAN")
	assert.ErrorContains(t, err, "for postgresql: it was made for its own database only")
}
