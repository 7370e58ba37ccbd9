package orm_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/dialect/mysql"
	"github.com/ormlab/ormlab/orm/dialect/postgres"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// numbered is one line of the list of what must hold, as a test.
type numbered struct {
	number int
	words  string
	test   func(t *testing.T)
}

// lastOfCore is the number of the last behaviour that needs no session.
const lastOfCore = 55

// TestBehaviours has one subtest for each number, such as TestBehaviours/07.
// Where ours differs from SQLAlchemy on purpose, a comment that begins with
// "Port:" says so.
func TestBehaviours(t *testing.T) {
	list := slices.Concat(conditionBehaviours, expressionBehaviours, nameBehaviours, queryBehaviours, changeBehaviours,
		valueBehaviours, schemaBehaviours, textBehaviours, resultBehaviours, connectionBehaviours)
	wanted := make([]int, lastOfCore)
	for i := range wanted {
		wanted[i] = i + 1
	}
	runNumbered(t, list, wanted)
}

// runNumbered runs the tests in order. One that is missing, or there twice,
// is a failure.
func runNumbered(t *testing.T, list []numbered, wanted []int) {
	t.Helper()
	var got []int
	for _, n := range list {
		got = append(got, n.number)
	}
	slices.Sort(got)
	require.Equal(t, wanted, got, "each number has one test")
	slices.SortFunc(list, func(a, b numbered) int { return a.number - b.number })
	for _, n := range list {
		t.Run(fmt.Sprintf("%02d %s", n.number, n.words), n.test)
	}
}

// writes asserts the SQL of a statement: one text for all databases, or one
// each for SQLite, PostgreSQL and MySQL. Arguments stand behind " <- "; a ? is
// $1, $2 and so on for PostgreSQL. A text that begins with "error: " is a part
// of the error.
func writes(t *testing.T, stmt compiler, want ...string) {
	t.Helper()
	writesPart(t, stmt, "", "", want)
}

// condition asserts the SQL of a condition on users.
func condition(t *testing.T, c orm.Cond, want ...string) {
	t.Helper()
	writesPart(t, orm.Select(id).From(Users).Where(c), "SELECT users.id FROM users WHERE ", "", want)
}

// expression asserts the SQL of an expression over users, and its name.
func expression(t *testing.T, e orm.Selectable, want ...string) {
	t.Helper()
	writesPart(t, orm.Select(e).From(Users), "SELECT ", " FROM users", want)
}

var coreDialects = []dialect.Dialect{sqlite.Dialect, postgres.Dialect, mysql.Dialect}

func writesPart(t *testing.T, stmt compiler, before, behind string, want []string) {
	t.Helper()
	if len(want) == 1 {
		want = []string{want[0], want[0], want[0]}
	}
	require.Len(t, want, len(coreDialects))
	for i, d := range coreDialects {
		sql, args, err := stmt.Compile(d)
		if text, ok := strings.CutPrefix(want[i], "error: "); ok {
			assert.ErrorContains(t, err, text, d.Name())
			continue
		}
		if !assert.NoError(t, err, d.Name()) {
			continue
		}
		sql = strings.TrimSuffix(strings.TrimPrefix(oneSpace(sql), before), behind)
		if len(args) > 0 {
			sql += " <- " + orm.FormatArgs(args)
		}
		wanted := want[i]
		if d.Name() == "postgresql" {
			wanted = dollars(wanted)
		}
		assert.Equal(t, wanted, sql, d.Name())
	}
}

// dollars numbers the placeholders, which stand before the arguments.
func dollars(text string) string {
	sql, args, found := strings.Cut(text, " <- ")
	for n := 1; found && strings.Contains(sql, "?"); n++ {
		sql = strings.Replace(sql, "?", fmt.Sprintf("$%d", n), 1)
	}
	if found {
		sql += " <- " + args
	}
	return sql
}

// rowsOf runs a statement and returns its rows as text.
func rowsOf(t *testing.T, on orm.Executor, stmt interface {
	All(context.Context, orm.Executor) (*orm.Rows, error)
}) []string {
	t.Helper()
	rows, err := stmt.All(context.Background(), on)
	require.NoError(t, err)
	list := []string{}
	for _, row := range rows.All() {
		list = append(list, row.String())
	}
	return list
}

// columnsOf runs a statement and returns the names of its columns.
func columnsOf(t *testing.T, on orm.Executor, stmt orm.SelectStmt) []string {
	t.Helper()
	rows, err := stmt.All(context.Background(), on)
	require.NoError(t, err)
	return rows.Columns()
}
