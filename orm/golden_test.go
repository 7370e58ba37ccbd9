package orm_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/dialect/mysql"
	"github.com/ormlab/ormlab/orm/dialect/postgres"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the goldens anew")

// The models of the goldens.
type (
	Team struct {
		ID   int64  `orm:"primary_key"`
		Name string `orm:"size:30"`
	}
	User struct {
		ID     int64            `orm:"primary_key"`
		Name   string           `orm:"size:30"`
		Full   orm.Null[string] `orm:"size:50"`
		Age    int64
		Score  float64
		Admin  bool
		Joined time.Time
		TeamID orm.Null[int64] `orm:"foreign_key:teams.id"`
	}
	Address struct {
		ID     int64  `orm:"primary_key"`
		Email  string `orm:"size:50,unique"`
		UserID int64  `orm:"foreign_key:users.id"`
	}
	Employee struct {
		ID        int64           `orm:"primary_key"`
		Name      string          `orm:"size:30"`
		ManagerID orm.Null[int64] `orm:"foreign_key:employees.id"`
	}
	// Transfer refers to users twice, so that a join must say which way.
	Transfer struct {
		ID     int64 `orm:"primary_key"`
		FromID int64 `orm:"foreign_key:users.id"`
		ToID   int64 `orm:"foreign_key:users.id"`
	}
)

var (
	Teams     = orm.Declare[Team]("teams")
	Users     = orm.Declare[User]("users")
	Addresses = orm.Declare[Address]("addresses")
	Employees = orm.Declare[Employee]("employees")
	Transfers = orm.Declare[Transfer]("transfers")

	// people is users without a model.
	people = orm.NewTable("users", orm.Column("id", orm.Integer()).PrimaryKey(), orm.Column("name", orm.String(30)),
		orm.Column("full", orm.String(50)), orm.Column("age", orm.Integer()), orm.Column("score", orm.Float()),
		orm.Column("admin", orm.Boolean()), orm.Column("joined", orm.DateTime()), orm.Column("team_id", orm.Integer()))
)

// company is a database in memory with a few rows in each table.
func company(t testing.TB) *orm.Engine {
	t.Helper()
	return companyAt(t, "sqlite://")
}

// companyAt is the same at a URL.
func companyAt(t testing.TB, url string) *orm.Engine {
	t.Helper()
	engine := open(t, url, orm.Options{})
	require.NoError(t, orm.CreateAll(context.Background(), engine, Teams, Users, Addresses, Employees, Transfers))
	day := func(y, m, d, h int) time.Time { return time.Date(y, time.Month(m), d, h, 5, 6, 789000, time.UTC) }
	s := orm.NewSession(engine)
	add := func(objects ...any) {
		require.NoError(t, s.Add(objects...))
		require.NoError(t, s.Flush(context.Background()))
	}
	add(&Team{1, "red"}, &Team{2, "blue"})
	add(&User{1, "ed", orm.Some("Ed Jones"), 30, 1.5, true, day(2024, 2, 3, 4), orm.Some(int64(1))},
		&User{2, "wendy", orm.None[string](), 25, 2.25, false, day(2024, 12, 31, 23), orm.Some(int64(1))},
		&User{3, "jack", orm.Some("Jack_100%"), 41, -3, false, day(2025, 1, 1, 0), orm.None[int64]()})
	add(&Address{1, "ed@a.org", 1}, &Address{2, "ed@b.org", 1}, &Address{3, "wendy@a.org", 2})
	add(&Employee{1, "Ann", orm.None[int64]()}, &Employee{2, "Bob", orm.Some(int64(1))},
		&Employee{3, "Cid", orm.Some(int64(2))})
	add(&Transfer{1, 1, 2})
	require.NoError(t, s.Commit(context.Background()))
	require.NoError(t, s.Close())
	return engine
}

// shown is a statement whose SQL for each database, and whose rows on SQLite,
// are a golden.
type shown struct {
	name string
	stmt interface {
		Compile(d dialect.Dialect) (sql string, args []any, err error)
	}
}

// golden compares statements with testdata/name.txt. It runs each in a
// transaction that is rolled back.
func golden(t *testing.T, name string, cases []shown) {
	t.Helper()
	engine := company(t)
	var got strings.Builder
	for _, c := range cases {
		fmt.Fprintf(&got, "# %s\n%s%s\n", c.name, statements(c), outcome(t, engine, c))
		agreesWithCache(t, c)
	}
	path := filepath.Join("testdata", name+".txt")
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(got.String()), 0o666))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	wanted, gotten := split(string(want)), split(got.String())
	for name, text := range gotten {
		assert.Equal(t, wanted[name], text, name)
	}
	assert.Equal(t, len(wanted), len(gotten), "cases")
	goldenOnServers(t, cases)
}

// split returns the cases of a golden by name.
func split(golden string) map[string]string {
	cases := map[string]string{}
	for part := range strings.SplitSeq("\n"+golden, "\n# ") {
		name, text, _ := strings.Cut(part, "\n")
		cases[name] = text
	}
	return cases
}

// statements is the SQL for each database; those that agree share a line.
func statements(c shown) string {
	var b strings.Builder
	names, last := "", ""
	for _, d := range []dialect.Dialect{sqlite.Dialect, postgres.Dialect, mysql.Dialect, mysql.MariaDB, nil} {
		text := ""
		if d != nil {
			sql, args, err := c.stmt.Compile(d)
			if text = sql; len(args) > 0 {
				text += fmt.Sprintf("  %v", orm.FormatArgs(args))
			}
			if err != nil {
				text = "error: " + strings.ReplaceAll(err.Error(), d.Name(), "{database}")
			}
		}
		if d == nil || text != last && last != "" {
			fmt.Fprintf(&b, "%s: %s\n", strings.ReplaceAll(names, "mysql, mariadb", "mysql"), last)
			names = ""
		}
		if last = text; d != nil {
			names = strings.TrimPrefix(names+", "+d.Name(), ", ")
		}
	}
	return b.String()
}

// outcome is what the statement does on SQLite.
func outcome(t *testing.T, engine *orm.Engine, c shown) string {
	if _, _, err := c.stmt.Compile(sqlite.Dialect); err != nil {
		return ""
	}
	text, err := try(t, engine, c)
	if err != nil {
		text = fmt.Sprintf("= error: %v\n", err)
	}
	return text
}

// try runs the statement in a transaction that is rolled back, and describes
// its rows.
func try(t *testing.T, engine *orm.Engine, c shown) (text string, failed error) {
	ctx, errUndo := context.Background(), fmt.Errorf("undo")
	err := engine.Transaction(ctx, func(tx orm.Executor) error {
		text, failed = describe(ctx, tx, c)
		return errUndo
	})
	require.ErrorIs(t, err, errUndo)
	return text, failed
}

func describe(ctx context.Context, tx orm.Executor, c shown) (string, error) {
	switch s := c.stmt.(type) {
	case interface {
		All(context.Context, orm.Executor) (*orm.Rows, error)
	}:
		rows, err := s.All(ctx, tx)
		if err != nil {
			return "", err
		}
		text := "= " + strings.Join(rows.Columns(), ", ") + "\n"
		for _, row := range rows.All() {
			text += row.String() + "\n"
		}
		return text, nil
	case interface {
		Exec(context.Context, orm.Executor) (int64, error)
	}:
		n, err := s.Exec(ctx, tx)
		return fmt.Sprintf("= %d rows\n", n), err
	}
	return "", nil
}
