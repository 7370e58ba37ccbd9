package schema_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/schema"
)

func columns(names ...string) []*schema.Column {
	list := make([]*schema.Column, len(names))
	for i, name := range names {
		list[i] = &schema.Column{Name: name, Type: integer}
	}
	return list
}

func TestDefineListsAllThatIsWrong(t *testing.T) {
	twice := &schema.Column{Name: "c", Type: integer, Default: int64(1), Computed: &schema.Computed{SQL: "1"}, Sequence: &schema.Sequence{Name: "s"}}
	key := &schema.Column{Name: "k", Type: integer, PrimaryKey: true, Computed: &schema.Computed{SQL: "1"}}
	err := schema.Define(&schema.Table{Schema: "shop", Name: "t", KeyName: "x",
		Columns:     append(columns("a", "b"), twice, key),
		Uniques:     []*schema.Unique{{}, {Name: "x", Columns: []string{"a", "a", "z"}}},
		Checks:      []*schema.Check{{SQL: " "}},
		ForeignKeys: []*schema.ForeignKey{{Columns: []string{"a", "b"}, Targets: []string{"id"}}},
		Indexes: []*schema.Index{{}, {Name: "i", Parts: []schema.IndexPart{{Column: "a", SQL: "b"}}},
			{Name: "i", Parts: []schema.IndexPart{{Column: "y"}}, Include: []string{"x"}}},
	})
	assert.EqualError(t, err, `table shop.t: column c is a default and a sequence and computed; one of them can be; `+
		`column k is computed, so it cannot be a primary key or have an OnUpdate; `+
		`a unique constraint has no columns; a unique constraint names the column a twice; a unique constraint names the column "z", which is not there; `+
		`a check has no condition; a foreign key names no table; the foreign key to  has 2 columns for 1; `+
		`an index has no columns; a part of an index is the column a and the expression b; an index names the column "y", which is not there; `+
		`an index names the column "x", which is not there; two constraints have the name x; two indexes have the name i`)
}

func TestNamingGivesNames(t *testing.T) {
	table := &schema.Table{
		Name:    "pets",
		Columns: columns("id", "name", "owner_id", "a"),
		Uniques: []*schema.Unique{{Columns: []string{"name", "a"}}, {Name: "mine", Columns: []string{"a"}}},
		Checks:  []*schema.Check{{Name: "positive", SQL: "a > 0"}, {SQL: "a < 9"}},
		ForeignKeys: []*schema.ForeignKey{{Columns: []string{"a", "id"}, Table: "others", Targets: []string{"x", "y"}},
			{Columns: []string{"a"}, Table: "o", Targets: []string{"x"}, Actions: schema.Actions{Name: "fk"}}},
		Indexes: []*schema.Index{{Parts: []schema.IndexPart{{Column: "name"}, {SQL: "lower(name)"}}}},
	}
	table.Columns[0].PrimaryKey = true
	table.Columns[1].Unique = true
	table.Columns[2].References = &schema.Reference{Table: "owners", Column: "id"}
	schema.DefaultNaming.Apply(table)
	require.NoError(t, schema.Define(table))
	assert.Equal(t, "pk_pets", table.KeyName)
	var names []string
	for _, u := range table.Uniques {
		names = append(names, u.Name)
	}
	for _, c := range table.Checks {
		names = append(names, c.Name)
	}
	for _, k := range table.AllForeignKeys() {
		names = append(names, k.Name)
	}
	assert.Equal(t, []string{"uq_pets_name_a", "mine", "uq_pets_name", "ck_pets_positive", "ck_pets_2",
		"fk_pets_owner_id_owners", "fk_pets_a_id_others", "fk"}, names)
	assert.Equal(t, "ix_pets_name_lower_name", table.Indexes[0].Name)
	assert.False(t, table.Columns[1].Unique, "it is a constraint with a name now")
}

// A name that is too long is cut in the same way every time, and others stay
// others.
func TestLongNamesAreCut(t *testing.T) {
	name := func(column string) string {
		table := &schema.Table{Name: "t", Columns: columns(column), Indexes: []*schema.Index{{Parts: []schema.IndexPart{{Column: column}}}}}
		require.NoError(t, schema.Define(table))
		return table.Indexes[0].Name
	}
	long := strings.Repeat("ü", 40)
	assert.LessOrEqual(t, len(name(long+"a")), schema.MaxGeneratedName)
	assert.Equal(t, name(long+"a"), name(long+"a"))
	assert.NotEqual(t, name(long+"a"), name(long+"b"))
}

func TestPatternsOfNames(t *testing.T) {
	k := &schema.ForeignKey{Columns: []string{"a", "{table}"}, Table: "o{x"}
	for pattern, want := range map[string]string{
		"{table}{columns}": "ta_{table}", "x": "x", "{x}_{target}": "{x}_o{x", "{{table}": "{t", "a{": "a{", "{table": "{table", "{}}": "{}}",
		strings.Repeat("x", 50) + "ü{table}": strings.Repeat("x", 50) + "üt", "{name}y": "y",
	} {
		assert.Equal(t, want, schema.Naming{ForeignKey: pattern}.Key(&schema.Table{Name: "t"}, k), pattern)
	}
	cut := schema.Naming{ForeignKey: strings.Repeat("x", 50) + "üüüüüü"}.Key(&schema.Table{Name: "t"}, k)
	assert.True(t, utf8.ValidString(cut), cut)
	assert.Equal(t, strings.Repeat("x", 50)+"_", cut[:51], "a letter is not cut apart")
}

func TestCyclesAreCutAtOneKey(t *testing.T) {
	a, b, c := node(t, "a", "b"), node(t, "b", "c"), node(t, "c", "a", "c")
	sorted, late := schema.SortedCycles([]*schema.Table{a, b, c})
	assert.Equal(t, []*schema.Table{c, b, a}, sorted)
	require.Len(t, late, 1)
	assert.Equal(t, "a", late[c][0].Table)
	assert.Len(t, late[c], 1, "a key to the own table is no circle")
}

func TestTypes(t *testing.T) {
	mood := schema.EnumOf("mood", "a", "b")
	assert.True(t, mood.Equal(schema.EnumOf("mood", "a", "b")))
	for _, other := range []schema.Type{schema.EnumOf("mood", "b", "a"), schema.EnumOf("", "a", "b"), integer,
		mood.With("sqlite", integer), schema.ArrayOf(mood)} {
		assert.False(t, mood.Equal(other), other)
	}
	assert.True(t, schema.ArrayOf(mood).Equal(schema.ArrayOf(schema.EnumOf("mood", "a", "b"))))
	assert.False(t, schema.ArrayOf(mood).Equal(schema.ArrayOf(integer)))
	varied := mood.With("sqlite", integer).With("mysql", schema.NativeOf("SET('a')"))
	assert.Equal(t, integer, varied.On("sqlite"))
	assert.Equal(t, "Native(SET('a'))", varied.On("mysql").String())
	assert.True(t, varied.On("postgresql").Equal(varied))
	assert.Equal(t, mood.On("sqlite"), mood, "With changes a copy")
	assert.Equal(t, "Numeric(10, 2)", schema.Type{Kind: schema.Numeric, Size: 10, Scale: 2}.String())
	assert.Equal(t, "Array(Integer)", schema.ArrayOf(integer).String())
}
