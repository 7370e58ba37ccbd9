package orm_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/driver"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestErrorsTellTheirKind(t *testing.T) {
	ctx := context.Background()
	engine, _ := recorded(t, Pets, Owners, Collars)
	insertPets(t, engine, &Pet{Name: "Fluffy"})
	_, err := orm.Text("CREATE TABLE strict (n INTEGER, CONSTRAINT positive CHECK (n > 0)) STRICT").Exec(ctx, engine)
	require.NoError(t, err)
	for name, c := range map[string]struct {
		run  func() error
		want orm.Error
	}{
		"unique": {execute(engine, orm.Text("INSERT INTO pets (name) VALUES (:n)").Bind("n", "Fluffy")),
			orm.Error{Kind: orm.KindUnique, SQL: "INSERT INTO pets (name) VALUES (?)", Args: []any{"Fluffy"}, Code: "2067", Table: "pets", Columns: []string{"name"}}},
		"primary key": {execute(engine, orm.Text("INSERT INTO pets (id, name) VALUES (1, 'x')")),
			orm.Error{Kind: orm.KindUnique, SQL: "INSERT INTO pets (id, name) VALUES (1, 'x')", Code: "1555", Table: "pets", Columns: []string{"id"}}},
		"not null": {execute(engine, orm.Insert(Pets, "name").Row(nil)),
			orm.Error{Kind: orm.KindNotNull, SQL: "INSERT INTO pets (name) VALUES (?)", Args: []any{nil}, Code: "1299", Table: "pets", Columns: []string{"name"}}},
		"foreign key": {execute(engine, orm.Insert(Collars, "id", "owner").Row(1, 99)),
			orm.Error{Kind: orm.KindForeignKey, SQL: "INSERT INTO collars (id, owner) VALUES (?, ?)", Args: []any{int64(1), int64(99)}, Code: "787"}},
		"check": {execute(engine, orm.Text("INSERT INTO strict VALUES (0)")),
			orm.Error{Kind: orm.KindCheck, SQL: "INSERT INTO strict VALUES (0)", Code: "275", Table: "strict", Constraint: "positive"}},
		"data": {execute(engine, orm.Text("INSERT INTO strict VALUES ('x')")),
			orm.Error{Kind: orm.KindData, SQL: "INSERT INTO strict VALUES ('x')", Code: "3091", Table: "strict", Columns: []string{"n"}}},
		"syntax": {execute(engine, orm.Text("SELEC 1")), orm.Error{Kind: orm.KindSyntax, SQL: "SELEC 1", Code: "1"}},
		"no table": {func() error { _, err := orm.Text("SELECT * FROM nowhere").All(ctx, engine); return err },
			orm.Error{Kind: orm.KindSyntax, SQL: "SELECT * FROM nowhere", Code: "1"}},
		"in a flush": {func() error {
			s := orm.NewSession(engine)
			defer s.Close()
			s.Add(&Pet{Name: "Fluffy", Hunger: 1})
			return s.Commit(ctx)
		}, orm.Error{Kind: orm.KindUnique, SQL: "INSERT INTO pets (name, species, hunger) VALUES (?, ?, ?)", Args: []any{"Fluffy", nil, int64(1)}, Code: "2067", Table: "pets", Columns: []string{"name"}}},
	} {
		t.Run(name, func(t *testing.T) {
			err := c.run()
			var got *orm.Error
			require.ErrorAs(t, err, &got)
			cause := got.Err
			plain := *got
			plain.Err = nil
			assert.Equal(t, c.want, plain)
			var refusal *driver.Error
			require.ErrorAs(t, cause, &refusal, "the database's own error is in the chain")
			assert.NotEmpty(t, refusal.Message)
			assert.NotNil(t, errors.Unwrap(refusal), "and the client's")
		})
	}
}

func execute(engine *orm.Engine, stmt interface {
	Exec(ctx context.Context, on orm.Executor) (int64, error)
}) func() error {
	return func() error { _, err := stmt.Exec(context.Background(), engine); return err }
}

func TestErrorText(t *testing.T) {
	many := make([]any, 25)
	for name, c := range map[string]struct {
		err  orm.Error
		want string
	}{
		"all": {orm.Error{Kind: orm.KindUnique, SQL: "INSERT …", Args: []any{"it's", nil, 1, []byte{0xab}, true}, Err: errors.New("UNIQUE constraint failed: pets.name")},
			"orm: UNIQUE constraint failed: pets.name (unique constraint) [SQL: INSERT …] [arguments: ('it''s', NULL, 1, x'ab', true)]"},
		"little":   {orm.Error{Err: errors.New("no")}, "orm: no"},
		"many":     {orm.Error{Err: errors.New("no"), Args: many}, "orm: no [arguments: (" + strings.Repeat("NULL, ", 19) + "NULL, … 5 more)]"},
		"long":     {orm.Error{Err: errors.New("no"), Args: []any{strings.Repeat("x", 1000)}}, "orm: no [arguments: ('" + strings.Repeat("x", 99) + " … (802 characters truncated) … " + strings.Repeat("x", 99) + "')]"},
		"cut rune": {orm.Error{Err: errors.New("no"), Args: []any{strings.Repeat("é", 300)}}, "orm: no [arguments: ('" + strings.Repeat("é", 99) + " … (102 characters truncated) … " + strings.Repeat("é", 99) + "')]"},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, c.want, c.err.Error()) })
	}
}

func TestOpenErrors(t *testing.T) {
	for url, want := range map[string]string{
		"pets.db":             `orm: opening a database: a URL starts with a scheme and ://, as in sqlite:///pets.db`,
		"://x":                `orm: opening a database: a URL starts with a scheme and ://, as in sqlite:///pets.db`,
		"oracle://x":          `no imported dialect has this scheme (imported: `,
		"sqlite://pets.db":    "SQLite has no host; write sqlite:// for a database in memory, sqlite:///pets.db for a file in the current folder",
		"sqlite:///pets.db?x": `"x" is not an option; there are journal_mode=wal`,
	} {
		_, err := orm.Open(url, orm.Options{})
		assert.ErrorContains(t, err, want, url)
	}
}
