package ormtest

import (
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/schema"
)

var reflectionCases = []testCase{
	{"what was created", func(t *test) {
		t.needsReflector()
		want := shop(t.engine.Dialect())
		require.NoError(t, want.CreateAll(t.ctx, t.engine))
		got, err := orm.Reflect(t.ctx, t.engine)
		require.NoError(t, err)
		t.same(want, got)

		require.NoError(t, want.DropAll(t.ctx, t.engine))
		empty, err := orm.Reflect(t.ctx, t.engine)
		require.NoError(t, err)
		assert.Empty(t, empty.Tables())
		assert.Empty(t, empty.Views())
		require.NoError(t, got.CreateAll(t.ctx, t.engine), "what is reflected can be created")
		again, err := orm.Reflect(t.ctx, t.engine)
		require.NoError(t, err)
		t.same(got, again)
	}},
	{"the world", func(t *test) {
		t.needsReflector()
		t.world()
		got, err := orm.Reflect(t.ctx, t.engine)
		require.NoError(t, err)
		t.same(orm.NewMetadata(teams, users, addresses, employees), got)
		found := got.Table("users")
		assert.Equal(t, "(30)", t.rows(t.engine, orm.Select(found.C("age")).Where(found.C("name").Eq("ed"))), "a reflected table is queried")
	}},
	{"what is found is used in statements", func(t *test) {
		t.needsReflector()
		t.world()
		there, err := orm.Reflect(t.ctx, t.engine)
		require.NoError(t, err)
		people, posts := there.Table("users"), there.Table("addresses")
		_, err = orm.Insert(posts, "id", "email", "user_id").Row(9, "jack@a.org", 3).Exec(t.ctx, t.engine)
		require.NoError(t, err)
		_, err = orm.Update(people, people.C("age").Set(42)).Where(people.C("name").Eq("jack")).Exec(t.ctx, t.engine)
		require.NoError(t, err)
		assert.Equal(t, "('jack@a.org', 42)", t.rows(t.engine, orm.Select(posts.C("email"), people.C("age")).From(posts).Join(people).Where(people.C("name").Eq("jack"))),
			"the foreign key says how to join")
	}},
	{"views are read like tables", func(t *test) {
		t.needsReflector()
		t.world()
		require.NoError(t, orm.NewMetadata().AddView("adults", "SELECT id, name, age + 1 AS next FROM users WHERE age > 29").CreateAll(t.ctx, t.engine))
		there, err := orm.Reflect(t.ctx, t.engine)
		require.NoError(t, err)
		adults, posts := there.Table("adults"), there.Table("addresses")
		assert.Equal(t, "('ed', 31)", t.rows(t.engine, orm.Select(adults.C("name"), adults.C("next")).Where(adults.C("name").Eq("ed"))))
		assert.Equal(t, t.rows(t.engine, orm.Select(posts.C("email")).Where(posts.C("user_id").Eq(1))),
			t.rows(t.engine, orm.Select(posts.C("email")).From(posts).Join(adults, adults.C("id").EqExpr(posts.C("user_id"))).Where(adults.C("name").Eq("ed"))),
			"a view is joined")
		_, _, err = orm.Select(orm.NewMetadata().AddView("v", "SELECT 1").Table("v")).Compile(t.engine.Dialect())
		assert.ErrorContains(t, err, "the columns of the view v are not known")
	}},
	{"names", func(t *test) {
		t.needsReflector()
		m := orm.NewMetadata()
		for _, n := range awkward {
			m.Add(orm.NewTable(n, orm.Column("id", orm.Integer()).PrimaryKey(), orm.Column(n+"x", orm.Integer()).NotNull(), orm.Index(n+"x").Named(n+"_i")))
		}
		require.NoError(t, m.CreateAll(t.ctx, t.engine))
		got, err := orm.Reflect(t.ctx, t.engine)
		require.NoError(t, err)
		t.same(m, got)
		names, err := orm.Inspect(t.engine).TableNames(t.ctx)
		require.NoError(t, err)
		assert.ElementsMatch(t, awkward, names)
	}},
	{"what is not there", func(t *test) {
		t.needsReflector()
		_, err := orm.Inspect(t.engine).Table(t.ctx, "nothing")
		assert.EqualError(t, err, "orm: reflecting table nothing: there is no such table")
		names, err := orm.Inspect(t.engine).TableNames(t.ctx)
		require.NoError(t, err)
		assert.Empty(t, names)
	}},
}

// needsReflector skips the case if the dialect cannot say what a database
// holds.
func (t *test) needsReflector() {
	if _, ok := t.engine.Dialect().(dialect.Reflector); !ok {
		t.Skip("the dialect is no dialect.Reflector")
	}
}

// shop is metadata with everything that all databases have, and what only some
// have where they have it.
func shop(d dialect.Dialect) *orm.Metadata {
	f := d.Features().DDL
	customers := orm.NewTable("customers",
		orm.Column("id", orm.Integer()).PrimaryKey().Autoincrement(),
		orm.Column("name", orm.String(50)).NotNull().Unique(),
		orm.Column("born", orm.DateOnly()),
		orm.Column("Mood", orm.Enum("customer_mood", "happy", "it's fine")).NotNull().Default("happy").Comment("how they are"),
		orm.Column("size", orm.Enum("", "s", "m")),
		orm.Column("vip", orm.Boolean()).NotNull().Default(true),
		orm.TableComment("who buys, and what's theirs"))
	products := orm.NewTable("products",
		orm.Column("maker", orm.SmallInteger()).PrimaryKey(),
		orm.Column("number", orm.BigInteger()).PrimaryKey(),
		orm.Column("title", orm.LongText()).Default("it's new"),
		orm.Column("price", orm.Numeric(10, 2)).NotNull().Default("9.90"),
		orm.Column("weight", orm.Float()).Default(1.5),
		orm.Column("picture", orm.LargeBinary()),
		orm.Column("facts", orm.JSONType()),
		orm.Column("code", orm.UUIDType()),
		orm.Column("opens", orm.TimeOnly()),
		orm.Column("lasts", orm.Interval()),
		orm.Column("gross", orm.Numeric(12, 2)).Computed("price * 2", true),
		orm.Check("price >= 0").Named("ck_price"),
		orm.Check("weight > 0"))
	orders := []orm.TablePart{
		orm.Column("id", orm.BigInteger()).PrimaryKey(),
		orm.Column("customer_id", orm.Integer()).NotNull().References("customers", "id").OnDelete(schema.Cascade),
		orm.Column("maker", orm.SmallInteger()),
		orm.Column("number", orm.BigInteger()),
		orm.Column("state", orm.String(20)).NotNull().Default("open"),
		orm.Column("made", orm.DateTime()).NotNull().Default(schema.SQL("CURRENT_TIMESTAMP")),
		orm.Column("count", orm.Integer()).Default(int64(1)),
		orm.Column("next_id", orm.BigInteger()).References("orders", "id").OnDelete(schema.SetNull),
		orm.ForeignKey("maker", "number").References("products", "maker", "number").Named("fk_product").OnUpdate(schema.Cascade),
		orm.UniqueTogether("customer_id", "made").Named("uq_made"),
		orm.Index("state", "count"),
		orm.Index("made").Desc("count").Named("newest"),
	}
	if f.PartialIndexes {
		orders = append(orders, orm.Index("customer_id").Unique().Where("state = 'open'").Named("one_open"))
	}
	if f.ExpressionIndexes && f.PartialIndexes {
		orders = append(orders, orm.Index().Expr("lower(state)").Named("by_lower"))
	}
	if f.IncludeColumns {
		orders = append(orders, orm.Index("customer_id").Include("state").Named("covering"))
	}
	if f.Deferrable {
		orders = append(orders, orm.Column("later", orm.BigInteger()).References("orders", "id").Deferrable(schema.InitiallyDeferred))
	}
	if f.VirtualColumns {
		orders = append(orders, orm.Column("twice", orm.Integer()).Computed("count * 2", false))
	}
	if f.Sequences {
		orders = append(orders, orm.Column("ticket", orm.BigInteger()).Sequence(schema.Sequence{Name: "Tickets"}),
			orm.Column("tags", orm.Array(orm.String(10))), orm.Column("net", orm.SQLType("inet")))
	}
	if f.KeyNames {
		orders = append(orders, orm.WithNaming(schema.Naming{PrimaryKey: "pk_{table}"}))
	}
	m := orm.NewMetadata(customers, products, orm.NewTable("orders", orders...))
	if f.Sequences {
		m.Add(orm.NewTable("counted", orm.Column("id", orm.BigInteger()).PrimaryKey().Identity(schema.Identity{Always: true, Start: 5, Increment: 3})))
	}
	return m.AddView("open_orders", "SELECT id, state FROM orders WHERE state = 'open'")
}
