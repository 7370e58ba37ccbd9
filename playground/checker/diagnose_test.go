package checker

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestDiagnose(t *testing.T) {
	for _, c := range []struct {
		name, text   string
		under        string // what the message stands under
		message, fix string
		hint         string
	}{
		{"undefined", body("\tcuont := 1; _ = cuont\n\t_ = cuontt"), "cuontt", "undefined: cuontt", "Change to cuont", "did you mean cuont?"},
		{"package", body("\tstrings.ToUpper(``)"), "strings", "undefined: strings", `Import "strings"`, ""},
		{"member", body("\tstrings.ToUper(``)", "strings"), "ToUper", "undefined: strings.ToUper", "Change to ToUpper", "did you mean ToUpper?"},
		{"method", inMain("session.Comit(ctx)"), "Comit", "session.Comit undefined (type *orm.Session has no field or method Comit)", "Change to Commit", "did you mean Commit?"},
		{"field", inMain("_ = Pet{Nmae: ``}"), "Nmae", "unknown field Nmae in struct literal of type Pet", "Change to Name", "did you mean Name?"},
		{"unused import", body("", "os"), `"os"`, `"os" imported and not used`, "Remove the import", ""},
		{"unused variable", body("\tx := 1"), "x", "declared and not used: x", "", ""},
		{"types", body("\tvar s string = 1\n\t_ = s"), "1", "cannot use 1 (untyped int constant) as string value in variable declaration", "", ""},
		{"return", "package main\n\nfunc f() int {\n}\n\nfunc main() { f() }\n", "}", "missing return", "", ""},
		{"no main", "package main\n", "main", "function main is undeclared in the main package", "", ""},
		{"no body", "package main\n\nfunc main()\n", "main", "missing function body", "", ""},
		{"syntax", body("\tx := {"), "{", "syntax error: expected operand, found '{'", "", ""},
		{"not importable", body("\tnet.Dial(``, ``)", "net"), `"net"`, "could not import net (it is not importable)", "", ""},
		{"past emoji", body("\t_ = `😀` + x"), "x", "undefined: x", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			checker := newChecker(t)
			files := one(c.text)
			found := checker.Diagnose(files)
			require.NotEmpty(t, found)
			d := found[0]
			assert.Equal(t, c.message, d.Message)
			assert.Equal(t, c.hint, d.Hint)
			text := files[0].Text
			assert.Equal(t, c.under, text[fromUTF16(text, d.From):fromUTF16(text, d.To)])
			if c.fix == "" {
				assert.Empty(t, d.Fixes)
				return
			}
			require.NotEmpty(t, d.Fixes)
			assert.Equal(t, c.fix, d.Fixes[0].Label)
			after := checker.Diagnose(applied(files, d.Fixes[0].Edits))
			assert.False(t, slices.ContainsFunc(after, func(o Diagnostic) bool { return o.Message == d.Message }), "the fix mends it: %v", after)
		})
	}
}

func TestNothingWrong(t *testing.T) {
	assert.Empty(t, newChecker(t).Diagnose(one(pets)))
	files := []File{{"main.go", "package main\n\nfunc main() { greet() }\n"}, {"greet.go", "package main\n\nfunc greet() {}\n"}}
	assert.Empty(t, newChecker(t).Diagnose(files))
	files[1].Text = "package main\n\nfunc great() {}\n"
	found := newChecker(t).Diagnose(files)
	require.Len(t, found, 1)
	assert.Equal(t, "did you mean great?", found[0].Hint)
}

// The language version and the sizes are those of the compiler.
func TestJudgesForThePage(t *testing.T) {
	exports, err := theExports()
	require.NoError(t, err)
	old := New(Options{GoVersion: "go1.21", Exports: exports})
	found := old.Diagnose(one(body("\tfor range 3 {\n\t}")))
	require.Len(t, found, 1)
	assert.Equal(t, "cannot range over 3 (untyped int constant): requires go1.22 or later", found[0].Message)
	assert.Empty(t, newChecker(t).Diagnose(one(body("\tvar x int = 1 << 40\n\t_ = x"))), "an int has 64 bits there")
}

func TestFollowUpsAreOneMessage(t *testing.T) {
	found := newChecker(t).Diagnose(one("package main\n\nfunc f() {}\n\nfunc f() {}\n\nfunc main() { f() }\n"))
	require.Len(t, found, 1)
	assert.Equal(t, "f redeclared in this block\nmain.go:3:6: other declaration of f", found[0].Message)
}

func TestOneSyntaxErrorAFile(t *testing.T) {
	found := newChecker(t).Diagnose([]File{{"main.go", body("\tprintln(\n\tx := 1\n\treturn\n\tif")}, {"b.go", "package main\n\nfunc {"}, {"c.go", "package main\n"}})
	require.Len(t, found, 2)
	assert.Equal(t, "main.go", found[0].File)
	assert.Equal(t, "b.go", found[1].File)
}

func TestNearest(t *testing.T) {
	names := []string{"Println", "Printf", "Print", "Sprint"}
	assert.Equal(t, []string{"Println", "Printf"}, nearest("Prinltn", names))
	assert.Equal(t, []string{"Println"}, nearest("println", names)[:1])
	assert.Empty(t, nearest("x", names))
	assert.Empty(t, nearest("Scanf", names))
	assert.Equal(t, []string{"Println", "Printf"}, nearest("Printn", names))
	assert.Equal(t, 1, distance("form", "from"))
	assert.Equal(t, 3, distance("kitten", "sitting"))
}
