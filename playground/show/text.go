package show

import (
	"strconv"
	"strings"
)

// widest is how many columns of a terminal a cell may take.
const widest = 60

// text is the table as it is printed: names, a line, rows. Numbers stand at
// the right. It ends in a newline, and no line in a space.
func (t *table) text() string { return t.textOf(MaxText) }

// textOf is the text of at most some rows.
func (t *table) textOf(most int) string {
	rows := t.rows[:min(len(t.rows), most)]
	texts := make([][]string, len(rows))
	widths := make([]int, len(t.columns))
	header := make([]string, len(t.columns))
	for j, c := range t.columns {
		header[j] = printable(c.name)
		widths[j] = width(header[j])
	}
	for i, row := range rows {
		texts[i] = make([]string, len(row))
		for j, c := range row {
			texts[i][j] = c.printed()
			widths[j] = max(widths[j], width(texts[i][j]))
		}
	}
	var b strings.Builder
	if t.title != "" {
		b.WriteString(printable(t.title) + "\n")
	}
	t.writeLine(&b, header, widths)
	t.writeRule(&b, widths)
	for _, line := range texts {
		t.writeLine(&b, line, widths)
	}
	switch more := t.total - len(rows); {
	case t.total == 0:
		b.WriteString("(no rows)\n")
	case more == 1:
		b.WriteString("… 1 more row\n")
	case more > 1:
		b.WriteString("… " + thousands(more) + " more rows\n")
	}
	return b.String()
}

func (c cell) printed() string {
	if c.kind == null {
		return "NULL"
	}
	return shorten(printable(c.text))
}

func (t *table) writeLine(b *strings.Builder, texts []string, widths []int) {
	var line strings.Builder
	for j, text := range texts {
		if j > 0 {
			line.WriteString("  ")
		}
		padding := strings.Repeat(" ", widths[j]-width(text))
		if isNumber(t.columns[j].kind) {
			line.WriteString(padding + text)
		} else {
			line.WriteString(text + padding)
		}
	}
	b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
}

func (t *table) writeRule(b *strings.Builder, widths []int) {
	rules := make([]string, len(widths))
	for j, w := range widths {
		rules[j] = strings.Repeat("-", w)
	}
	b.WriteString(strings.TrimRight(strings.Join(rules, "  "), " ") + "\n")
}

// printable writes control characters as Go does: they must not move the
// cursor, and a row is one line.
func printable(s string) string {
	clean := true
	for _, r := range s {
		if !strconv.IsPrint(r) {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if strconv.IsPrint(r) {
			b.WriteRune(r)
			continue
		}
		quoted := strconv.QuoteRune(r)
		b.WriteString(quoted[1 : len(quoted)-1])
	}
	return b.String()
}

// shorten cuts a text that is wider than a cell may be.
func shorten(s string) string {
	if width(s) <= widest {
		return s
	}
	used := 0
	for i, r := range s {
		if used += runeWidth(r); used > widest-1 {
			return s[:i] + "…"
		}
	}
	return s
}

// thousands writes 8722 as 8,722.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
