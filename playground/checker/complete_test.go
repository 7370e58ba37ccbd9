package checker

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

func complete(t testing.TB, text string, tables ...Table) (Completion, string) {
	t.Helper()
	text, place := at(t, text)
	return newChecker(t).Complete(one(text), "main.go", place, tables), text
}

func labels(c Completion) (all []string) {
	for _, item := range c.Items {
		all = append(all, item.Label)
	}
	return all
}

func find(t testing.TB, c Completion, label string) Item {
	t.Helper()
	i := slices.IndexFunc(c.Items, func(i Item) bool { return i.Label == label })
	require.GreaterOrEqual(t, i, 0, "%s is among %v", label, labels(c))
	return c.Items[i]
}

func TestComplete(t *testing.T) {
	for _, c := range []struct {
		name, text string
		has, lacks string // with blanks between
	}{
		{"members of a package", body("\tstrings.|", "strings"), "ToUpper Builder Fields", "main indexFunc asciiSet"},
		{"before another line", inMain("session.|\n\tfmt.Println(1)"), "Commit Add Flush", "Println"},
		{"in an unclosed call", inMain("fmt.Println(pet.|\n\treturn"), "Name ID", "Commit"},
		{"fields of a pointer", inMain("pet.N|"), "Name ID", ""},
		{"columns of a model", inMain("_ = &Pets.F.|"), "Name ID UserID", ""},
		{"methods of a model", inMain("Pets.|"), "New Select F", "mapper err"},
		{"names", inMain("pe|"), "pet Pets Pet session ctx len strings", "fmt.Println"},
		{"not yet declared", body("\tx := 1\n\t|\n\ty := 2", "fmt"), "", "y"},
		{"declared after", body("\tx := 1\n\t_ = y|\n\tyy := 2\n\t_, _ = x, yy", "fmt"), "x", "yy"},
		{"imported twice it is not", body("\tstr|", "strings"), "strings", "strings.x"},
		{"fields of a literal", inMain("_ = Pet{|}"), "ID: |Name: |UserID: ", ""},
		{"fields that are left", inMain("_ = Pet{Name: ``, |}"), "ID: |UserID: ", "Name: "},
		{"values of a literal", inMain("_ = Pet{Name: p|}"), "pet", "ID: |Name: "},
		{"fields behind a pointer", inMain("session.Add(&Pet{N|})"), "Name: ", ""},
		{"a new name", inMain("pe| := 1"), "", "pet"},
		{"a parameter", "package main\n\nfunc f(na|) {}\n", "string", ""},
		{"a result of a call", inMain("engine.|"), "Close", ""},
		{"a chain", inMain("Pets.Select().|"), "Where All", ""},
		{"in a comment", body("\t// str|"), "", "strings"},
		{"in a number", body("\t_ = 1|"), "", "strings"},
		{"in a text", body("\t_ = \"st|\""), "", "strings"},
		{"import paths", "package main\n\nimport \"math/|\"\n", "math/rand math/rand/v2", "net/http"},
		{"before what is typed", body("|", "strings"), "", "strings"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, _ := complete(t, c.text)
			split := func(s string) []string {
				if strings.Contains(s, "|") || strings.HasSuffix(s, ": ") {
					return strings.Split(s, "|")
				}
				return strings.Fields(s)
			}
			for _, label := range split(c.has) {
				assert.Contains(t, labels(got), label)
			}
			for _, label := range split(c.lacks) {
				assert.NotContains(t, labels(got), label)
			}
		})
	}
}

func TestItems(t *testing.T) {
	got, _ := complete(t, inMain("session.Com|"))
	assert.Equal(t, Item{Label: "Commit", Kind: "method", Detail: "(ctx context.Context) error", Doc: DocKey{ormPath, "Session.Commit"}}, find(t, got, "Commit"))
	got, text := complete(t, inMain("_ = pet.Na|"))
	assert.Equal(t, "Na", text[got.From:got.To])
	assert.Equal(t, Item{Label: "Name", Kind: "field", Detail: "string", Doc: DocKey{"main", "Pet.Name"}}, find(t, got, "Name"))
	got, _ = complete(t, inMain("session.Flush(c|)"))
	assert.Greater(t, find(t, got, "ctx").Boost, find(t, got, "pet").Boost, "what has the wanted type comes first")
	assert.Greater(t, find(t, got, "pet").Boost, find(t, got, "cap").Boost)
}

func TestCompletionImports(t *testing.T) {
	got, text := complete(t, inMain("_ = str|"))
	item := find(t, got, "strings")
	assert.Equal(t, "import strings", item.Detail)
	after := Apply(text, item.Edits)
	assert.Contains(t, after, "\t\"fmt\"\n\t\"strings\"\n\n\t\"github.com")
	got, text = complete(t, body("\t_ = strings.ToU|"))
	after = Apply(text, find(t, got, "ToUpper").Edits)
	assert.Contains(t, after, "package main\n\nimport \"strings\"\n")
	got, text = complete(t, body("\trand.N|"))
	assert.Contains(t, Apply(text, find(t, got, "N").Edits), `import "math/rand/v2"`, "the older package has no N")
	got, text = complete(t, body("\torm.Decl|", "fmt"))
	assert.Contains(t, Apply(text, find(t, got, "Declare").Edits), "import \""+ormPath+"\"")
}

func TestCompleteTags(t *testing.T) {
	tag := func(content string) string {
		return "package main\n\nimport \"" + ormPath + "\"\n\ntype T struct {\n\tA " + content + "\n}\n\nvar _ orm.Options\n\nfunc main() {}\n"
	}
	got, text := complete(t, tag("int `orm:\"size:5,uni|\"`"))
	assert.Equal(t, "uni", text[got.From:got.To])
	assert.Contains(t, labels(got), "unique")
	assert.NotContains(t, labels(got), "size:", "what the tag has is not offered again")
	got, _ = complete(t, tag("int `orm:\"on_delete:|\"`"))
	assert.Equal(t, []string{"cascade", "set_null", "set_default", "restrict", "no_action"}, labels(got))
	got, _ = complete(t, tag("orm.One[T] `orm:\"|\"`"))
	assert.Contains(t, labels(got), "back_populates:")
	assert.NotContains(t, labels(got), "primary_key")
	got, text = complete(t, tag("orm.Many[T] `orm:\"cascade:all del|\"`"))
	assert.Equal(t, "del", text[got.From:got.To])
	assert.Contains(t, labels(got), "delete-orphan")
	got, _ = complete(t, tag("int `|`"))
	assert.Equal(t, []string{`orm:"`}, labels(got))
	got, _ = complete(t, tag("int `json:\"|\"`"))
	assert.Empty(t, got.Items)
}

// The package orm lists the options it knows when it meets one that it does not.
func TestTagsAreThoseOfTheMapper(t *testing.T) {
	type wrongColumn struct {
		ID int64 `orm:"primary_key,sizes:1"`
	}
	type wrongRelation struct {
		ID    int64                   `orm:"primary_key"`
		Other orm.Many[wrongRelation] `orm:"sizes:1"`
	}
	for _, c := range []struct {
		model interface{ Err() error }
		known []option
	}{
		{orm.Declare[wrongColumn]("a"), columnOptions},
		{orm.Declare[wrongRelation]("b"), relationOptions},
	} {
		_, list, ok := strings.Cut(c.model.Err().Error(), "known are ")
		require.True(t, ok, c.model.Err())
		var ours []string
		for _, o := range c.known {
			ours = append(ours, strings.TrimSuffix(o.name, ":"))
		}
		assert.ElementsMatch(t, strings.Split(list, ", "), ours, "an option is new or gone: say in tags.go what it means")
	}
}

func TestCompleteSQL(t *testing.T) {
	live := []Table{{"pets", []string{"id", "name", "owner", "hunger"}}, {"users", []string{"id", "email"}}}
	sql := func(text string) string { return inMain("_ = orm.Text(\"" + text + "\")") }
	got, text := complete(t, sql("SELECT na| FROM pets"), live...)
	assert.True(t, got.SQL)
	assert.Equal(t, "na", text[got.From:got.To])
	assert.Equal(t, "pets", find(t, got, "hunger").Detail)
	assert.NotContains(t, labels(got), "email", "of the tables that are named only")
	got, _ = complete(t, sql("SELECT * FROM |"), live...)
	assert.Equal(t, []string{"pets", "users"}, labels(got))
	got, _ = complete(t, sql("SELECT u.| FROM pets p JOIN users AS u"), live...)
	assert.Equal(t, []string{"id", "email"}, labels(got))
	got, _ = complete(t, sql("SELECT p.| FROM pets p"))
	assert.Equal(t, []string{"id", "name", "owner"}, labels(got), "without a database, the program's models")
	embedded := strings.Replace(sql("SELECT | FROM pets"), "UserID int64", "Home Address `orm:\"embedded,prefix:home_\"`\n\tUserID int64", 1) + "\ntype Address struct{ City string }\n"
	got, _ = complete(t, embedded)
	assert.Contains(t, labels(got), "home_city")
	got, _ = complete(t, sql("SELECT 'na|' FROM pets"), live...)
	assert.Empty(t, got.Items)
	got, _ = complete(t, inMain("_ = orm.Text(\"SELECT \" + \"na|\")"), live...)
	assert.Contains(t, labels(got), "email")
	got, _ = complete(t, inMain("fmt.Println(\"na|\")"), live...)
	assert.False(t, got.SQL)
	assert.Empty(t, got.Items)
}
