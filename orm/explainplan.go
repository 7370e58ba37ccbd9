package orm

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ormlab/ormlab/orm/driver"
)

// planLines are what a database returned, whose columns tell in which form.
type planLines struct {
	columns []driver.Column
	rows    [][]any
}

func (l planLines) at(row []any, name string) any {
	i := slices.IndexFunc(l.columns, func(c driver.Column) bool { return strings.EqualFold(c.Name, name) })
	if i < 0 {
		return nil
	}
	return row[i]
}

// text is a cell as text; empty for NULL.
func (l planLines) text(row []any, name string) string {
	if v := l.at(row, name); v != nil {
		return fmt.Sprint(v)
	}
	return ""
}

func (l planLines) has(name string) bool {
	return slices.ContainsFunc(l.columns, func(c driver.Column) bool { return strings.EqualFold(c.Name, name) })
}

func (l planLines) plan() Plan {
	switch {
	case l.has("detail") && l.has("parent"):
		return Plan{l.children(int64(0))}
	case l.has("select_type"):
		return l.table()
	}
	return l.tree()
}

// children are the steps of SQLite's plan, which name the steps they are in.
func (l planLines) children(parent int64) (steps []PlanStep) {
	for _, row := range l.rows {
		if p, _ := l.at(row, "parent").(int64); p != parent {
			continue
		}
		step := PlanStep{Text: l.text(row, "detail")}
		words := strings.Fields(step.Text)
		if len(words) > 1 && (words[0] == "SCAN" || words[0] == "SEARCH") && !strings.Contains(step.Text, "CONSTANT ROW") {
			step.Table, step.FullScan = words[1], words[0] == "SCAN"
			step.Index = after(words, "INDEX")
		}
		if id, ok := l.at(row, "id").(int64); ok && id != parent {
			step.Steps = l.children(id)
		}
		steps = append(steps, step)
	}
	return steps
}

// after is the word behind another one.
func after(words []string, word string) string {
	if i := slices.Index(words, word); i >= 0 && i+1 < len(words) {
		return strings.TrimRight(words[i+1], ":")
	}
	return ""
}

// table is the plan of MySQL and MariaDB: one row for each table.
func (l planLines) table() (p Plan) {
	for _, row := range l.rows {
		kind, table, key := l.text(row, "type"), l.text(row, "table"), l.text(row, "key")
		step := PlanStep{Table: table, Index: key, FullScan: strings.EqualFold(kind, "ALL") || strings.EqualFold(kind, "index")}
		step.Text = strings.TrimSpace(l.text(row, "select_type") + " " + table)
		for _, name := range []string{"type", "key", "ref", "rows", "r_rows", "Extra"} {
			if text := l.text(row, name); text != "" {
				step.Text += ", " + strings.ToLower(name) + " " + text
			}
		}
		if strings.HasPrefix(table, "<") {
			step.Table = ""
		}
		p.Steps = append(p.Steps, step)
	}
	return p
}

// tree is the plan of PostgreSQL, and of MySQL's EXPLAIN ANALYZE: lines of
// text, where -> begins a step and the indent tells what it is in.
func (l planLines) tree() Plan {
	root := &PlanStep{}
	type open struct {
		indent int
		step   *PlanStep
	}
	way := []open{{-1, root}}
	for _, row := range l.rows {
		for _, line := range strings.Split(fmt.Sprint(row[0]), "\n") {
			text := strings.TrimLeft(line, " ")
			indent := len(line) - len(text)
			head, isStep := strings.CutPrefix(text, "->")
			if text == "" {
				continue
			}
			if !isStep && len(way) > 1 {
				// PostgreSQL ends with lines about the whole, as far left as the first.
				at := way[len(way)-1].step
				if indent == 0 {
					at = way[1].step
				}
				at.Notes = append(at.Notes, text)
				continue
			}
			for len(way) > 1 && way[len(way)-1].indent >= indent {
				way = way[:len(way)-1]
			}
			parent := way[len(way)-1].step
			parent.Steps = append(parent.Steps, textStep(strings.TrimLeft(head, " ")))
			way = append(way, open{indent, &parent.Steps[len(parent.Steps)-1]})
		}
	}
	return Plan{root.Steps}
}

// textStep finds the table and the index in a line such as "Index Scan using
// pets_pkey on pets p  (cost=0.15..8.17 rows=1 width=8)".
func textStep(text string) PlanStep {
	step := PlanStep{Text: text}
	what, _, _ := strings.Cut(text, "  (")
	verb, _, _ := strings.Cut(what, " on ")
	words := strings.Fields(what)
	name := after(words, "on")
	switch {
	case name == "":
	case strings.HasSuffix(verb, "Bitmap Index Scan"):
		step.Index = name
	default:
		step.Table, step.Index = name, after(words, "using")
		if i := slices.Index(words, "on"); i+2 < len(words) {
			step.Table = words[i+2] // the name that it has in the statement
		}
		step.FullScan = strings.HasSuffix(verb, "Seq Scan")
	}
	return step
}
