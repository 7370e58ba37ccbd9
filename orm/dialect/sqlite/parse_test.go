package sqlite

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ormlab/ormlab/orm/schema"
)

func TestDefinitions(t *testing.T) {
	d := readDefinition(`CREATE TABLE "t(" (
		id INTEGER CONSTRAINT pk PRIMARY KEY AUTOINCREMENT,
		a INT CHECK (a > 0) CONSTRAINT u UNIQUE, -- ) a comment, too
		[b c] TEXT CONSTRAINT fk REFERENCES o (id) DEFERRABLE INITIALLY DEFERRED,
		d INT AS (a * (2 + 1)) STORED,
		FOREIGN KEY (a, "b c") REFERENCES p (x, y) NOT DEFERRABLE,
		CONSTRAINT later FOREIGN KEY (d) REFERENCES q (z) DEFERRABLE,
		CONSTRAINT ck CHECK ("b c" <> ')' AND a IN (1, 2)))`)
	assert.Equal(t, &definition{
		keyName: "pk", autoincrement: true,
		checks:  []*schema.Check{{SQL: "a > 0"}, {Name: "ck", SQL: `"b c" <> ')' AND a IN (1, 2)`}},
		uniques: []*schema.Unique{{Name: "u", Columns: []string{"a"}}},
		keys: []foreign{{name: "fk", columns: []string{"b c"}, deferrable: schema.InitiallyDeferred},
			{columns: []string{"a", "b c"}}, {name: "later", columns: []string{"d"}, deferrable: schema.InitiallyImmediate}},
		computed: map[string]string{"d": "a * (2 + 1)"},
	}, d)
}

// Whatever stands in the text, reading it ends without a panic, and the tokens
// lie within it, in order.
func FuzzDefinition(f *testing.F) {
	for _, seed := range []string{"CREATE TABLE t (a, b)", "(", ")", "('", "(a CHECK", "(\"", "(--", "(/*", "(,,)", "(a AS ()", "UNIQUE", "(CONSTRAINT)", "([a", "(FOREIGN KEY (a) DEFERRABLE)"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, sql string) {
		readDefinition(sql)
		readParts(sql)
		last := 0
		for _, token := range tokens(sql) {
			if token.end <= last || token.end > len(sql) {
				t.Fatalf("%q: a token ends at %d behind one that ends at %d", sql, token.end, last)
			}
			last = token.end
		}
	})
}
