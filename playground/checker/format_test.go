package checker

import (
	"go/format"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFormat(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"layout", "package main\nfunc main(){\nx:=1\n_=x}\n", "package main\n\nfunc main() {\n\tx := 1\n\t_ = x\n}\n"},
		{"unused import goes", "package main\n\nimport (\n\t\"fmt\"\n\t\"os\"\n)\n\nfunc main() { fmt.Println() }\n", "package main\n\nimport (\n\t\"fmt\"\n)\n\nfunc main() { fmt.Println() }\n"},
		{"the only one goes with its declaration", "package main\n\nimport \"os\"\n\nfunc main() {}\n", "package main\n\nfunc main() {}\n"},
		{"all go", "package main\n\nimport (\n\t\"fmt\"\n\t\"os\"\n)\n\nfunc main() {}\n", "package main\n\nimport ()\n\nfunc main() {}\n"},
		{"missing comes", "package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println(strings.ToUpper(``), os.Args, rand.N(3)) }\n", "package main\n\nimport \"fmt\"\nimport \"math/rand/v2\"\nimport \"os\"\nimport \"strings\"\n\nfunc main() { fmt.Println(strings.ToUpper(``), os.Args, rand.N(3)) }\n"},
		{"into its group", "package main\n\nimport (\n\t\"fmt\"\n\n\t\"" + ormPath + "\"\n)\n\nvar _ orm.Options\n\nfunc main() { fmt.Println(os.Args) }\n", "package main\n\nimport (\n\t\"fmt\"\n\t\"os\"\n\n\t\"" + ormPath + "\"\n)\n\nvar _ orm.Options\n\nfunc main() { fmt.Println(os.Args) }\n"},
		{"a blank import stays", "package main\n\nimport _ \"os\"\n\nfunc main() {}\n", "package main\n\nimport _ \"os\"\n\nfunc main() {}\n"},
		{"nothing to do", pets, pets},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := one(c.text)
			edits, err := newChecker(t).Format(files, "main.go")
			require.NoError(t, err)
			after := Apply(c.text, edits)
			assert.Equal(t, c.want, after)
			formatted, err := format.Source([]byte(after))
			require.NoError(t, err)
			assert.Equal(t, string(formatted), after)
			if c.text == c.want {
				assert.Empty(t, edits)
			}
		})
	}
	_, err := newChecker(t).Format(one("package main\n\nfunc main() {\n"), "main.go")
	assert.EqualError(t, err, "main.go:4: syntax error: expected ';', found 'EOF'")
	_, err = newChecker(t).Format(nil, "main.go")
	assert.EqualError(t, err, "there is no file main.go")
}

// Of a text of which two lines change, the others are not touched.
func TestLineEdits(t *testing.T) {
	edits := lineEdits("a", "1\n2 😀\n3\n4\n5\n", "1\n2 😀\n3x\n4\n5y\n6\n")
	assert.Equal(t, []Edit{{Span{"a", 7, 9}, "3x\n"}, {Span{"a", 11, 13}, "5y\n6\n"}}, edits)
}

func FuzzLineEdits(f *testing.F) {
	f.Add("a\nb\n\nc", "a\n\nc\nd\n")
	f.Fuzz(func(t *testing.T, before, after string) {
		before, after = strings.ToValidUTF8(before, "?"), strings.ToValidUTF8(after, "?")
		assert.Equal(t, after, Apply(before, lineEdits("a", before, after)))
	})
}
