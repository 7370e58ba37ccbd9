package checker

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRename(t *testing.T) {
	for _, c := range []struct{ name, text, to, want, refused string }{
		{"local", body("\tx| := 1\n\t_ = x"), "y", body("\ty := 1\n\t_ = y"), ""},
		{"shadowed", body("\tx| := 1\n\t{\n\t\tx := 2\n\t\t_ = x\n\t}\n\t_ = x"), "y", body("\ty := 1\n\t{\n\t\tx := 2\n\t\t_ = x\n\t}\n\t_ = y"), ""},
		{"taken", body("\tx| := 1\n\ty := 2\n\t_, _ = x, y"), "y", "", "no new variables"},
		{"captured", body("\tx| := 1\n\t{\n\t\ty := 2\n\t\t_, _ = x, y\n\t}"), "y", "", "the program would be wrong: declared and not used"},
		{"captured, and both used", body("\tx| := 1\n\t{\n\t\ty := 2\n\t\t_ = y\n\t\t_, _ = x, y\n\t}\n\t_ = x"), "y", "", "some uses would mean something else"},
		{"type switch", body("\tvar a any\n\tswitch x := a.(type) {\n\tcase int:\n\t\t_ = x|\n\tcase string:\n\t\t_ = x\n\t}"), "y", body("\tvar a any\n\tswitch y := a.(type) {\n\tcase int:\n\t\t_ = y\n\tcase string:\n\t\t_ = y\n\t}"), ""},
		{"embedded", "package main\n\ntype A| struct{ X int }\n\ntype B struct{ A }\n\nfunc main() { _ = B{A: A{1}}.A.X }\n", "C", "package main\n\ntype C struct{ X int }\n\ntype B struct{ C }\n\nfunc main() { _ = B{C: C{1}}.C.X }\n", ""},
		{"generic", "package main\n\ntype G[T any] struct{ V T }\n\nfunc (g G[T]) Get|() T { return g.V }\n\nfunc main() { _ = G[int]{V: 1}.Get() }\n", "Value", "package main\n\ntype G[T any] struct{ V T }\n\nfunc (g G[T]) Value() T { return g.V }\n\nfunc main() { _ = G[int]{V: 1}.Value() }\n", ""},
		{"field of a generic", "package main\n\ntype G[T any] struct{ V| T }\n\nfunc main() { _ = G[int]{V: 1}.V }\n", "W", "package main\n\ntype G[T any] struct{ W T }\n\nfunc main() { _ = G[int]{W: 1}.W }\n", ""},
		{"interface", "package main\n\ntype I interface{ M() }\n\ntype T struct{}\n\nfunc (T) M|() {}\n\nfunc main() { var i I = T{}; i.M() }\n", "N", "", "missing method M"},
		{"main", "package main\n\nfunc ma|in() {}\n", "start", "", "a program starts in func main"},
		{"of a package", body("\tstrings.ToU|pper(``)", "strings"), "x", "", "belongs to Go or to a package"},
		{"package itself", body("\tstri|ngs.ToUpper(``)", "strings"), "x", "", "is the name of a package"},
		{"no name", body("\tx| := 1\n\t_ = x"), "1x", "", `"1x" is not a name`},
		{"keyword", body("\tx| := 1\n\t_ = x"), "func", "", `"func" is not a name`},
		{"nothing here", body("|"), "x", "", "there is no name here"},
		{"builtin", body("\t_ = le|n(``)"), "x", "", "belongs to Go"},
		{"broken", body("\tx| := {"), "y", "", "mistakes in its syntax"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text, place := at(t, c.text)
			edits, err := newChecker(t).Rename(one(text), "main.go", place, c.to)
			if c.refused != "" {
				require.ErrorContains(t, err, c.refused)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, c.want, Apply(text, edits))
		})
	}
}

func TestRenameInAllFiles(t *testing.T) {
	text, place := at(t, "package main\n\nfunc main() { gre|et(); greet() }\n")
	files := []File{{"main.go", text}, {"greet.go", "package main\n\nfunc greet() {}\n"}}
	edits, err := newChecker(t).Rename(files, "main.go", place, "hello")
	require.NoError(t, err)
	assert.Equal(t, []File{{"main.go", "package main\n\nfunc main() { hello(); hello() }\n"}, {"greet.go", "package main\n\nfunc hello() {}\n"}}, applied(files, edits))
}
