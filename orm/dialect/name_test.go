package dialect_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/dialect/mysql"
	"github.com/ormlab/ormlab/orm/dialect/postgres"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/ormlab/ormlab/orm/expr"
)

func TestQuoteName(t *testing.T) {
	for name, want := range map[string][3]string{ // sqlite, postgresql, mysql
		"pets":    {`pets`, `pets`, "pets"},
		"name":    {`name`, `name`, "name"},
		"_x9$":    {`_x9$`, `_x9$`, "_x9$"},
		"order":   {`"order"`, `"order"`, "`order`"},
		"user":    {`user`, `"user"`, "user"},
		"key":     {`"key"`, `key`, "`key`"},
		"rank":    {`rank`, `rank`, "`rank`"},
		"qualify": {`qualify`, `qualify`, "`qualify`"},
		"Order":   {`"Order"`, `"Order"`, "`Order`"},
		"9lives":  {`"9lives"`, `"9lives"`, "`9lives`"},
		"$x":      {`"$x"`, `"$x"`, "`$x`"},
		"a.b":     {`"a.b"`, `"a.b"`, "`a.b`"},
		"":        {`""`, `""`, "``"},
		`"; --`:   {`"""; --"`, `"""; --"`, "`\"; --`"},
		"`; drop": {"\"`; drop\"", "\"`; drop\"", "```; drop`"},
	} {
		for i, d := range []dialect.Dialect{sqlite.Dialect, postgres.Dialect, mysql.Dialect} {
			got, err := dialect.QuoteName(d, name)
			require.NoError(t, err)
			assert.Equal(t, want[i], got, "%s on %s", name, d.Name())
		}
	}
}

func TestTooManyValues(t *testing.T) {
	values := make([]any, 40000)
	for i := range values {
		values[i] = i
	}
	_, err := dialect.Compile(sqlite.Dialect, where(in(userID, values...)))
	assert.EqualError(t, err, "dialect: compiling SELECT for sqlite: 40000 values are too many for one statement: sqlite takes 32766; split it, or put the values into a table")
	_, err = dialect.Compile(postgres.Dialect, where(in(userID, values...)))
	assert.NoError(t, err)
}

func TestCompileNothing(t *testing.T) {
	_, err := dialect.Compile(nil, expr.Select{})
	assert.EqualError(t, err, "dialect: compiling: no dialect given")
	_, err = dialect.Compile(sqlite.Dialect, nil)
	assert.ErrorContains(t, err, "<nil> is not a statement")
}

// Values are the Go values as the tree holds them, beside the arguments.
func TestCompiledValues(t *testing.T) {
	name := "x"
	c := compile(t, sqlite.Dialect, where(and(eq(userName, &name), op(expr.Gt, userID, val(userID, int8(3))))))
	assert.Equal(t, []any{&name, int8(3)}, c.Values)
	assert.Equal(t, []any{"x", int64(3)}, []any{c.Args[0].Any(), c.Args[1].Any()})
}
