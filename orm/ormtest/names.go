package ormtest

import (
	"fmt"
	"strings"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

// awkward are names that must be quoted, or whose quoting is easily wrong.
var awkward = []string{"order", "select", "group", "user", "table", "key", "rank", "values", "index", "end", "left", "Mixed", "UPPER",
	"with space", `quote"d`, `"`, `""`, "quote'd", "back`tick", "`", `back\slash`, `\`, "semi;colon", "--comment", "/*c*/", "#hash", "per%cent",
	"%s", "que?stion", "co:lon", ":name", "$1", "$$", "@at", "[brackets]", "{}", "dot.ted", "comma,", "(paren)", "a=b", "new\nline", "a\ttab",
	"ünïcode", "猫", "9lives", "_", "1", "x'; DROP TABLE t; --"}

var nameCases = []testCase{
	{"columns", func(t *test) {
		parts := []orm.TablePart{orm.Column("id", orm.Integer()).PrimaryKey()}
		for _, n := range awkward {
			parts = append(parts, orm.Column(n, orm.String(30)))
		}
		table := orm.NewTable("wide", parts...)
		t.create(table)
		insert := make([]any, len(awkward))
		for i, n := range awkward {
			insert[i] = "value of " + n
		}
		_, err := orm.Insert(table, awkward...).Row(insert...).Exec(t.ctx, t.engine)
		require.NoError(t, err)
		var columns []orm.Selectable
		var conditions []orm.Cond
		var orderings []orm.Ordering
		var changes []orm.Assignment
		for i, n := range awkward {
			column := table.C(n)
			columns = append(columns, column, column.As(n+"!"))
			conditions = append(conditions, column.Eq(insert[i]))
			orderings = append(orderings, column.As(n+"!").Asc(), column.Asc())
			changes = append(changes, column.Set("new "+n))
		}
		row, err := orm.Select(columns...).Where(conditions...).OrderBy(orderings...).One(t.ctx, t.engine)
		require.NoError(t, err)
		for i, n := range awkward {
			for _, label := range []string{n, n + "!"} {
				got, err := row.Get(label)
				assert.NoError(t, err)
				assert.Equal(t, insert[i], got, label)
			}
		}
		assert.Equal(t, "1 rows", t.rows(t.engine, orm.Update(table, changes...).Where(conditions...)))
		for _, n := range awkward {
			got, err := orm.Select(table.C(n)).Scalar(t.ctx, t.engine)
			require.NoError(t, err)
			assert.Equal(t, "new "+n, got)
		}
	}},
	{"tables, aliases and indexes", func(t *test) {
		m := orm.NewMetadata()
		for _, n := range awkward {
			m.Add(orm.NewTable(n, orm.Column("id", orm.Integer()).PrimaryKey(), orm.Column(n+"x", orm.Integer()), orm.Column("level", orm.Integer()),
				orm.Index(n+"x").Named(n+"_i"), orm.Check("level > 0").Named(n+"_c"), orm.UniqueTogether("id", n+"x").Named(n+"_u")))
		}
		require.NoError(t, m.CreateAll(t.ctx, t.engine))
		require.NoError(t, m.CreateAll(t.ctx, t.engine), "they are found again")
		for i, n := range awkward {
			table := m.Table(n)
			_, err := orm.Insert(table, "id", n+"x").Row(i+1, i).Exec(t.ctx, t.engine)
			require.NoError(t, err, n)
			alias := table.As(n + " too")
			cte := orm.Select(table.C("id")).CTE(n + " cte")
			stmt := orm.Select(table.C(n+"x"), alias.C("id"), cte.C("id").As(n)).From(table).
				Join(alias, table.C("id").EqExpr(alias.C("id"))).Join(cte, table.C("id").EqExpr(cte.C("id")))
			assert.Equal(t, fmt.Sprintf("(%d, %d, %d)", i, i+1, i+1), t.rows(t.engine, stmt), n)
		}
		require.NoError(t, m.DropAll(t.ctx, t.engine))
		for _, n := range awkward[:3] {
			_, err := outcome(t.ctx, t.engine, orm.Select(m.Table(n)))
			t.refused(err, orm.KindSyntax, n)
		}
	}},
	{"a NUL character", func(t *test) {
		table := orm.NewTable("t", orm.Column("a\x00b", orm.Integer()))
		assert.ErrorContains(t, orm.CreateAll(t.ctx, t.engine, table), "NUL")
		_, _, err := orm.Select(teams.As("a\x00b")).Compile(t.engine.Dialect())
		assert.ErrorContains(t, err, "NUL")
	}},
	{"long names", func(t *test) {
		limit := t.features.MaxName
		if limit > 0 {
			t.create(orm.NewTable(strings.Repeat("t", limit), orm.Column(strings.Repeat("c", limit), orm.Integer())))
			for _, long := range []*orm.Table{orm.NewTable(strings.Repeat("u", limit+1), orm.Column("id", orm.Integer())),
				orm.NewTable("u", orm.Column(strings.Repeat("ü", limit/2+1), orm.Integer()))} {
				err := orm.CreateAll(t.ctx, t.engine, long)
				require.ErrorContains(t, err, t.engine.Dialect().Name(), "longer than the database takes")
				require.ErrorContains(t, err, fmt.Sprint(limit))
			}
			return
		}
		// The database takes every name as it is, or refuses it.
		n := strings.Repeat("n", 100)
		table := orm.NewTable(n, orm.Column("id", orm.Integer()))
		if err := orm.CreateAll(t.ctx, t.engine, table); err != nil {
			var refusal *orm.Error
			require.ErrorAs(t, err, &refusal)
			return
		}
		require.NoError(t, orm.CreateAll(t.ctx, t.engine, table), "it is found again")
		t.create(orm.NewTable(n+"m", orm.Column("id", orm.Integer())))
		assert.Equal(t, "1 rows", t.rows(t.engine, orm.Insert(table, "id").Row(1)))
		assert.Equal(t, "1 rows", t.rows(t.engine, orm.Insert(orm.NewTable(n+"m", orm.Column("id", orm.Integer())), "id").Row(2)))
		assert.Equal(t, "(1)", t.rows(t.engine, orm.Select(table)), "names that differ in the last character are two")
	}},
}
