package lessons_test

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/lessons/census"
	"github.com/ormlab/ormlab/orm"
	_ "github.com/ormlab/ormlab/orm/dialect/sqlite"
)

const (
	maxWords    = 120 // of the prose about one step
	maxNewLines = 15  // that a step has and the one before has not
)

var (
	codeBlock = regexp.MustCompile("(?ms)^```.*?^```$")
	stepLine  = regexp.MustCompile(`(?m)^::step (\S+)$`)
	thousands = regexp.MustCompile(`[0-9]{1,3}(?:,[0-9]{3})+`)
)

// prose is what a lesson says, without code.
func prose(t *testing.T, lesson string) string {
	t.Helper()
	return codeBlock.ReplaceAllString(readFile(t, filepath.Join(lesson, "lesson.md")), "")
}

func lessonNames(t *testing.T) (names []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(pattern, "lesson.md"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		names = append(names, filepath.Dir(file))
	}
	return names
}

// TestSections wants one idea a section: a short text, one step, a question
// before it and something to do after it.
func TestSections(t *testing.T) {
	var inText []string
	for _, lesson := range lessonNames(t) {
		sections := strings.Split(prose(t, lesson), "\n## ")
		for _, section := range sections[1:] {
			title, text, _ := strings.Cut(section, "\n")
			where := lesson + ", " + title
			steps := stepLine.FindAllStringSubmatchIndex(text, -1)
			if !assert.Len(t, steps, 1, "%s: one step a section", where) {
				continue
			}
			before, after := text[:steps[0][0]], text[steps[0][1]:]
			inText = append(inText, lesson+"/"+text[steps[0][2]:steps[0][3]])
			assert.LessOrEqual(t, len(strings.Fields(before+after)), maxWords, "%s: words", where)
			assert.Regexp(t, `\*\*(Predict|Run it twice)`, before, "%s: an act before the run", where)
			assert.Contains(t, after, "**Change it:**", "%s: an act after the run", where)
		}
	}
	var onDisk []string
	for _, s := range lessonSteps(t) {
		onDisk = append(onDisk, s.dir)
	}
	assert.Equal(t, onDisk, inText, "the steps in the text, in order")
}

// TestNewLines wants that a step builds on the one before.
func TestNewLines(t *testing.T) {
	known := map[string]bool{}
	for i, s := range lessonSteps(t) {
		var added []string
		for _, file := range s.sources(t) {
			for line := range strings.Lines(readFile(t, file)) {
				line = strings.TrimSpace(line)
				if !known[line] && strings.Trim(line, "(){}") != "" && !strings.HasPrefix(line, "//") {
					added = append(added, line)
				}
				known[line] = true
			}
		}
		if i > 0 {
			assert.LessOrEqual(t, len(added), maxNewLines, "%s: new lines:\n%s", s.dir, strings.Join(added, "\n"))
		}
	}
}

// TestSecondFiles wants a file that stands in several steps, beside main.go,
// to be the same in all.
func TestSecondFiles(t *testing.T) {
	first := map[string]string{}
	for _, s := range allSteps(t) {
		for _, file := range s.sources(t) {
			name := filepath.Base(file)
			if name == "main.go" {
				continue
			}
			if first[name] == "" {
				first[name] = file
			}
			assert.Equal(t, readFile(t, first[name]), readFile(t, file), "%s and %s", first[name], file)
		}
	}
	assert.NotEmpty(t, first)
}

// TestFigures checks the figures that the prose gives. Those in facts.txt, as
// "figure: SQL", are true on the census. A figure of thousands that is not
// there stands in what a step prints or sends.
func TestFigures(t *testing.T) {
	ctx := context.Background()
	engine, err := orm.Open("sqlite://", orm.Options{})
	require.NoError(t, err)
	defer engine.Close()
	require.NoError(t, census.Load(ctx, engine))
	for _, lesson := range lessonNames(t) {
		text, known := prose(t, lesson), goldensOf(t, lesson)
		facts, err := os.ReadFile(filepath.Join(lesson, "testdata", "facts.txt"))
		if !os.IsNotExist(err) {
			require.NoError(t, err)
		}
		for fact := range strings.Lines(string(facts)) {
			figure, query, ok := strings.Cut(strings.TrimSpace(fact), ": ")
			require.True(t, ok, "%s: %q is not of the form figure: SQL", lesson, fact)
			row, err := orm.Text(query).One(ctx, engine)
			require.NoError(t, err)
			assert.Equal(t, "("+strings.ReplaceAll(figure, ",", "")+")", row.String(), "%s: %s", lesson, query)
			assert.Regexp(t, `(?m)(^|[^0-9,])`+figure+`($|[^0-9,])`, text, "%s: a fact of which the text does not speak", lesson)
			known += " " + strings.ReplaceAll(figure, ",", "") + " "
		}
		for _, figure := range thousands.FindAllString(text, -1) {
			assert.Regexp(t, `\b`+strings.ReplaceAll(figure, ",", "")+`\b`, known, "%s: where does %s come from? add it to facts.txt", lesson, figure)
		}
	}
}

// goldensOf is all that the steps of a lesson print and send.
func goldensOf(t *testing.T, lesson string) string {
	var b strings.Builder
	for _, s := range allSteps(t) {
		if s.lesson() == lesson {
			b.WriteString(readFile(t, s.golden("output.txt")) + readFile(t, s.golden("statements.txt")))
		}
	}
	return b.String()
}
