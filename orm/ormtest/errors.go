package ormtest

import (
	"fmt"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect"
)

// guarded has a constraint of each kind.
var guarded = orm.NewTable("guarded",
	orm.Column("id", orm.Integer()).PrimaryKey(),
	orm.Column("name", orm.String(30)).NotNull(),
	orm.Column("level", orm.Integer()),
	orm.Column("boss", orm.Integer()),
	orm.UniqueTogether("name").Named("uq_guarded_name"),
	orm.Check("level > 0").Named("ck_guarded_level"),
	orm.ForeignKey("boss").References("guarded", "id").Named("fk_guarded_boss"))

var errorCases = []testCase{
	{"kinds", func(t *test) {
		t.create(guarded)
		t.exec(t.engine, "INSERT INTO guarded (id, name) VALUES (1, 'Ann')", "INSERT INTO guarded (id, name, boss) VALUES (2, 'Bob', 1)")
		for sql, c := range map[string]struct {
			kind orm.Kind
			// word is in what the error tells of constraint, table and columns.
			word string
		}{
			"INSERT INTO guarded (id, name) VALUES (3, 'Ann')":          {orm.KindUnique, "name"},
			"INSERT INTO guarded (id, name) VALUES (1, 'Cid')":          {orm.KindUnique, ""},
			"UPDATE guarded SET id = 1 WHERE id = 2":                    {orm.KindUnique, ""},
			"INSERT INTO guarded (id, name) VALUES (3, NULL)":           {orm.KindNotNull, "name"},
			"INSERT INTO guarded (id) VALUES (3)":                       {orm.KindNotNull, "name"},
			"UPDATE guarded SET name = NULL":                            {orm.KindNotNull, "name"},
			"INSERT INTO guarded (id, name, level) VALUES (3, 'x', -1)": {orm.KindCheck, "ck_guarded_level"},
			"INSERT INTO guarded (id, name, boss) VALUES (3, 'x', 99)":  {orm.KindForeignKey, ""},
			"DELETE FROM guarded WHERE id = 1":                          {orm.KindForeignKey, ""},
			"SELEKT 1":                                                  {orm.KindSyntax, ""},
			"SELECT * FROM nowhere":                                     {orm.KindSyntax, ""},
			"SELECT nothing FROM guarded":                               {orm.KindSyntax, ""},
			"INSERT INTO guarded (id, nothing) VALUES (1, 2)":           {orm.KindSyntax, ""},
			"CREATE TABLE guarded (id INTEGER)":                         {orm.KindSyntax, ""},
			"SELECT id FROM guarded; SELECT id FROM guarded":            {orm.KindSyntax, ""},
		} {
			_, err := orm.Text(sql).Exec(t.ctx, t.engine)
			refusal := t.refused(err, c.kind, sql)
			assert.Contains(t, fmt.Sprint(refusal.Constraint, refusal.Table, refusal.Columns), c.word, sql)
			assert.Equal(t, sql, refusal.SQL)
			assert.NotEmpty(t, refusal.Code, sql)
			assert.ErrorContains(t, err, sql)
		}
		assert.Equal(t, "(1) (2)", t.rows(t.engine, orm.Select(guarded.C("id")).OrderBy(guarded.C("id").Asc())), "no error changed anything")
	}},
	{"arguments are told", func(t *test) {
		t.create(guarded)
		insert := orm.Insert(guarded, "id", "name").Row(1, "secret")
		_, err := insert.Exec(t.ctx, t.engine)
		require.NoError(t, err)
		_, err = insert.Exec(t.ctx, t.engine)
		refusal := t.refused(err, orm.KindUnique, "twice")
		assert.Equal(t, []any{int64(1), "secret"}, refusal.Args)
		assert.ErrorContains(t, err, "secret")
	}},
	{"values that do not fit are refused first", func(t *test) {
		t.world()
		for what, stmt := range map[string]interface{ compiler }{
			"text in a number":  orm.Update(guarded, guarded.C("level").Set("high")).AllRows(),
			"a number in text":  orm.Update(guarded, guarded.C("name").Set(5)).AllRows(),
			"an unknown type":   orm.Update(guarded, guarded.C("level").Set(struct{}{})).AllRows(),
			"compared with one": orm.Select(guarded).Where(guarded.C("level").Eq("high")),
		} {
			_, _, err := stmt.Compile(t.engine.Dialect())
			assert.Error(t, err, what)
		}
	}},
	{"locked by another", func(t *test) {
		t.needsTwo()
		if t.features.Locks == dialect.LocksImplied {
			t.Skip("locks are implied")
		}
		t.world()
		holder, err := t.engine.Connect(t.ctx)
		require.NoError(t, err)
		t.Cleanup(func() { assert.NoError(t, holder.Close()) })
		locked := orm.Select(id).Where(id.Eq(1))
		assert.Equal(t, "(1)", t.rows(holder, locked.ForUpdate()))
		_, err = outcome(t.ctx, t.engine, locked.ForUpdate(orm.NoWait()))
		t.refused(err, orm.KindBusy, "no wait")
		assert.Equal(t, "(2) (3)", t.rows(t.engine, each(id).ForUpdate(orm.SkipLocked())))
		require.NoError(t, holder.Rollback(t.ctx))
		assert.Equal(t, "(1)", t.rows(t.engine, locked.ForUpdate(orm.NoWait())))
	}},
}
