package ormtest

import (
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/schema"
)

// defaults are written as literals: the only values of a program that become
// SQL text.
func defaults(t *test) {
	texts := []string{"", "it's", `a"b`, `a\b`, `\'`, `\`, "a`b", "'; DROP TABLE d; --", "--", "/*", "?", ":x", "%s", "$1", "é猫😀", "line\nbreak"}
	parts := []orm.TablePart{orm.Column("id", orm.Integer()).PrimaryKey(),
		orm.Column("n", orm.Integer()).Default(-7), orm.Column("f", orm.Float()).Default(-1.5e-7), orm.Column("yes", orm.Boolean()).Default(true),
		orm.Column("no", orm.Boolean()).Default(false), orm.Column("d", orm.Numeric(10, 2)).Default("9.90"), orm.Column("made", orm.DateTime()).Default(schema.SQL("CURRENT_TIMESTAMP"))}
	for i, text := range texts {
		parts = append(parts, orm.Column("s"+string(rune('a'+i)), orm.String(30)).Default(text))
	}
	d := orm.NewTable("d", parts...)
	t.create(d)
	assert.Equal(t, "1 rows", t.rows(t.engine, orm.Insert(d, "id").Row(1)))
	assert.Equal(t, "(-7, -1.5e-07, true, false)", t.rows(t.engine, orm.Select(d.C("n"), d.C("f"), d.C("yes"), d.C("no"))))
	assert.Equal(t, "(1)", t.rows(t.engine, orm.Select(d.C("id")).Where(d.C("d").Eq("9.9"), d.C("made").IsNotNull())))
	for i, text := range texts {
		got, err := orm.Select(d.C("s"+string(rune('a'+i)))).Scalar(t.ctx, t.engine)
		require.NoError(t, err)
		assert.Equal(t, text, got)
	}
}

// generatedKeys: the database makes keys, and tells them.
func generatedKeys(t *test) {
	type counted struct {
		ID   int64  `orm:"primary_key,autoincrement"`
		Name string `orm:"size:20"`
	}
	type standard struct {
		ID   int64  `orm:"primary_key,identity"`
		Name string `orm:"size:20"`
	}
	autos, standards := orm.Declare[counted]("autos"), orm.Declare[standard]("standards")
	t.create(autos, standards)
	s := t.session()
	for n := int64(1); n <= 3; n++ {
		a, b := &counted{Name: "a"}, &standard{Name: "b"}
		require.NoError(t, s.Add(a, b))
		require.NoError(t, s.Flush(t.ctx))
		assert.Equal(t, []int64{n, n}, []int64{a.ID, b.ID})
	}
	both := []any{&counted{Name: "c"}, &counted{Name: "d"}}
	require.NoError(t, s.Add(both...))
	require.NoError(t, s.Commit(t.ctx))
	assert.Equal(t, []int64{4, 5}, []int64{both[0].(*counted).ID, both[1].(*counted).ID}, "several at once come back in order")

	require.NoError(t, s.Delete(both[1]))
	require.NoError(t, s.Commit(t.ctx))
	last := &counted{Name: "e"}
	require.NoError(t, s.Add(last))
	require.NoError(t, s.Commit(t.ctx))
	assert.Equal(t, int64(6), last.ID, "a key is not used again")
}
