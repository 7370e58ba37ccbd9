package docs

import (
	"context"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/dialect/mysql"
	"github.com/ormlab/ormlab/orm/dialect/postgres"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
)

var update = flag.Bool("update", false, "write docs/sqlalchemy.md anew")

// section is a chapter of docs/sqlalchemy.md.
type section struct {
	title, about string
	pairs        []pair
}

// pair is a construct of SQLAlchemy beside ours. The page shows the body of
// build or run as it stands in this package's files, so it is Go that compiles;
// run is run, and the SQL is what the compiler writes or the engine ran.
type pair struct {
	features []int // the rows of the feature table that it is about
	title    string
	python   string
	build    func() orm.Compilable
	run      func(ctx context.Context, engine *orm.Engine) error
	echo     bool // the page shows the SQL that run ran
	on       []dialect.Dialect
	note     string // in what ours differs
}

var (
	lite     = []dialect.Dialect{sqlite.Dialect}
	pg       = []dialect.Dialect{postgres.Dialect}
	lookups  = []dialect.Dialect{sqlite.Dialect, postgres.Dialect}
	all      = []dialect.Dialect{sqlite.Dialect, postgres.Dialect, mysql.Dialect}
	proper   = map[string]string{"sqlite": "SQLite", "postgresql": "PostgreSQL", "mysql": "MySQL", "mariadb": "MariaDB"}
	sections = []section{engineSection, schemaSection, expressionSection, querySection, changeSection, textSection, resultSection, errorSection}
)

// TestSQLAlchemyPage compares docs/sqlalchemy.md with the cases of this
// package; -update writes it.
func TestSQLAlchemyPage(t *testing.T) {
	got := page(t, sections)
	path := filepath.Join(root, "docs", "sqlalchemy.md")
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o666))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, string(want), got, "go test ./internal/docs -update writes the page anew")
}

// Every feature of the table of the Core has a place on the page.
func TestSQLAlchemyPageIsComplete(t *testing.T) {
	found := map[int]bool{}
	for _, s := range sections {
		for _, p := range s.pairs {
			for _, f := range p.features {
				found[f] = true
			}
		}
	}
	for f := 1; f <= 39; f++ {
		assert.True(t, found[f], "feature %d", f)
	}
}

func page(t *testing.T, sections []section) string {
	sources := sourcesOf(t)
	var b strings.Builder
	b.WriteString(intro)
	for _, s := range sections {
		fmt.Fprintf(&b, "- [%s](#%s)\n", s.title, anchor(s.title))
	}
	fmt.Fprintf(&b, "\nThe examples use these models:\n\n```go\n%s\n```\n", sources["models"])
	for _, s := range sections {
		fmt.Fprintf(&b, "\n## %s\n", s.title)
		if s.about != "" {
			fmt.Fprintf(&b, "\n%s\n", s.about)
		}
		for _, p := range s.pairs {
			fmt.Fprintf(&b, "\n### %s\n\n```python\n%s\n```\n", p.title, dedent(p.python))
			require.Contains(t, sources, p.title)
			fmt.Fprintf(&b, "\n```go\n%s\n```\n", sources[p.title])
			if sql := p.sql(t); sql != "" {
				fmt.Fprintf(&b, "\n```sql\n%s```\n", sql)
			}
			if p.note != "" {
				fmt.Fprintf(&b, "\n%s\n", p.note)
			}
		}
	}
	return b.String()
}

func anchor(title string) string {
	return strings.ReplaceAll(strings.ReplaceAll(strings.ToLower(title), " ", "-"), ",", "")
}

// sql is what the compiler writes for the pair, or what ran.
func (p pair) sql(t *testing.T) string {
	if p.run != nil {
		ran := p.ran(t)
		if !p.echo {
			return ""
		}
		return ran
	}
	on := p.on
	if on == nil {
		on = lite
	}
	var b strings.Builder
	for _, d := range on {
		sql, _, err := p.build().Compile(d)
		require.NoError(t, err, "%s on %s", p.title, d.Name())
		if len(on) > 1 || d != sqlite.Dialect {
			fmt.Fprintf(&b, "-- %s\n", proper[d.Name()])
		}
		b.WriteString(strings.ReplaceAll(sql, "\t", "  ") + "\n")
	}
	return b.String()
}

// ran runs the pair on a database with a few rows, and returns the SQL.
func (p pair) ran(t *testing.T) string {
	var b strings.Builder
	watching := false
	engine, err := orm.Open("sqlite://", orm.Options{Observers: []orm.Observer{{After: func(_ context.Context, s *orm.Statement) {
		if watching {
			b.WriteString(strings.ReplaceAll(s.SQL, "\t", "  ") + "\n")
		}
	}}}})
	require.NoError(t, err)
	defer engine.Close()
	ctx := context.Background()
	require.NoError(t, orm.CreateAll(ctx, engine, Users, Addresses))
	_, err = orm.Insert(Users, "id", "name", "age").Row(1, "ed", 30).Row(2, "wendy", 25).Exec(ctx, engine)
	require.NoError(t, err)
	_, err = orm.Insert(Addresses, "email", "user_id").Row("ed@example.org", 1).Exec(ctx, engine)
	require.NoError(t, err)
	watching = true
	require.NoError(t, p.run(ctx, engine), p.title)
	return b.String()
}

// sourcesOf are the bodies of build and run, as they are written, by title.
func sourcesOf(t *testing.T) map[string]string {
	found, declared := map[string]string{}, map[string]string{}
	files, err := filepath.Glob("sqlalchemy*_test.go")
	require.NoError(t, err)
	for _, name := range files {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, text, 0)
		require.NoError(t, err)
		offset := func(p token.Pos) int { return set.Position(p).Offset }
		ast.Inspect(file, func(n ast.Node) bool {
			literal, ok := n.(*ast.CompositeLit)
			if !ok {
				return true
			}
			title, body := "", ""
			for _, e := range literal.Elts {
				field, ok := e.(*ast.KeyValueExpr)
				if !ok {
					continue
				}
				switch value := field.Value.(type) {
				case *ast.BasicLit:
					if key, ok := field.Key.(*ast.Ident); ok && key.Name == "title" {
						title, err = strconv.Unquote(value.Value)
						require.NoError(t, err)
					}
				case *ast.FuncLit:
					body = string(text[offset(value.Body.Lbrace)+1 : offset(value.Body.Rbrace)])
				}
			}
			if title != "" && body != "" {
				require.NotContains(t, found, title, "two pairs have one title")
				found[title] = shown(body)
			}
			return true
		})
		for part := range strings.SplitSeq(string(text), "\n// begin ") {
			if title, code, ok := strings.Cut(part, "\n"); ok && strings.Contains(code, "\n// end\n") {
				code, _, _ = strings.Cut(code, "\n// end\n")
				declared[title] = strings.TrimSpace(code)
			}
		}
	}
	for title, code := range declared {
		found[title] = strings.TrimSpace(code + "\n\n" + found[title])
	}
	return found
}

// unusedNames is a line for the compiler only, such as _, _ = a, b.
var unusedNames = regexp.MustCompile(`^(_, )*_ = [a-z]+(, [a-z]+)*$`)

// shown is the body of a function without its last return.
func shown(body string) string {
	lines := slices.DeleteFunc(strings.Split(dedent(body), "\n"), unusedNames.MatchString)
	for i, line := range lines {
		lines[i] = strings.TrimPrefix(line, "_ = ")
	}
	i := len(lines) - 1
	for i > 0 && !strings.HasPrefix(lines[i], "return ") {
		i--
	}
	switch rest := strings.TrimPrefix(lines[i], "return "); {
	case rest == "nil" || rest == "err":
		lines = lines[:i]
	case i > 0:
		lines[i] = "stmt := " + rest
	default:
		lines[i] = rest
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}

// dedent takes away the space that all lines begin with.
func dedent(s string) string {
	lines := strings.Split(strings.TrimRight(strings.TrimLeft(s, "\n"), "\n\t "), "\n")
	prefix := lines[0][:len(lines[0])-len(strings.TrimLeft(lines[0], "\t "))]
	for i, line := range lines {
		lines[i] = strings.TrimPrefix(line, prefix)
	}
	return strings.Join(lines, "\n")
}

const intro = `# For people who come from SQLAlchemy

What you know, and what it is called here. The Python is SQLAlchemy 2; the Go is compiled and run by the tests of this project, which also write this page, and the SQL is what the compiler writes: SQLite's unless a line says otherwise. A ` + "`?` or `$1`" + ` is a value that travels as an argument.

Three things differ everywhere:

- A column is named by the address of a field of the model's prototype: ` + "`orm.C(&Users.F.Name)`" + ` is an ` + "`Expr[string]`" + `, and ` + "`Eq(5)`" + ` on it does not compile. ` + "`orm.N`" + ` does the same for a field that may be NULL.
- What nearly every statement needs is a method; the rest are functions: ` + "`orm.Lower(name)`, `orm.Over(…)`" + `. Go has no operators to overload: ` + "`a + b` is `orm.AddExpr(a, b)`, `a & b` is `orm.And(a, b)`" + `.
- Errors are values: a statement that is wrong says so when it is compiled or run, never by a panic.

`
