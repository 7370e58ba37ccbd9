package lesson

import (
	"flag"
	"html"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite the goldens")

func fixture(t *testing.T) []*Lesson {
	t.Helper()
	lessons, err := ReadAll(os.DirFS("../testdata/checkout/lessons"))
	require.NoError(t, err)
	return lessons
}

func TestReadAll(t *testing.T) {
	lessons := fixture(t)
	require.Len(t, lessons, 2, "the package shared is no lesson")
	l := lessons[0]
	assert.Equal(t, "01-hello", l.Name)
	assert.Equal(t, "Hello, <tables>", l.Title)
	assert.Equal(t, "A program prints, and the page shows what it prints.", l.Summary)
	assert.Equal(t, []Heading{{"print-a-line", "Print a line"}, {"markup-is-data", "Markup is data"}}, l.Contents)
	require.Len(t, l.Steps, 2)
	assert.Equal(t, "01-hello/02-html", l.Steps[1].Path)
	assert.Equal(t, "main.go", l.Steps[1].Files[0].Name)
	assert.Equal(t, "line.go", l.Steps[1].Files[1].Name)
}

// TestBodyGolden shows the HTML that the page's script relies on.
func TestBodyGolden(t *testing.T) {
	for _, l := range fixture(t) {
		golden := "../testdata/golden/" + l.Name + ".html"
		if *update {
			require.NoError(t, os.WriteFile(golden, []byte(l.Body), 0o644))
		}
		want, err := os.ReadFile(golden)
		require.NoError(t, err)
		assert.Equal(t, string(want), string(l.Body))
	}
}

var (
	figures = regexp.MustCompile(`(?s)data-file="([^"]*)">.*?<code>(.*?)</code>`)
	tags    = regexp.MustCompile(`<[^>]*>`)
)

func TestCodeIsExactlyTheFile(t *testing.T) {
	for _, l := range fixture(t) {
		shown := figures.FindAllStringSubmatch(string(l.Body), -1)
		i := 0
		for _, step := range l.Steps {
			for _, file := range step.Files {
				require.Less(t, i, len(shown))
				assert.Equal(t, file.Name, shown[i][1])
				assert.Equal(t, file.Text, html.UnescapeString(tags.ReplaceAllString(shown[i][2], "")))
				i++
			}
		}
		assert.Len(t, shown, i)
	}
}

func TestHighlightKeepsTheText(t *testing.T) {
	for _, code := range []string{"", "\n", "package a", "x := `\n\n`\n\t", "<&>\"'\u00a0é\x00?", "/* open"} {
		for _, language := range []string{"go", "sql", "", "no such language"} {
			marked, err := highlight(language, code)
			require.NoError(t, err)
			want := strings.ReplaceAll(code, "\x00", "\ufffd")
			assert.Equal(t, want, html.UnescapeString(tags.ReplaceAllString(string(marked), "")), "%s %q", language, code)
		}
	}
}

func TestHeadingsLeaveTheStepsTheirAnchors(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	lessons, err := ReadAll(fstest.MapFS{
		"01-a/lesson.md":                    file("---\ntitle: t\nsummary: s\n---\n## 01 print\n::step 01-print\n"),
		"01-a/01-print/main.go":             file("package main\n"),
		"01-a/01-print/testdata/output.txt": file(""), "01-a/01-print/testdata/statements.txt": file(""),
	})
	require.NoError(t, err)
	assert.Equal(t, []Heading{{"01-print-1", "01 print"}}, lessons[0].Contents)
	assert.Contains(t, lessons[0].Body, `<orm-step id="01-print"`)
}

func TestProblemsAreListedTogether(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	_, err := ReadAll(fstest.MapFS{
		"01-bad/lesson.md": file(`---
summary: No title.
colour: blue
nonsense
---
# Level one

Text with <b>HTML</b>
and [a link](/absolute) and [another](http://plain.example).
[No lesson](../09-gone/), [no place](#gone), [a step](#01-a), [another's](../03-front/#gone), [host](//x/y).

::step 09-gone
::jump 01-a

` + "```klingon\nqapla\n```" + `

![](picture.png)

<div>
block
</div>

::step 01-a
::step 01-a
`),
		"01-bad/01-a/main.go":                 file("package main\n"),
		"01-bad/01-a/testdata/statements.txt": file(""),
		"01-bad/02-b/other.go":                file("package main\n"),
		"01-bad/02-b/testdata/output.txt":     file(""),
		"01-bad/02-b/testdata/statements.txt": file(""),
		"02-empty/01-a/main.go":               file("package main\n"),
		"03-front/lesson.md":                  file("No front matter.\n"),
		"04-open/lesson.md":                   file("---\ntitle: x\n"),
		"notalesson/lesson.md":                file("<b>"),
	})
	want := `lesson: reading the lessons: 24 problems
  01-bad/01-a/testdata/output.txt: the golden is missing: run make golden
  01-bad/02-b: the step has no main.go
  01-bad/lesson.md: the step 02-b has a folder and no line ::step 02-b in the text
  01-bad/lesson.md:1: the front matter has no title: add a line title: …
  01-bad/lesson.md:3: unknown key "colour": the keys are title and summary
  01-bad/lesson.md:4: "nonsense" is not of the form key: value
  01-bad/lesson.md:6: the heading "Level one" is of level 1, which is the title's: begin with ##
  01-bad/lesson.md:8: HTML is not shown: write Markdown, or put code between backquotes
  01-bad/lesson.md:8: HTML is not shown: write Markdown, or put code between backquotes
  01-bad/lesson.md:9: the link "/absolute" does not lead to a lesson: write ../NN-name/, which works wherever the site stands
  01-bad/lesson.md:9: the link "http://plain.example" is not an https link
  01-bad/lesson.md:10: the link "//x/y" is not an https link
  01-bad/lesson.md:10: the link "../09-gone/" leads to no lesson: there is no folder 09-gone
  01-bad/lesson.md:10: the link "#gone" leads to no heading or step of 01-bad
  01-bad/lesson.md:10: the link "../03-front/#gone" leads to no heading or step of 03-front
  01-bad/lesson.md:12: unknown step "09-gone": there is no folder 01-bad/09-gone
  01-bad/lesson.md:13: unknown directive ::jump: the only one is ::step NN-name
  01-bad/lesson.md:15: the code has the unknown language "klingon"
  01-bad/lesson.md:19: the image picture.png would not be on the page: a lesson is text, code and steps
  01-bad/lesson.md:21: HTML is not shown: write Markdown, or put code between backquotes
  01-bad/lesson.md:26: the step 01-a already stands in line 25
  02-empty/lesson.md: there is no lesson.md in this folder: write it, with a title and a summary between two lines ---
  03-front/lesson.md:1: the file begins without front matter: start it with ---, title: …, summary: …, ---
  04-open/lesson.md:1: the front matter has no second line ---`
	require.Error(t, err)
	assert.Equal(t, want, err.Error())
	var problems Problems
	require.ErrorAs(t, err, &problems)
}

// TestTheLessonsAreSound reads the lessons of this repository.
func TestTheLessonsAreSound(t *testing.T) {
	lessons, err := ReadAll(os.DirFS("../../../lessons"))
	require.NoError(t, err)
	assert.NotEmpty(t, lessons)
}
