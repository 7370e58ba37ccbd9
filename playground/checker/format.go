package checker

import (
	"errors"
	"fmt"
	"go/format"
	"slices"
	"strings"
)

// Format gives the edits that make a file look as gofmt would have it, without
// imports that are not used and with those that are missing. The error of a
// file that cannot be formatted names its first mistake.
func (c *Checker) Format(files []File, name string) ([]Edit, error) {
	p := c.load(files)
	file := p.index(name)
	if file < 0 {
		return nil, fmt.Errorf("there is no file %s", name)
	}
	before := p.files[file].Text
	after := before
	for _, f := range p.syntax {
		if span, ok := p.span(f.pos, f.pos); ok && span.File == name {
			line := strings.Count(before[:fromUTF16(before, span.From)], "\n") + 1
			return nil, fmt.Errorf("%s:%d: %s", name, line, f.text)
		}
	}
	if len(p.syntax) == 0 {
		var edits []Edit
		for _, spec := range p.unusedImports(file) {
			edits = append(edits, p.removal(spec))
		}
		after = Apply(before, edits)
	}
	for _, path := range c.missingImports(p, file) {
		changed := c.check([]File{{name, after}})
		if edit, ok := c.importEdit(changed, name, path); ok {
			after = Apply(after, []Edit{edit})
		}
		c.fset.RemoveFile(changed.tokens[0])
	}
	formatted, err := format.Source([]byte(after))
	if err != nil {
		return nil, errors.New("it does not parse")
	}
	return lineEdits(name, before, string(formatted)), nil
}

// Apply makes the edits of one file.
func Apply(text string, edits []Edit) string {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b Edit) int { return b.From - a.From })
	for _, e := range edits {
		from, to := fromUTF16(text, e.From), fromUTF16(text, e.To)
		text = text[:from] + e.Text + text[to:]
	}
	return text
}

// lineEdits turn one text into another by replacing no more lines than differ,
// so that what an editor knows of places in the others stays true.
func lineEdits(name, before, after string) (edits []Edit) {
	a, b := strings.SplitAfter(before, "\n"), strings.SplitAfter(after, "\n")
	at := 0 // in before, in UTF-16 units
	for i, j := 0, 0; i < len(a) || j < len(b); {
		if i < len(a) && j < len(b) && a[i] == b[j] {
			at += toUTF16(a[i], len(a[i]))
			i, j = i+1, j+1
			continue
		}
		m, n := resume(a[i:], b[j:])
		old := strings.Join(a[i:i+m], "")
		to := at + toUTF16(old, len(old))
		edits = append(edits, Edit{Span{name, at, to}, strings.Join(b[j:j+n], "")})
		at, i, j = to, i+m, j+n
	}
	return edits
}

// resume says after how many lines of each the two texts go on alike, with as
// few lines skipped as possible.
func resume(a, b []string) (m, n int) {
	for skipped := 1; skipped < min(len(a)+len(b), 200); skipped++ {
		for m = max(0, skipped-len(b)); m <= min(skipped, len(a)); m++ {
			n = skipped - m
			if m < len(a) && n < len(b) && a[m] == b[n] {
				return m, n
			}
		}
	}
	return len(a), len(b)
}
