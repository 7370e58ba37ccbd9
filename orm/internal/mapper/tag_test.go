package mapper

import (
	"reflect"
	"testing"

	"github.com/ormlab/ormlab/orm/schema"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSnakeCase(t *testing.T) {
	for name, want := range map[string]string{
		"ID": "id", "Name": "name", "UserID": "user_id", "HTTPServerX": "http_server_x", "UserProfile": "user_profile",
		"A": "a", "AB": "ab", "ABc": "a_bc", "Pop2000": "pop2000", "Already_Snake": "already_snake", "X_ID": "x_id", "": "", "ÄÖ": "äö",
	} {
		assert.Equal(t, want, SnakeCase(name), name)
	}
}

func TestParseTag(t *testing.T) {
	text := func(s string) *string { return &s }
	for tag, want := range map[string]options{
		"":                                {},
		" , ":                             {},
		"primary_key, autoincrement":      {primaryKey: true, autoincrement: true},
		"name:x,size:50,unique":           {name: "x", size: 50, unique: true},
		"default:20,omitzero":             {def: text("20"), omitZero: true},
		"default:'a, b'":                  {def: text("a, b")},
		"default:'it''s, yes'":            {def: text("it's, yes")},
		"default:":                        {def: text("")},
		"default:''":                      {def: text("")},
		"default:12:30":                   {def: text("12:30")},
		"server_default:now(), type:text": {serverDefault: "now()", typ: "text"},
		"foreign_key:users.id":            {references: &schema.Reference{Table: "users", Column: "id"}},
	} {
		got, err := parseTag(tag)
		require.NoError(t, err, tag)
		got.words = 0
		assert.Equal(t, want, got, tag)
	}
}

// Whatever stands in a tag, the answer is options or an error.
func FuzzParseTag(f *testing.F) {
	for _, seed := range []string{"primary_key,size:3", "default:'a", "default:'", "foreign_key:.", "size:-1", ":", "',',"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, tag string) {
		o, err := parseTag(tag)
		if err == nil && o.size < 0 {
			t.Errorf("%q: a size of %d", tag, o.size)
		}
	})
}

// A tag that Go cannot read must not look like none.
func TestAMalformedTagIsAnError(t *testing.T) {
	model := reflect.StructOf([]reflect.StructField{{Name: "ID", Type: reflect.TypeFor[int64](), Tag: `orm:"primary_key`}})
	_, err := New(model, "models", Alloc{}, nil)
	require.ErrorContains(t, err, `the tag orm:"primary_key cannot be read`)
}
