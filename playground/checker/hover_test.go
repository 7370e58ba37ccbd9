package checker

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestHover(t *testing.T) {
	for _, c := range []struct{ name, text, code, says, doc string }{
		{"local", inMain("_ = p|et"), "var pet *Pet", "", ""},
		{"type", inMain("_ = Pe|t{}"), "type Pet struct {\n\tID int64 `orm:\"primary_key\"`\n\tName string\n\tUserID int64 `orm:\"name:owner\"`\n}", "Pet is one row of the table pets.", ""},
		{"field", inMain("_ = pet.Na|me"), "field Name string", "what it is called", ""},
		{"variable of the package", inMain("_ = Pe|ts"), "var Pets *orm.Model[Pet]", "Pets maps Pet.", ""},
		{"method", inMain("session.Comm|it(ctx)"), "func (*orm.Session) Commit(ctx context.Context) error", "", "Session.Commit"},
		{"field of another package", inMain("_ = orm.Options{Ech|o: nil}"), "", "", "Options.Echo"},
		{"function", body("\tstrings.ToUpp|er(``)", "strings"), "func strings.ToUpper(s string) string", "", "ToUpper"},
		{"package", body("\tstri|ngs.ToUpper(``)", "strings"), `package strings // "strings"`, "", ""},
		{"constant", body("\tconst x = 1 << 3\n\t_ = x|"), "const x untyped int = 8", "", ""},
		{"instance", body("\t_ = ma|x(1, 2)"), "func max", "", "max"},
		{"type switch", body("\tvar a any\n\tswitch x| := a.(type) {\n\tcase int:\n\t\t_ = x\n\t}"), "var x int", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			text, place := at(t, c.text)
			h, ok := newChecker(t).Hover(one(text), "main.go", place)
			require.True(t, ok)
			if c.code != "" {
				assert.Equal(t, c.code, h.Code)
			}
			assert.Equal(t, c.says, h.Text)
			assert.Equal(t, c.doc, h.Doc.Name)
		})
	}
	for _, nothing := range []string{body("\t// not|hing"), body("|"), body("\tnonse|nse()")} {
		text, place := at(t, nothing)
		_, ok := newChecker(t).Hover(one(text), "main.go", place)
		assert.False(t, ok, nothing)
	}
}

func TestSignature(t *testing.T) {
	for _, c := range []struct {
		name, text, label, active string
	}{
		{"first", inMain("session.Commit(|)"), "Commit(ctx context.Context) error", "ctx context.Context"},
		{"unclosed", body("\tstrings.Replace(`a, b`, |", "strings"), "Replace(s string, old string, new string, n int) string", "old string"},
		{"after brackets", body("\tstrings.Join([]string{`a`, `b`}, |)", "strings"), "Join(elems []string, sep string) string", "sep string"},
		{"variadic", body("\tfmt.Printf(``, 1, 2, |)", "fmt"), "Printf(format string, a ...any) (n int, err error)", "a ...any"},
		{"too many", body("\tstrings.ToUpper(``, |)", "strings"), "ToUpper(s string) string", ""},
		{"inner", body("\tstrings.ToUpper(strings.TrimSpace(|))", "strings"), "TrimSpace(s string) string", "s string"},
		{"own", "package main\n\n// f does.\nfunc f(a, b int) {}\n\nfunc main() { f(1, |) }\n", "f(a int, b int)", "b int"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text, place := at(t, c.text)
			s, ok := newChecker(t).Signature(one(text), "main.go", place)
			require.True(t, ok)
			assert.Equal(t, c.label, s.Label)
			active := ""
			if s.Active >= 0 {
				active = s.Label[s.Params[s.Active][0]:s.Params[s.Active][1]]
			}
			assert.Equal(t, c.active, active)
		})
	}
	for _, nothing := range []string{body("\tx := |1"), body("\t_ = int(|1)"), body("\tf|oo()"), body("\tfunc() { | }()")} {
		text, place := at(t, nothing)
		_, ok := newChecker(t).Signature(one(text), "main.go", place)
		assert.False(t, ok, nothing)
	}
	text, place := at(t, "package main\n\n// f does.\nfunc f(a, b int) {}\n\nfunc main() { f(|) }\n")
	s, _ := newChecker(t).Signature(one(text), "main.go", place)
	assert.Equal(t, "f does.", s.Text)
}

func TestDefinition(t *testing.T) {
	text, place := at(t, "package main\n\nfunc main() { gre|et() }\n")
	other := "package main\n\n// é 😀\nfunc greet() {}\n"
	span, ok := newChecker(t).Definition([]File{{"main.go", text}, {"greet.go", other}}, "main.go", place)
	require.True(t, ok)
	assert.Equal(t, Span{"greet.go", 27, 32}, span)
	text, place = at(t, body("\tstrings.ToUpp|er(``)", "strings"))
	_, ok = newChecker(t).Definition(one(text), "main.go", place)
	assert.False(t, ok, "the source of other packages is not there")
}

func TestSynopsis(t *testing.T) {
	assert.Equal(t, "Add adds A and io.Reader to b.", Synopsis("Add adds [A] and [io.Reader]\nto b.\n\nMore.\n"))
	assert.Equal(t, "", Synopsis("# Heading\n\n\tcode\n"))
	assert.Equal(t, "", Synopsis(""))
}
