package orm_test

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect"
	_ "github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Pet is the model that most tests use.
type Pet struct {
	ID      int64            `orm:"primary_key,autoincrement"`
	Name    string           `orm:"size:50,unique"`
	Species orm.Null[string] `orm:"size:30"`
	Hunger  int64            `orm:"default:20,omitzero"`
}

var Pets = orm.Declare[Pet]("pets")

// sent records the statements that an engine sends.
type sent struct {
	mu   sync.Mutex
	list []orm.Statement
}

func (s *sent) observer() orm.Observer {
	return orm.Observer{After: func(_ context.Context, st *orm.Statement) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.list = append(s.list, *st)
	}}
}

// take returns what was sent since the last take.
func (s *sent) take() []orm.Statement {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := s.list
	s.list = nil
	return list
}

// is asserts that exactly these statements were sent since the last call, each
// as "SQL" or, if it has arguments, "SQL [arguments]".
func (s *sent) is(t *testing.T, want ...string) {
	t.Helper()
	got := []string{}
	for _, st := range s.take() {
		got = append(got, line(st))
	}
	if want == nil {
		want = []string{}
	}
	assert.Equal(t, want, got)
}

// line formats a statement on one line.
func line(st orm.Statement) string {
	sql := strings.Join(strings.Fields(st.SQL), " ")
	if len(st.Args) == 0 {
		return sql
	}
	return fmt.Sprintf("%s %v", sql, st.Args)
}

// recorded opens a database in memory with the tables of the models, and
// returns what it sends from then on.
func recorded(t testing.TB, models ...orm.Mapped) (*orm.Engine, *sent) {
	t.Helper()
	return recordedAt(t, "sqlite://", models...)
}

// recordedAt is recorded for a database of another kind.
func recordedAt(t testing.TB, url string, models ...orm.Mapped) (*orm.Engine, *sent) {
	t.Helper()
	log := &sent{}
	engine := open(t, url, orm.Options{Observers: []orm.Observer{log.observer()}, PoolTimeout: time.Second})
	require.NoError(t, orm.CreateAll(context.Background(), engine, models...))
	log.take()
	return engine, log
}

// open opens an engine that is closed at the end of the test.
func open(t testing.TB, url string, options orm.Options) *orm.Engine {
	t.Helper()
	engine, err := orm.Open(url, options)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, engine.Close()) })
	return engine
}

// session returns a session that is closed at the end of the test, before its
// engine.
func session(t testing.TB, engine *orm.Engine) *orm.Session {
	t.Helper()
	s := orm.NewSession(engine)
	t.Cleanup(func() { assert.NoError(t, s.Close()) })
	return s
}

// fileURL is the URL of a database file that is not there yet.
func fileURL(t testing.TB) string {
	t.Helper()
	if runtime.GOOS == "js" {
		t.Skip("SQLite cannot lock files under GOOS=js, so that only databases in memory can be opened")
	}
	return "sqlite:///" + filepath.Join(t.TempDir(), "pets.db")
}

// withPets is a session on a database that holds these pets, committed, and
// has loaded nothing.
func withPets(t testing.TB, pets ...*Pet) (*orm.Session, *sent) {
	t.Helper()
	engine, log := recorded(t, Pets)
	insertPets(t, engine, pets...)
	log.take()
	return session(t, engine), log
}

// insertPets inserts pets by a session of their own.
func insertPets(t testing.TB, engine *orm.Engine, pets ...*Pet) {
	t.Helper()
	ctx := context.Background()
	s := orm.NewSession(engine)
	for _, p := range pets {
		require.NoError(t, s.Add(p))
	}
	require.NoError(t, s.Commit(ctx))
	require.NoError(t, s.Close())
}

// names lists the names of pets.
func names(pets []*Pet) []string {
	list := []string{}
	for _, p := range pets {
		list = append(list, p.Name)
	}
	return list
}

// compiler is any statement.
type compiler interface {
	Compile(d dialect.Dialect) (sql string, args []any, err error)
}
