package schema_test

import (
	"testing"

	"github.com/ormlab/ormlab/orm/schema"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var integer = schema.Type{Kind: schema.Integer}

func TestNewTableListsAllThatIsWrong(t *testing.T) {
	_, err := schema.NewTable("t",
		&schema.Column{Name: "a", Type: integer, Autoincrement: true},
		&schema.Column{Name: "a", Type: integer, Autoincrement: true},
		&schema.Column{Type: integer},
		&schema.Column{Name: "b"})
	assert.EqualError(t, err, "table t: column a is there twice; column 3 has no name; column b has no type; two columns are autoincrement; a table can have one")
	_, err = schema.NewTable("")
	assert.EqualError(t, err, "table : the table has no name; it has no columns")
}

func TestTableFindsItsColumns(t *testing.T) {
	a, b := &schema.Column{Name: "a", Type: integer, PrimaryKey: true}, &schema.Column{Name: "b", Type: integer}
	c := &schema.Column{Name: "c", Type: integer, PrimaryKey: true}
	table, err := schema.NewTable("t", a, b, c)
	require.NoError(t, err)
	assert.Same(t, b, table.Column("b"))
	assert.Nil(t, table.Column("B"))
	assert.Equal(t, []*schema.Column{a, c}, table.PrimaryKey())
	assert.Same(t, table, a.Table)
}

func TestGeneratedKey(t *testing.T) {
	key := func(change func(*schema.Column)) *schema.Column {
		c := &schema.Column{Name: "id", Type: integer, PrimaryKey: true}
		change(c)
		return c
	}
	second := func() *schema.Column { return &schema.Column{Name: "b", Type: integer, PrimaryKey: true} }
	for name, c := range map[string]struct {
		columns   []*schema.Column
		generated bool
	}{
		"the only integer key":  {[]*schema.Column{key(func(*schema.Column) {})}, true},
		"no key":                {[]*schema.Column{key(func(c *schema.Column) { c.PrimaryKey = false })}, false},
		"a text":                {[]*schema.Column{key(func(c *schema.Column) { c.Type.Kind = schema.Text })}, false},
		"a default":             {[]*schema.Column{key(func(c *schema.Column) { c.Default = int64(1) })}, false},
		"a foreign key":         {[]*schema.Column{key(func(c *schema.Column) { c.References = &schema.Reference{Table: "x", Column: "id"} })}, false},
		"one of two":            {[]*schema.Column{key(func(*schema.Column) {}), second()}, false},
		"one of two that asks":  {[]*schema.Column{key(func(c *schema.Column) { c.Autoincrement = true }), second()}, true},
		"a small integer":       {[]*schema.Column{key(func(c *schema.Column) { c.Type.Kind = schema.SmallInteger })}, true},
		"big, with a size note": {[]*schema.Column{key(func(c *schema.Column) { c.Type.Kind = schema.BigInteger })}, true},
	} {
		t.Run(name, func(t *testing.T) {
			table, err := schema.NewTable("t", c.columns...)
			require.NoError(t, err)
			if c.generated {
				assert.Same(t, c.columns[0], table.GeneratedKey())
			} else {
				assert.Nil(t, table.GeneratedKey())
			}
		})
	}
}

// node is a table that refers to others.
func node(t *testing.T, name string, refersTo ...string) *schema.Table {
	columns := []*schema.Column{{Name: "id", Type: integer}}
	for _, other := range refersTo {
		columns = append(columns, &schema.Column{Name: other, Type: integer, References: &schema.Reference{Table: other, Column: "id"}})
	}
	table, err := schema.NewTable(name, columns...)
	require.NoError(t, err)
	return table
}

func TestSorted(t *testing.T) {
	for name, c := range map[string]struct {
		given []*schema.Table
		want  []string
	}{
		"none":             {nil, []string{}},
		"independent":      {[]*schema.Table{node(t, "b"), node(t, "a")}, []string{"b", "a"}},
		"a chain":          {[]*schema.Table{node(t, "c", "b"), node(t, "b", "a"), node(t, "a")}, []string{"a", "b", "c"}},
		"a diamond":        {[]*schema.Table{node(t, "d", "b", "c"), node(t, "c", "a"), node(t, "b", "a"), node(t, "a")}, []string{"a", "b", "c", "d"}},
		"itself":           {[]*schema.Table{node(t, "a", "a")}, []string{"a"}},
		"a circle":         {[]*schema.Table{node(t, "a", "b"), node(t, "b", "a")}, []string{"b", "a"}},
		"one that is away": {[]*schema.Table{node(t, "a", "elsewhere"), node(t, "b")}, []string{"a", "b"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := []string{}
			for _, table := range schema.Sorted(append(c.given, c.given...)) {
				got = append(got, table.Name)
			}
			assert.Equal(t, c.want, got)
		})
	}
}

func TestTypesHaveNames(t *testing.T) {
	for want, typ := range map[string]schema.Type{"String(50)": {Kind: schema.String, Size: 50}, "DateTime": {Kind: schema.DateTime},
		"unknown": {Kind: 99}, "SmallInteger": {Kind: schema.SmallInteger}} {
		assert.Equal(t, want, typ.String())
	}
}
