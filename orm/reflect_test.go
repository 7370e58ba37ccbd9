package orm_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/internal/testdb"
	"github.com/ormlab/ormlab/orm/schema"
)

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

// What is created is what is reflected, and what is reflected can be created:
// both ways nothing is lost.
func TestReflectionGivesWhatWasCreated(t *testing.T) {
	everywhere(t, func(t *testing.T, e *orm.Engine) {
		ctx := context.Background()
		want := shop(e.Dialect())
		require.NoError(t, want.CreateAll(ctx, e))
		got, err := orm.Reflect(ctx, e)
		require.NoError(t, err)
		differences, err := want.Diff(e.Dialect(), got)
		require.NoError(t, err)
		assert.Empty(t, differences)

		require.NoError(t, want.DropAll(ctx, e))
		empty, err := orm.Reflect(ctx, e)
		require.NoError(t, err)
		assert.Empty(t, empty.Tables())
		assert.Empty(t, empty.Views())
		require.NoError(t, got.CreateAll(ctx, e))
		again, err := orm.Reflect(ctx, e)
		require.NoError(t, err)
		differences, err = got.Diff(e.Dialect(), again)
		require.NoError(t, err)
		assert.Empty(t, differences)
	})
}

func TestDiffNamesWhatDiffers(t *testing.T) {
	ctx := context.Background()
	e, _ := recorded(t)
	id := orm.Column("id", orm.Integer()).PrimaryKey()
	old := orm.NewMetadata(orm.NewTable("t", id, orm.Column("a", orm.String(10))))
	fresh := orm.NewMetadata(orm.NewTable("t", id, orm.Column("a", orm.String(20)), orm.Check("a <> ''"), orm.Index("a"))).AddView("v", "SELECT 1")
	require.NoError(t, old.CreateAll(ctx, e))
	there, err := orm.Reflect(ctx, e)
	require.NoError(t, err)
	differences, err := fresh.Diff(e.Dialect(), there)
	require.NoError(t, err)
	assert.Equal(t, []string{
		"+ table t: a VARCHAR(10)",
		"- table t: CHECK (a <> '')",
		"- table t: CREATE INDEX ix_t_a ON t (a)",
		"- table t: a VARCHAR(20)",
		"- view v",
	}, differences)
}

func TestReflectedTablesAreQueried(t *testing.T) {
	everywhere(t, func(t *testing.T, e *orm.Engine) {
		ctx := context.Background()
		require.NoError(t, orm.CreateAll(ctx, e, Pets))
		_, err := orm.Text("INSERT INTO pets (name) VALUES ('Fluffy')").Exec(ctx, e)
		require.NoError(t, err)
		m, err := orm.Reflect(ctx, e)
		require.NoError(t, err)
		pets := m.Table("pets")
		row, err := orm.Select(pets.C("name"), pets.C("hunger")).Where(pets.C("hunger").Eq(20)).One(ctx, e)
		require.NoError(t, err)
		assert.Equal(t, "('Fluffy', 20)", row.String())
		differences, err := orm.NewMetadata(Pets).Diff(e.Dialect(), m)
		require.NoError(t, err)
		assert.Empty(t, differences)
		_, err = orm.Inspect(e).Table(ctx, "nothing")
		assert.EqualError(t, err, "orm: reflecting table nothing: there is no such table")
	})
}

// What others wrote by hand is read too.
func TestReflectionOfHandWrittenSQLite(t *testing.T) {
	ctx := context.Background()
	e, _ := recorded(t)
	runAll(t, e, `CREATE TABLE [odd one] ( -- a, comment (
		"a,b" INTEGER PRIMARY KEY AUTOINCREMENT /* ) */, c TEXT COLLATE NOCASE CONSTRAINT "long" CHECK (length(c) < 10 AND c <> ')'),
		d VARCHAR(3) DEFAULT 'x''y' REFERENCES other, e, f REAL DEFAULT (1 + 2),
		UNIQUE (c, "d"), FOREIGN KEY (c) REFERENCES other (id) NOT DEFERRABLE)`,
		`CREATE TABLE other (id TEXT PRIMARY KEY) WITHOUT ROWID`,
		`CREATE VIEW "x AS (" AS SELECT 1 AS "as"`,
		`CREATE UNIQUE INDEX i ON [odd one] (c COLLATE NOCASE DESC, lower(d)) where d is not null`)
	views, err := orm.Inspect(e).Views(ctx)
	require.NoError(t, err)
	assert.Equal(t, []*schema.View{{Name: "x AS (", SQL: `SELECT 1 AS "as"`}}, views)
	table, err := orm.Inspect(e).Table(ctx, "odd one")
	require.NoError(t, err)
	assert.True(t, table.Column("a,b").Autoincrement)
	assert.Equal(t, []*schema.Check{{Name: "long", SQL: "length(c) < 10 AND c <> ')'"}}, table.Checks)
	assert.Equal(t, "x'y", table.Column("d").Default)
	assert.Equal(t, &schema.Reference{Table: "other", Column: "id"}, table.Column("d").References)
	assert.Equal(t, &schema.Reference{Table: "other", Column: "id"}, table.Column("c").References)
	assert.Equal(t, schema.SQL("1 + 2"), table.Column("f").Default)
	assert.Equal(t, []*schema.Unique{{Columns: []string{"c", "d"}}}, table.Uniques)
	require.Len(t, table.Indexes, 1)
	assert.Equal(t, &schema.Index{Name: "i", Unique: true, Where: "d is not null",
		Parts: []schema.IndexPart{{Column: "c", Descending: true}, {SQL: "lower(d)"}}}, table.Indexes[0])
}

// Tables can stand in namespaces, and refer from one to another.
func TestNamespaces(t *testing.T) {
	type Invoice struct {
		ID     int64 `orm:"primary_key"`
		Amount int64
		Pet    orm.Null[int64]
	}
	main, shop := testdb.Name(), testdb.Name()
	invoices := orm.Declare[Invoice]("invoices", orm.InSchema(shop), orm.ForeignKey("Pet").References(main+".animals", "id"), orm.TableComment("what is owed"), orm.Index("Amount"))
	animals := orm.NewTable("animals", orm.Column("id", orm.Integer()).PrimaryKey(), orm.InSchema(main))
	everywhere(t, func(t *testing.T, e *orm.Engine) {
		ctx := context.Background()
		m := orm.NewMetadata(invoices, animals)
		if !e.Dialect().Features().DDL.Schemas {
			assert.ErrorContains(t, m.CreateAll(ctx, e), "sqlite has no namespaces for tables, such as "+main)
			return
		}
		defer runAll(t, e, "DROP SCHEMA "+shop, "DROP SCHEMA "+main)
		require.NoError(t, m.CreateAll(ctx, e))
		defer func() { require.NoError(t, m.DropAll(ctx, e)) }()
		require.NoError(t, m.CreateAll(ctx, e), "no effect where it is there")
		s := orm.NewSession(e)
		s.Add(&Invoice{Amount: 5})
		require.NoError(t, s.Commit(ctx))
		got, err := invoices.Select().Where(orm.C(&invoices.F.Amount).Eq(5)).One(ctx, s)
		require.NoError(t, err)
		got.Amount = 6
		require.NoError(t, s.Commit(ctx))
		require.NoError(t, s.Close())

		reflected, err := orm.Inspect(e).In(shop).Metadata(ctx)
		require.NoError(t, err)
		differences, err := orm.NewMetadata(invoices).Diff(e.Dialect(), reflected)
		require.NoError(t, err)
		assert.Empty(t, differences)
	})
}

// The constraints are the databases': what they refuse is an error of a known
// kind.
func TestConstraintsHold(t *testing.T) {
	everywhere(t, func(t *testing.T, e *orm.Engine) {
		ctx := context.Background()
		require.NoError(t, shop(e.Dialect()).CreateAll(ctx, e))
		runAll(t, e, "INSERT INTO customers (id, name) VALUES (1, 'Ann')", "INSERT INTO products (maker, number, price) VALUES (1, 2, 3)",
			"INSERT INTO orders (id, customer_id, maker, number) VALUES (1, 1, 1, 2)")
		for sql, kind := range map[string]orm.Kind{
			"INSERT INTO customers (id, name) VALUES (2, 'Ann')":                                                               orm.KindUnique,
			"INSERT INTO products (maker, number, price) VALUES (1, 3, -1)":                                                    orm.KindCheck,
			"INSERT INTO orders (id, customer_id) VALUES (2, 9)":                                                               orm.KindForeignKey,
			"INSERT INTO orders (id, customer_id, maker, number, state, made) VALUES (2, 1, 1, 9, 'x', '2024-01-01 00:00:00')": orm.KindForeignKey,
			"INSERT INTO products (maker, number, price) VALUES (1, 3, NULL)":                                                  orm.KindNotNull,
		} {
			_, err := orm.Text(sql).Exec(ctx, e)
			var refused *orm.Error
			if assert.ErrorAs(t, err, &refused, sql) {
				assert.Equal(t, kind, refused.Kind, "%s: %v", sql, err)
			}
		}
		runAll(t, e, "DELETE FROM customers")
		rows, err := orm.Text("SELECT id FROM orders").All(ctx, e)
		require.NoError(t, err)
		assert.Zero(t, rows.Len(), "deleting cascades")
	})
}
