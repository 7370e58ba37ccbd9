// Package ormtest is the suite that a dialect must pass: whoever adds a
// database calls [TestDialect] from a test.
//
//	func TestMyDialect(t *testing.T) {
//		ormtest.TestDialect(t, ormtest.Config{
//			URL: func(t testing.TB) string { return "mydb:///" + filepath.Join(t.TempDir(), "test.db") },
//		})
//	}
//
// The suite believes [dialect.Features], and never looks at a dialect's name.
// What the features claim runs on the database, and its outcome is compared;
// for what they deny, the compiler must return an error that names the feature
// and the dialect. The package orm/driver/drivertest tests the driver beneath.
package ormtest

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect"
)

// Config says how to test a dialect.
type Config struct {
	// URL returns the URL of a new, empty database, which [orm.Open]
	// understands. It is called once for each case.
	URL func(t testing.TB) string
	// OneConnection says that another connection to the URL would see another
	// database, as is so in memory. Cases that need two are skipped.
	OneConnection bool
	// Endless is a query that runs until it is interrupted; "" stands for the
	// suite's own, a recursive one.
	Endless string
	// Disconnect ends all connections of the engine from outside, as a restart
	// of the server does. Where it is nil that case is skipped: the database is
	// no server.
	Disconnect func(t testing.TB, e *orm.Engine)
}

// TestDialect runs the suite. Every case gets a database of its own.
func TestDialect(t *testing.T, c Config) {
	for _, g := range groups() {
		t.Run(g.name, func(t *testing.T) {
			for _, k := range g.cases {
				t.Run(k.name, func(t *testing.T) { k.run(start(t, c)) })
			}
		})
	}
}

// group is a part of the suite.
type group struct {
	name  string
	cases []testCase
}

type testCase struct {
	name string
	run  func(t *test)
}

// groups are all cases, in the order in which they run: what later ones need
// comes first.
func groups() []group {
	return []group{
		{"names", nameCases}, {"tables", tableCases}, {"reflection", reflectionCases}, {"values", valueCases},
		{"select", selectCases}, {"changes", changeCases}, {"text", textCases}, {"results", resultCases}, {"streaming", streamingCases},
		{"errors", errorCases}, {"transactions", transactionCases}, {"sessions", append(slices.Clone(sessionCases), rowCases...)},
		{"relationships", relationshipCases}, {"connections", connectionCases},
	}
}

// test is one case's run, and the database that it has to itself.
type test struct {
	testing.TB
	Config
	ctx      context.Context
	url      string
	engine   *orm.Engine
	features *dialect.Features
}

func start(tb testing.TB, c Config) *test {
	tb.Helper()
	t := &test{TB: tb, Config: c, ctx: context.Background(), url: c.URL(tb)}
	t.engine = t.open(orm.Options{})
	t.features = t.engine.Dialect().Features()
	return t
}

// open opens another engine for the case's database.
func (t *test) open(options orm.Options) *orm.Engine {
	t.Helper()
	e, err := orm.Open(t.url, options)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, e.Close()) })
	return e
}

// session is closed at the end of the case, before its engine.
func (t *test) session() *orm.Session {
	s := orm.NewSession(t.engine)
	t.Cleanup(func() { assert.NoError(t, s.Close()) })
	return s
}

// create creates tables.
func (t *test) create(models ...orm.Mapped) {
	t.Helper()
	require.NoError(t, orm.CreateAll(t.ctx, t.engine, models...))
}

// needsTwo skips the case where the database has one connection.
func (t *test) needsTwo() {
	if t.OneConnection {
		t.Skip("the database has one connection")
	}
}
