package dialect_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ormlab/ormlab/orm/dialect/postgres"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

var pets = table("pets",
	key("id"),
	&schema.Column{Name: "name", Type: schema.Type{Kind: schema.String, Size: 50}, Unique: true},
	&schema.Column{Name: "species", Type: schema.Type{Kind: schema.String, Size: 30}, Nullable: true},
	&schema.Column{Name: "hunger", Type: integer, Default: int64(20)})

func create(name string, columns ...*schema.Column) expr.Stmt {
	return expr.CreateTable{Table: table(name, columns...)}
}

func withDefault(name string, typ schema.Type, value any) *schema.Column {
	return &schema.Column{Name: name, Type: typ, Default: value}
}

func keyPart(name string, typ schema.Type) *schema.Column {
	return &schema.Column{Name: name, Type: typ, PrimaryKey: true}
}

func auto(c *schema.Column) *schema.Column {
	c.Autoincrement = true
	return c
}

func refers(c *schema.Column, table, column string) *schema.Column {
	c.References = &schema.Reference{Table: table, Column: column}
	return c
}

var createCases = []testCase{
	{"pets", expr.CreateTable{Table: pets}},
	{"only if it is not there", expr.CreateTable{Table: table("t", key("id")), IfNotExists: true}},
	{"all types", create("t",
		column("a", schema.Type{Kind: schema.SmallInteger}),
		column("b", integer),
		column("c", schema.Type{Kind: schema.BigInteger}),
		column("d", boolean),
		column("e", float),
		column("f", schema.Type{Kind: schema.String, Size: 5}),
		column("g", text),
		column("h", schema.Type{Kind: schema.LargeBinary}),
		column("i", instant))},
	{"string without size", create("t", column("s", schema.Type{Kind: schema.String}))},
	{"big key", create("t", keyPart("id", schema.Type{Kind: schema.BigInteger}))},
	{"small key", create("t", keyPart("id", schema.Type{Kind: schema.SmallInteger}))},
	{"autoincrement", create("t", auto(key("id")))},
	{"autoincrement in a key of two", create("t", auto(key("id")), key("part"))},
	{"autoincrement behind another key column", create("t", key("part"), auto(key("id")))},
	{"autoincrement that is no key", create("t", key("id"), auto(column("n", integer)))},
	{"autoincrement that is unique", create("t", keyPart("code", schema.Type{Kind: schema.String, Size: 5}),
		&schema.Column{Name: "n", Type: integer, Autoincrement: true, Unique: true})},
	{"autoincrement text", create("t", auto(keyPart("id", text)))},
	{"text key", create("t", keyPart("code", schema.Type{Kind: schema.String, Size: 5}), column("n", integer))},
	{"key of two", create("t", key("a"), key("b"), column("n", integer))},
	{"foreign keys", create("posts", key("id"), refers(column("author_id", integer), "users", "id"),
		&schema.Column{Name: "order", Type: integer, Nullable: true, References: &schema.Reference{Table: "Orders", Column: "id"}})},
	{"a key that refers", create("profiles", refers(key("user_id"), "users", "id"))},
	{"defaults", create("t",
		withDefault("a", integer, int64(-5)),
		withDefault("b", float, 0.5),
		withDefault("c", boolean, true),
		withDefault("d", boolean, false),
		withDefault("e", schema.Type{Kind: schema.String, Size: 20}, `it's \n`),
		withDefault("f", text, "x"),
		withDefault("g", instant, schema.SQL("CURRENT_TIMESTAMP")),
		withDefault("h", integer, schema.SQL("(1 + 1)")))},
	{"default of another type", create("t", withDefault("n", integer, "x"))},
	{"unique text", create("t", &schema.Column{Name: "s", Type: text, Unique: true})},
	{"names that need quotes", create("Order", key("id"), column("group", integer), column("1st", integer),
		column("a b", integer), column("say \"hi\"", integer), column("tick`s", integer), column("größe", integer))},
	{"name too long for PostgreSQL", create("t", column(strings.Repeat("n", 64), integer))},
	{"name with NUL", create("t", column("a\x00b", integer))},
	{"drop", expr.DropTable{Table: pets}},
	{"drop if it is there", expr.DropTable{Table: pets, IfExists: true}},
	{"no table", expr.CreateTable{}},
}

func TestCreatePetsOnPostgreSQL(t *testing.T) {
	sql := compile(t, postgres.Dialect, expr.CreateTable{Table: pets}).SQL
	sql = strings.Join(strings.Fields(sql), " ")
	sql = strings.NewReplacer("( ", "(", " )", ")").Replace(sql)
	assert.Equal(t, "CREATE TABLE pets (id SERIAL PRIMARY KEY, name VARCHAR(50) NOT NULL UNIQUE, "+
		"species VARCHAR(30), hunger INTEGER NOT NULL DEFAULT 20)", sql)
}
