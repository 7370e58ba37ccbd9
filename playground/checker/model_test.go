package checker

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	_ "github.com/ormlab/ormlab/orm/dialect/sqlite"
)

// TestModels compares what is read out of the text of mapped_test.go with the
// tables that the same program makes.
func TestModels(t *testing.T) {
	text, err := os.ReadFile("mapped_test.go")
	require.NoError(t, err)
	read := newChecker(t).Models([]File{{"main.go", string(text)}})
	assert.False(t, read.Faulty, "the text has no mistakes")

	ctx := context.Background()
	engine, err := orm.Open("sqlite://", orm.Options{})
	require.NoError(t, err)
	defer engine.Close()
	require.NoError(t, mapped.CreateAll(ctx, engine))
	names := texts(t, engine, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
	got := make([]string, len(read.Tables))
	for i, m := range read.Tables {
		got[i] = m.Name
	}
	slices.Sort(got)
	require.Equal(t, flat(names), got)

	for _, m := range read.Tables {
		assert.False(t, m.Unsure, m.Name)
		var columns, keys [][]string
		for _, c := range m.Columns {
			assert.False(t, c.Unsure, "%s.%s", m.Name, c.Name)
			columns = append(columns, []string{c.Name, c.Type, yes(c.PrimaryKey), yes(c.NotNull || c.PrimaryKey), yes(c.Generated)})
		}
		for _, k := range m.ForeignKeys {
			for i, c := range k.Columns {
				keys = append(keys, []string{c, k.Table, k.Targets[i], k.OnDelete, k.OnUpdate})
			}
		}
		slices.SortFunc(keys, slices.Compare)
		// SQLite says of no key INTEGER PRIMARY KEY that it is never NULL.
		assert.Equal(t, texts(t, engine, `SELECT name, type, iif(pk > 0, 'yes', 'no'), iif(pk > 0 OR "notnull", 'yes', 'no'), iif(hidden > 1, 'yes', 'no') FROM pragma_table_xinfo('`+m.Name+`') ORDER BY cid`), columns, m.Name)
		assert.Equal(t, texts(t, engine, `SELECT "from", "table", "to", on_delete, on_update FROM pragma_foreign_key_list('`+m.Name+`') ORDER BY 1, 2, 3`), keys, m.Name)
	}
}

func yes(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}

func flat(rows [][]string) (all []string) {
	for _, row := range rows {
		all = append(all, row...)
	}
	return all
}

// texts are the rows of a query, as texts.
func texts(t *testing.T, engine *orm.Engine, sql string) (list [][]string) {
	t.Helper()
	rows, err := orm.Text(sql).All(context.Background(), engine)
	require.NoError(t, err)
	for _, values := range rows.Values() {
		row := make([]string, len(values))
		for i, value := range values {
			row[i] = fmt.Sprint(value)
		}
		list = append(list, row)
	}
	return list
}

// TestModelsOfUnclearText is about what the text does not tell.
func TestModelsOfUnclearText(t *testing.T) {
	const head = "package main\n\nimport \"github.com/ormlab/ormlab/orm\"\n\ntype User struct {\n\tID int64 `orm:\"primary_key\"`\n\tName %s\n}\n\nfunc main() {}\n\n"
	shown := func(typ, rest string) (list []string) {
		for _, m := range newChecker(t).Models(one(fmt.Sprintf(head, typ) + rest)).Tables {
			line := m.Name
			for _, c := range m.Columns {
				line += " " + c.Name + ":" + c.Type
			}
			if m.Unsure {
				line += " …"
			}
			for _, k := range m.ForeignKeys {
				line += " >" + k.Table
			}
			list = append(list, line)
		}
		return list
	}
	for _, c := range []struct {
		name, typ, rest string
		want            []string
	}{
		{"names made by a function", "string", `var Users = orm.Declare[User]("users", orm.ColumnNames(orm.SnakeCase))`, []string{"users id:INTEGER name:VARCHAR …"}},
		{"options from elsewhere", "string", "var options []orm.TableOption\nvar Users = orm.Declare[User](\"users\", options...)", []string{"users id:INTEGER name:VARCHAR …"}},
		{"a name that is computed", "string", "func name() string { return `x` }\nvar Users = orm.Declare[User](name())", nil},
		{"a namespace", "string", `var Users = orm.Declare[User]("users", orm.InSchema("shop"))`, nil},
		{"a type that is not there", "Nothing", `var Users = orm.Declare[User]("users")`, []string{"users id:INTEGER name:"}},
		{"a type that no column holds", "[]string", `var Users = orm.Declare[User]("users")`, []string{"users id:INTEGER name:"}},
		{"a decimal without digits", "orm.Decimal", `var Users = orm.Declare[User]("users")`, []string{"users id:INTEGER name:"}},
		{"columns from elsewhere", "string", "var columns []orm.TablePart\nvar users = orm.NewTable(\"users\", columns...)", []string{"users …"}},
		{"a key in another namespace", "string", `var users = orm.NewTable("users", orm.Column("id", orm.Integer()).References("a.b", "c"))`, []string{"users id:INTEGER …"}},
		{"a variable declared by itself", "string", `var column = column.NotNull()
var users = orm.NewTable("users", column)`, []string{"users …"}},
		{"a class below itself", "string", `var Users = orm.Declare[User]("users", orm.Inherits(Users, 1))`, nil},
		{"a table between that is given", "orm.Many[User] `orm:\"secondary:friends,foreign_key:from_id\"`", "var likes = orm.NewTable(\"likes\", orm.Column(\"id\", orm.Integer()))\nvar Users = orm.Declare[User](\"users\")\nvar _ = orm.Secondary(&Users.F.Name, likes)", []string{"likes id:INTEGER", "users id:INTEGER"}},
		{"several in one function", "string", "func f() {\n\ta, b := orm.Declare[User](\"a\"), orm.Declare[User](\"b\")\n\t_, _ = a, b\n}", []string{"a id:INTEGER name:VARCHAR", "b id:INTEGER name:VARCHAR"}},
	} {
		assert.Equal(t, c.want, shown(c.typ, c.rest), c.name)
	}
	assert.True(t, newChecker(t).Models(one("package main\n\nvar x int = \"\"\n")).Faulty)
}

// TestModelsMessage is the answer as the page has it.
func TestModelsMessage(t *testing.T) {
	value, failed := ask(t, loaded(t), "models", "", "0", "", "main.go", pets)
	assert.Empty(t, failed)
	from := strings.Index(pets, "orm.Declare")
	column := func(name, typ string, key bool) any {
		return map[string]any{"name": name, "type": typ, "notNull": true, "unsure": false, "primaryKey": key, "generated": false}
	}
	assert.Equal(t, map[string]any{"faulty": false, "tables": []any{map[string]any{
		"file": "main.go", "from": float64(from), "to": float64(from + len(`orm.Declare[Pet]("pets")`)), "name": "pets", "structs": []any{"Pet"}, "unsure": false,
		"columns":     []any{column("id", "INTEGER", true), column("name", "VARCHAR", false), column("owner", "INTEGER", false)},
		"foreignKeys": []any{},
	}}}, value)
}
