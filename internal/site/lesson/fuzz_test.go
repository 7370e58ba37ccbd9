package lesson

import (
	"errors"
	"os"
	"regexp"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// unsafeMarkup is what the page's policy would refuse, as markup and not as
// text, where < is escaped.
var unsafeMarkup = regexp.MustCompile(`(?i)<(script|style|iframe)|<[^>]*\s(style|on[a-z]+)=|href="\s*javascript:`)

// FuzzLesson reads any text as a lesson: it gives problems or a page that
// keeps the policy.
func FuzzLesson(f *testing.F) {
	real, err := os.ReadFile("../testdata/checkout/lessons/01-hello/lesson.md")
	require.NoError(f, err)
	for _, text := range []string{
		string(real), "", "---", "---\n---\n", "---\ntitle: t\nsummary: s\n---\n::", "---\ntitle: t\nsummary: s\n---\n> ::step 01-a\n\n- ::step 01-a\n",
		"---\ntitle: t\nsummary: s\n---\n## <b>\n[x](javascript:alert(1)) ![a](javascript:x) <https://a>\n|a|\n|-:|\n|b|\n```go\n<b>\n",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		empty := &fstest.MapFile{}
		lessons, err := ReadAll(fstest.MapFS{
			"01-a/lesson.md":                    &fstest.MapFile{Data: []byte(text)},
			"01-a/01-a/main.go":                 &fstest.MapFile{Data: []byte("package main\n")},
			"01-a/01-a/testdata/output.txt":     empty,
			"01-a/01-a/testdata/statements.txt": empty,
		})
		var problems Problems
		if errors.As(err, &problems) {
			return
		}
		require.NoError(t, err)
		assert.Empty(t, unsafeMarkup.FindString(string(lessons[0].Body)))
	})
}
