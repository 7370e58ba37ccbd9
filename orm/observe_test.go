package orm_test

import (
	"bytes"
	"context"
	"path/filepath"
	"regexp"
	"runtime"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestObserversHearBeforeAndAfter(t *testing.T) {
	ctx := context.WithValue(context.Background(), keyOfTest{}, "mine")
	var before, after []*orm.Statement
	var order []string
	engine := open(t, "sqlite://", orm.Options{Observers: []orm.Observer{
		{Before: func(got context.Context, s *orm.Statement) {
			assert.Equal(t, "mine", got.Value(keyOfTest{}))
			assert.Zero(t, s.RowsAffected)
			before, order = append(before, s), append(order, "before "+line(*s))
		}},
		{}, // one that hears nothing
		{After: func(got context.Context, s *orm.Statement) {
			assert.Equal(t, "mine", got.Value(keyOfTest{}))
			after, order = append(after, s), append(order, "after "+line(*s))
		}},
	}})
	require.NoError(t, orm.CreateAll(ctx, engine, things))
	before, after, order = nil, nil, nil

	_, err := orm.Insert(things, "id").Row(1).Row(2).Exec(ctx, engine)
	require.NoError(t, err)
	_, err = orm.Select(things.C("id")).All(ctx, engine)
	require.NoError(t, err)
	_, err = orm.Text("broken").Exec(ctx, engine)
	require.Error(t, err)
	assert.Equal(t, []string{
		"before BEGIN", "after BEGIN",
		"before INSERT INTO things (id) VALUES (?) [1]", "after INSERT INTO things (id) VALUES (?) [1]",
		"before INSERT INTO things (id) VALUES (?) [2]", "after INSERT INTO things (id) VALUES (?) [2]",
		"before COMMIT", "after COMMIT",
		"before SELECT things.id FROM things", "after SELECT things.id FROM things",
		"before broken", "after broken",
	}, order)
	for i := range before {
		assert.Same(t, before[i], after[i])
	}
	assert.Equal(t, int64(1), after[1].RowsAffected)
	assert.Equal(t, []bool{false, true}, []bool{after[1].Cached, after[2].Cached})
	assert.Equal(t, int64(2), after[4].Rows)
	assert.Positive(t, after[4].Duration)
	assert.NoError(t, after[4].Err)
	var refusal *orm.Error
	require.ErrorAs(t, after[5].Err, &refusal)
	assert.Equal(t, orm.KindSyntax, refusal.Kind)
}

type keyOfTest struct{}

// here is the file and line of its caller.
func here() (string, int) {
	_, file, line, _ := runtime.Caller(1)
	return file, line
}

func TestCallerIsTheProgramsLine(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t, Pets)
	s := session(t, engine)
	require.NoError(t, s.Add(Pets.New()))
	is := func(file string, line int) {
		t.Helper()
		list := log.take()
		require.NotEmpty(t, list)
		for _, st := range list {
			assert.Equal(t, file, st.Caller.File)
			assert.Equal(t, line, st.Caller.Line, st.SQL)
			assert.Contains(t, st.Caller.Function, "TestCallerIsTheProgramsLine")
		}
	}
	file, line := here()
	require.NoError(t, s.Flush(ctx))
	is(file, line+1)
	_, missing := Pets.Get(ctx, s, 5)
	is(file, line+3)
	_, selected := orm.Select(Pets).
		Where(orm.C(&Pets.F.ID).Eq(1)).
		All(ctx, s)
	is(file, line+7)
	require.NoError(t, s.Commit(ctx))
	is(file, line+9)
	err := engine.Transaction(ctx, func(tx orm.Executor) error {
		_, err := orm.Text("SELECT 1").All(ctx, tx)
		list := log.take()
		require.Len(t, list, 2)
		assert.Equal(t, []int{line + 11, line + 12}, []int{list[0].Caller.Line, list[1].Caller.Line})
		return err
	})
	require.NoError(t, err)
	err = orm.DropAll(ctx, engine, Pets)
	log.take()
	require.NoError(t, err)
	require.ErrorIs(t, missing, orm.ErrNoRows)
	require.NoError(t, selected)

	assert.Equal(t, "unknown", orm.Caller{}.String())
	assert.Equal(t, "a.go:3", orm.Caller{File: "a.go", Line: 3}.String())
	assert.Equal(t, "observe_test.go", filepath.Base(file))
}

func TestEcho(t *testing.T) {
	ctx := context.Background()
	var out bytes.Buffer
	engine := open(t, "sqlite://", orm.Options{Echo: &out})
	require.NoError(t, orm.CreateAll(ctx, engine, Owners))
	s := session(t, engine)
	require.NoError(t, s.Add(&Owner{ID: 1, Name: "O'Hara"}, &Owner{ID: 2}))
	require.NoError(t, s.Commit(ctx))
	require.NoError(t, s.Add(&Owner{ID: 1}))
	require.Error(t, s.Commit(ctx))
	timeless := regexp.MustCompile(`\d+\.\d{5}s`).ReplaceAllString(out.String(), "0s")
	assert.Equal(t, `SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name = ? COLLATE NOCASE
[generated in 0s] ('owners',)
CREATE TABLE owners (
	id INTEGER PRIMARY KEY,
	name VARCHAR NOT NULL
)
[generated in 0s] ()
BEGIN (implicit)
INSERT INTO owners (id, name) VALUES (?, ?)
[generated in 0s] (1, 'O''Hara')
INSERT INTO owners (id, name) VALUES (?, ?)
[cached since 0s ago] (2, '')
COMMIT
BEGIN (implicit)
INSERT INTO owners (id, name) VALUES (?, ?)
[cached since 0s ago] (1, '')
failed: orm: UNIQUE constraint failed: owners.id (unique constraint) [SQL: INSERT INTO owners (id, name) VALUES (?, ?)] [arguments: (1, '')]
ROLLBACK
`, timeless)
}

func TestEchoOfAFailedCommit(t *testing.T) {
	ctx := context.Background()
	var out bytes.Buffer
	engine := open(t, "sqlite://", orm.Options{Echo: &out})
	err := engine.Transaction(ctx, func(tx orm.Executor) error {
		for _, sql := range []string{"CREATE TABLE a (id INTEGER PRIMARY KEY)",
			"CREATE TABLE b (a INTEGER REFERENCES a (id) DEFERRABLE INITIALLY DEFERRED)", "INSERT INTO b VALUES (1)"} {
			if _, err := orm.Text(sql).Exec(ctx, tx); err != nil {
				return err
			}
		}
		return nil
	})
	require.Error(t, err)
	assert.Contains(t, out.String(), "COMMIT\nfailed: orm: FOREIGN KEY constraint failed (foreign key constraint) [SQL: COMMIT]\nROLLBACK\n")
}

func TestObserveAll(t *testing.T) {
	ctx := context.Background()
	log, on := &sent{}, true
	orm.ObserveAll(orm.Observer{After: func(ctx context.Context, s *orm.Statement) {
		if on {
			log.observer().After(ctx, s)
		}
	}})
	t.Cleanup(func() { on = false }) // there is no way to take it back
	engine := open(t, "sqlite://", orm.Options{})
	_, err := orm.Text("SELECT 1").All(ctx, engine)
	require.NoError(t, err)
	log.is(t, "SELECT 1")
}
