package lesson

import (
	"bytes"
	"strings"
)

const fence = "---"

// readFrontMatter takes title and summary from the lines between the two
// fences and leaves the rest as the source of the body.
func (r *reader) readFrontMatter(text []byte) {
	r.source = text
	lines := bytes.SplitAfter(text, []byte("\n"))
	if string(bytes.TrimSpace(lines[0])) != fence {
		r.report(1, "the file begins without front matter: start it with ---, title: …, summary: …, ---")
		return
	}
	length := len(lines[0])
	for i, line := range lines[1:] {
		length += len(line)
		if string(bytes.TrimSpace(line)) == fence {
			r.source, r.before = text[length:], i+2
			r.requireFrontMatter()
			return
		}
		r.readKey(i+2, strings.TrimSpace(string(line)))
	}
	r.report(1, "the front matter has no second line ---")
}

func (r *reader) readKey(number int, line string) {
	if line == "" {
		return
	}
	key, value, ok := strings.Cut(line, ":")
	if !ok {
		r.report(number, "%q is not of the form key: value", line)
		return
	}
	value = strings.TrimSpace(value)
	switch key {
	case "title":
		r.lesson.Title = value
	case "summary":
		r.lesson.Summary = value
	default:
		r.report(number, "unknown key %q: the keys are title and summary", key)
	}
}

func (r *reader) requireFrontMatter() {
	if r.lesson.Title == "" {
		r.report(1, "the front matter has no title: add a line title: …")
	}
	if r.lesson.Summary == "" {
		r.report(1, "the front matter has no summary: add a line summary: …")
	}
}
