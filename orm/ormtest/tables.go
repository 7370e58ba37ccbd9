package ormtest

import (
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/schema"
)

var tableCases = []testCase{
	{"created and dropped", func(t *test) {
		m := orm.NewMetadata(addresses, users, teams, employees).AddView("adults", "SELECT id, name FROM users WHERE age > 18")
		for range 2 { // they come and go more than once
			require.NoError(t, m.CreateAll(t.ctx, t.engine))
			require.NoError(t, m.CreateAll(t.ctx, t.engine), "what is there stays")
			assert.Equal(t, "", t.rows(t.engine, orm.Text("SELECT name FROM adults")))
			require.NoError(t, m.DropAll(t.ctx, t.engine))
			require.NoError(t, m.DropAll(t.ctx, t.engine), "nothing is there")
			_, err := outcome(t.ctx, t.engine, orm.Select(teams))
			t.refused(err, orm.KindSyntax, "the table is gone")
		}
	}},
	{"a circle of foreign keys", func(t *test) {
		for range 2 {
			require.NoError(t, circle().CreateAll(t.ctx, t.engine))
			require.NoError(t, circle().CreateAll(t.ctx, t.engine), "no effect where it is there")
			for _, sql := range []string{"INSERT INTO a (id, bid) VALUES (1, 7)", "INSERT INTO b (id, aid) VALUES (1, 7)"} {
				_, err := orm.Text(sql).Exec(t.ctx, t.engine)
				t.refused(err, orm.KindForeignKey, sql)
			}
			require.NoError(t, circle().DropAll(t.ctx, t.engine))
		}
		require.NoError(t, circle().DropAll(t.ctx, t.engine), "nothing is there")
	}},
	{"rolled back", func(t *test) {
		if !t.features.TransactionalDDL {
			t.Skip("the features deny it")
		}
		err := t.engine.Transaction(t.ctx, func(tx orm.Executor) error {
			require.NoError(t, orm.CreateAll(t.ctx, tx, teams))
			return errUndo
		})
		require.ErrorIs(t, err, errUndo)
		_, err = outcome(t.ctx, t.engine, orm.Select(teams))
		t.refused(err, orm.KindSyntax, "the table is gone")
	}},
	{"constraints hold", constraintsHold},
	{"defaults", defaults},
	{"keys that the database makes", generatedKeys},
	{"what only some have", func(t *test) {
		for _, p := range particulars() {
			m := orm.NewMetadata(orm.NewTable(p.name, append(p.parts, orm.Column("id", orm.Integer()).PrimaryKey())...))
			err := m.CreateAll(t.ctx, t.engine)
			if !p.has(t.features.DDL) {
				if assert.Error(t, err, "%s: the features deny it, so it must not compile", p.name) {
					assert.ErrorContains(t, err, t.engine.Dialect().Name(), p.name)
					assert.ErrorContains(t, err, p.lacks, p.name)
				}
				continue
			}
			if assert.NoError(t, err, p.name) && p.probe != nil {
				p.probe(t)
			}
			assert.NoError(t, m.DropAll(t.ctx, t.engine), p.name)
		}
	}},
	{"comments", func(t *test) {
		const text = `it's "theirs"; -- \ % 猫`
		m := orm.NewMetadata(orm.NewTable("commented", orm.Column("id", orm.Integer()).PrimaryKey().Comment(text), orm.TableComment(text)))
		require.NoError(t, m.CreateAll(t.ctx, t.engine), "where there are no comments they are left out")
		f := t.features.DDL
		if _, ok := t.engine.Dialect().(dialect.Reflector); !ok || !f.InlineComments && !f.CommentStatements {
			return
		}
		there, err := orm.Inspect(t.engine).Table(t.ctx, "commented")
		require.NoError(t, err)
		assert.Equal(t, text, there.Comment)
		assert.Equal(t, text, there.Column("id").Comment)
	}},
	{"namespaces", namespaces},
}

// circle are two tables that refer to each other.
func circle() *orm.Metadata {
	a := orm.NewTable("a", orm.Column("id", orm.Integer()).PrimaryKey(), orm.Column("bid", orm.Integer()).References("b", "id"))
	b := orm.NewTable("b", orm.Column("id", orm.Integer()).PrimaryKey(), orm.Column("aid", orm.Integer()).References("a", "id"))
	return orm.NewMetadata(a, b)
}

// constraintsHold: what the database refuses is an error of a known kind.
func constraintsHold(t *test) {
	require.NoError(t, shop(t.engine.Dialect()).CreateAll(t.ctx, t.engine))
	t.exec(t.engine, "INSERT INTO customers (id, name) VALUES (1, 'Ann')", "INSERT INTO products (maker, number, price) VALUES (1, 2, 3)",
		"INSERT INTO orders (id, customer_id, maker, number) VALUES (1, 1, 1, 2)")
	for sql, kind := range map[string]orm.Kind{
		"INSERT INTO customers (id, name) VALUES (2, 'Ann')":                                                               orm.KindUnique,
		"INSERT INTO products (maker, number, price) VALUES (1, 3, -1)":                                                    orm.KindCheck,
		"INSERT INTO orders (id, customer_id) VALUES (2, 9)":                                                               orm.KindForeignKey,
		"INSERT INTO orders (id, customer_id, maker, number, state, made) VALUES (2, 1, 1, 9, 'x', '2024-01-01 00:00:00')": orm.KindForeignKey,
		"INSERT INTO products (maker, number, price) VALUES (1, 3, NULL)":                                                  orm.KindNotNull,
	} {
		_, err := orm.Text(sql).Exec(t.ctx, t.engine)
		t.refused(err, kind, sql)
	}
	t.exec(t.engine, "DELETE FROM customers")
	assert.Equal(t, "", t.rows(t.engine, orm.Text("SELECT id FROM orders")), "deleting cascades")
}

// namespaces: tables can stand in them, and refer from one to another.
func namespaces(t *test) {
	const main, side = "ormtest_main", "ormtest_side"
	invoices := orm.NewTable("invoices", orm.Column("id", orm.Integer()).PrimaryKey().Autoincrement(), orm.Column("amount", orm.Integer()), orm.Column("pet", orm.Integer()),
		orm.InSchema(side), orm.ForeignKey("pet").References(main+".animals", "id"), orm.TableComment("what is owed"), orm.Index("amount"))
	animals := orm.NewTable("animals", orm.Column("id", orm.Integer()).PrimaryKey(), orm.InSchema(main))
	m := orm.NewMetadata(invoices, animals)
	if !t.features.DDL.Schemas {
		err := m.CreateAll(t.ctx, t.engine)
		assert.ErrorContains(t, err, t.engine.Dialect().Name()+" has no namespaces for tables, such as "+main)
		return
	}
	t.Cleanup(func() { t.exec(t.engine, "DROP SCHEMA "+side, "DROP SCHEMA "+main) })
	require.NoError(t, m.CreateAll(t.ctx, t.engine))
	t.Cleanup(func() { assert.NoError(t, m.DropAll(t.ctx, t.engine)) })
	require.NoError(t, m.CreateAll(t.ctx, t.engine), "no effect where it is there")
	assert.Equal(t, "1 rows", t.rows(t.engine, orm.Insert(invoices, "amount").Row(5)))
	assert.Equal(t, "1 rows", t.rows(t.engine, orm.Update(invoices, invoices.C("amount").Set(6)).Where(invoices.C("amount").Eq(5))))
	assert.Equal(t, "(6)", t.rows(t.engine, orm.Select(invoices.C("amount")).Where(invoices.C("amount").Gt(1))))
	_, err := orm.Insert(invoices, "pet").Row(99).Exec(t.ctx, t.engine)
	t.refused(err, orm.KindForeignKey, "a key to another namespace")
	if _, ok := t.engine.Dialect().(dialect.Reflector); ok {
		reflected, err := orm.Inspect(t.engine).In(side).Metadata(t.ctx)
		require.NoError(t, err)
		t.same(orm.NewMetadata(invoices), reflected)
	}
}

// same checks that two descriptions do not differ.
func (t *test) same(want, got *orm.Metadata) {
	t.Helper()
	differences, err := want.Diff(t.engine.Dialect(), got)
	require.NoError(t, err)
	assert.Empty(t, differences)
}

// particular is something that a table can have on some databases.
type particular struct {
	name  string
	parts []orm.TablePart
	has   func(f dialect.DDLFeatures) bool
	lacks string
	probe func(t *test)
}

func particulars() []particular {
	n := func() orm.ColumnDef { return orm.Column("n", orm.Integer()) }
	parts := func(list ...orm.TablePart) []orm.TablePart { return list }
	return []particular{
		{"partial_index", parts(n(), orm.Index("n").Unique().Where("n > 5")), func(f dialect.DDLFeatures) bool { return f.PartialIndexes },
			"indexes with a condition", func(t *test) {
				t.exec(t.engine, "INSERT INTO partial_index (id, n) VALUES (1, 1)", "INSERT INTO partial_index (id, n) VALUES (2, 1)", "INSERT INTO partial_index (id, n) VALUES (3, 6)")
				_, err := orm.Text("INSERT INTO partial_index (id, n) VALUES (4, 6)").Exec(t.ctx, t.engine)
				t.refused(err, orm.KindUnique, "partial index")
			}},
		{"covering_index", parts(n(), orm.Index("n").Include("id").Named("ix_covering")), func(f dialect.DDLFeatures) bool { return f.IncludeColumns }, "indexes that include other columns", nil},
		{"expression_index", parts(n(), orm.Index().Expr("(n * 2)").Unique().Named("ix_expression")), func(f dialect.DDLFeatures) bool { return f.ExpressionIndexes },
			"indexes on expressions", func(t *test) {
				t.exec(t.engine, "INSERT INTO expression_index (id, n) VALUES (1, 1)")
				_, err := orm.Text("INSERT INTO expression_index (id, n) VALUES (2, 1)").Exec(t.ctx, t.engine)
				t.refused(err, orm.KindUnique, "index on an expression")
			}},
		{"virtual_column", parts(n(), orm.Column("twice", orm.Integer()).Computed("n * 2", false)), func(f dialect.DDLFeatures) bool { return f.VirtualColumns },
			"virtual computed columns", func(t *test) { computes(t, "virtual_column") }},
		{"stored_column", parts(n(), orm.Column("twice", orm.Integer()).Computed("n * 2", true)), func(f dialect.DDLFeatures) bool { return f.StoredColumns },
			"stored computed columns", func(t *test) { computes(t, "stored_column") }},
		{"sequence_default", parts(orm.Column("n", orm.BigInteger()).Sequence(schema.Sequence{Name: "Counter", Start: 10, Increment: 5})), func(f dialect.DDLFeatures) bool { return f.Sequences },
			"sequences", func(t *test) {
				t.exec(t.engine, "INSERT INTO sequence_default (id) VALUES (1)", "INSERT INTO sequence_default (id) VALUES (2)")
				assert.Equal(t, "(10) (15)", t.rows(t.engine, orm.Text("SELECT n FROM sequence_default ORDER BY id")))
			}},
		{"deferred_key", parts(n().References("deferred_key", "id").Deferrable(schema.InitiallyDeferred)), func(f dialect.DDLFeatures) bool { return f.Deferrable },
			"deferrable foreign keys", func(t *test) {
				require.NoError(t, t.engine.Transaction(t.ctx, func(tx orm.Executor) error {
					t.exec(tx, "INSERT INTO deferred_key (id, n) VALUES (1, 2)", "INSERT INTO deferred_key (id, n) VALUES (2, 1)")
					return nil
				}), "the key is checked at the end")
				t.exec(t.engine, "UPDATE deferred_key SET n = NULL")
			}},
		{"key_with_default", parts(n().Default(1).References("key_with_default", "id").OnDelete(schema.SetDefault)), func(f dialect.DDLFeatures) bool { return f.SetDefault },
			"SET DEFAULT", func(t *test) {
				t.exec(t.engine, "INSERT INTO key_with_default (id, n) VALUES (1, NULL)", "INSERT INTO key_with_default (id, n) VALUES (2, 1)",
					"INSERT INTO key_with_default (id, n) VALUES (3, 2)", "DELETE FROM key_with_default WHERE id = 2")
				assert.Equal(t, "(1)", t.rows(t.engine, orm.Text("SELECT n FROM key_with_default WHERE id = 3")))
				t.exec(t.engine, "UPDATE key_with_default SET n = NULL")
			}},
	}
}

// computes checks a table with a column that is twice another one.
func computes(t *test, table string) {
	t.Helper()
	t.exec(t.engine, "INSERT INTO "+table+" (id, n) VALUES (1, 4)", "UPDATE "+table+" SET n = 5")
	assert.Equal(t, "(10)", t.rows(t.engine, orm.Text("SELECT twice FROM "+table)))
}
