package dialect_test

import (
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// define makes a table ready, or stops the tests.
func define(t *schema.Table) *schema.Table {
	if err := schema.Define(t); err != nil {
		panic(err)
	}
	return t
}

func sized(kind schema.Kind, size int, scale int16) schema.Type {
	return schema.Type{Kind: kind, Size: size, Scale: scale}
}

var mood = schema.EnumOf("mood", "happy", "it's fine")

// orders has one of everything that all databases have.
var orders = define(&schema.Table{
	Name:    "orders",
	KeyName: "pk_orders",
	Columns: []*schema.Column{
		key("id"),
		column("shop", integer),
		column("number", integer),
		column("user_id", integer),
		column("state", sized(schema.String, 20, 0)),
		column("price", sized(schema.Numeric, 10, 2)),
	},
	Uniques: []*schema.Unique{{Name: "uq_number", Columns: []string{"shop", "number"}}},
	Checks:  []*schema.Check{{Name: "ck_price", SQL: "price >= 0"}, {SQL: "number > 0"}},
	ForeignKeys: []*schema.ForeignKey{
		{Columns: []string{"user_id"}, Table: "users", Targets: []string{"id"}, Actions: schema.Actions{Name: "fk_user", OnDelete: schema.Cascade, OnUpdate: schema.Restrict}},
		{Columns: []string{"shop", "number"}, Table: "offers", Targets: []string{"shop", "number"}, Actions: schema.Actions{OnDelete: schema.SetNull}},
	},
	Indexes: []*schema.Index{
		{Parts: []schema.IndexPart{{Column: "state"}, {Column: "price", Descending: true}}},
		{Name: "open", Unique: true, Parts: []schema.IndexPart{{Column: "user_id"}}, Where: "state = 'open'"},
		{Name: "lower", Parts: []schema.IndexPart{{SQL: "lower(state)"}}},
		{Name: "covering", Parts: []schema.IndexPart{{Column: "user_id"}}, Include: []string{"price"}},
	},
	Comment: "what people buy, it's all",
})

func withKey(a schema.Actions) expr.Stmt {
	return expr.CreateTable{Table: define(&schema.Table{Name: "t", Columns: []*schema.Column{key("id"), column("other", integer)},
		ForeignKeys: []*schema.ForeignKey{{Columns: []string{"other"}, Table: "o", Targets: []string{"id"}, Actions: a}}})}
}

func identityKey(id schema.Identity) *schema.Column {
	c := key("id")
	c.Identity = &id
	return c
}

func computed(sql schema.SQL, stored bool) *schema.Column {
	return &schema.Column{Name: "c", Type: integer, Computed: &schema.Computed{SQL: sql, Stored: stored}}
}

var commented = define(&schema.Table{Name: "t", Schema: "shop", Comment: "all of it",
	Columns: []*schema.Column{{Name: "id", Type: integer, PrimaryKey: true, Comment: "the key"}, {Name: "n", Type: integer, Comment: "a 'number'"}}})

var counter = &schema.Sequence{Name: "Counter", Start: 100, Increment: 5}

var stamped = define(&schema.Table{Name: "stamped", Columns: []*schema.Column{key("id"), column("n", integer),
	{Name: "changed", Type: instant, OnUpdate: schema.SQL("CURRENT_TIMESTAMP")}, {Name: "by", Type: sized(schema.String, 9, 0), OnUpdate: "it's me"}}})

func updateStamped(names ...string) expr.Stmt {
	u := expr.Update{Table: stamped, AllRows: true}
	for _, name := range names {
		u.Set = append(u.Set, expr.Assignment{Column: stamped.Column(name), Value: expr.Null{}})
	}
	return u
}

var ddlCases = []testCase{
	{"columns set on update", updateStamped("n")},
	{"columns set on update that are set", updateStamped("by", "changed")},
	{"constraints", expr.CreateTable{Table: orders}},
	{"keys made later", expr.CreateTable{Table: orders, Later: orders.ForeignKeys[1:]}},
	{"a key made later", expr.AddForeignKey{Table: orders, Key: orders.ForeignKeys[0]}},
	{"drop a key", expr.DropForeignKey{Table: orders, Key: orders.ForeignKeys[0]}},
	{"drop a key without a name", expr.DropForeignKey{Table: orders, Key: orders.ForeignKeys[1]}},
	{"an index", expr.CreateIndex{Table: orders, Index: orders.Indexes[0]}},
	{"a unique partial index", expr.CreateIndex{Table: orders, Index: orders.Indexes[1]}},
	{"an index on an expression", expr.CreateIndex{Table: orders, Index: orders.Indexes[2]}},
	{"a covering index", expr.CreateIndex{Table: orders, Index: orders.Indexes[3]}},
	{"drop an index", expr.DropIndex{Table: orders, Index: orders.Indexes[0]}},
	{"a deferred key", withKey(schema.Actions{Deferrable: schema.InitiallyDeferred})},
	{"a deferrable key", withKey(schema.Actions{Deferrable: schema.InitiallyImmediate})},
	{"set default", withKey(schema.Actions{OnDelete: schema.SetDefault})},
	{"an action that is none", withKey(schema.Actions{OnDelete: "EXPLODE"})},
	{"types", create("t",
		column("a", sized(schema.Numeric, 15, 4)),
		column("b", sized(schema.Date, 0, 0)),
		column("c", sized(schema.Time, 0, 0)),
		column("d", sized(schema.Interval, 0, 0)),
		column("e", sized(schema.JSON, 0, 0)),
		column("f", sized(schema.UUID, 0, 0)),
		column("g", mood),
		column("h", schema.EnumOf("", "a", "ü")),
		column("i", schema.NativeOf("INET")))},
	{"a long decimal", create("t", column("n", sized(schema.Numeric, 30, 4)))},
	{"a decimal without a precision", create("t", column("n", sized(schema.Numeric, 0, 0)))},
	{"a unique constraint on a long text", expr.CreateTable{Table: define(&schema.Table{Name: "t", Columns: []*schema.Column{column("s", text), column("n", integer)},
		Uniques: []*schema.Unique{{Columns: []string{"n", "s"}}}})}},
	{"an array", create("t", column("n", schema.ArrayOf(sized(schema.BigInteger, 0, 0))))},
	{"variants", create("t", column("n", text.With("postgresql", schema.NativeOf("CITEXT")).With("sqlite", integer)))},
	{"defaults of types", create("t",
		withDefault("a", sized(schema.Numeric, 5, 2), "1.50"),
		withDefault("b", sized(schema.Date, 0, 0), "2024-02-29"),
		withDefault("c", mood, "happy"),
		withDefault("d", sized(schema.JSON, 0, 0), []byte(`{"a": "it's"}`)))},
	{"a default that is no value of the enumeration", create("t", withDefault("c", mood, "sad"))},
	{"identity", create("t", identityKey(schema.Identity{}))},
	{"identity with options", create("t", identityKey(schema.Identity{Always: true, Start: 10, Increment: 2}))},
	{"virtual", create("t", column("n", integer), computed("n + 1", false))},
	{"stored", create("t", column("n", integer), computed("n + 1", true))},
	{"computed by nothing", create("t", column("n", integer), computed(" ", true))},
	{"comments", expr.CreateTable{Table: commented}},
	{"comment on a table", expr.SetComment{Table: commented}},
	{"comment on a column", expr.SetComment{Table: commented, Column: commented.Columns[1]}},
	{"a type", expr.CreateType{Type: mood}},
	{"drop a type", expr.DropType{Type: mood}},
	{"a type without a name", expr.CreateType{Type: schema.EnumOf("", "a")}},
	{"a sequence", expr.CreateSequence{Sequence: counter, IfNotExists: true}},
	{"drop a sequence", expr.DropSequence{Sequence: counter, IfExists: true}},
	{"a default from a sequence", create("t", &schema.Column{Name: "n", Type: integer, Sequence: counter})},
	{"a view", expr.CreateView{View: &schema.View{Name: "v", SQL: "SELECT 1 AS one"}}},
	{"a view of nothing", expr.CreateView{View: &schema.View{Name: "v"}}},
	{"drop a view", expr.DropView{View: &schema.View{Name: "v"}, IfExists: true}},
	{"a schema", expr.CreateSchema{Name: "shop", IfNotExists: true}},
}

func init() {
	groups["ddl"] = ddlCases
	// The table of these is not there; they run in package orm's tests.
	for _, name := range []string{"an index", "a unique partial index", "an index on an expression", "drop an index",
		"columns set on update", "columns set on update that are set"} {
		notOnSQLite[name] = true
	}
}
