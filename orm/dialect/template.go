package dialect

import (
	"strings"
	"time"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
)

// template is what a cache keeps of a statement: its SQL, and where the
// arguments come from. It does not change.
type template struct {
	sql      string
	args     []source
	lists    []int // the items that are lists
	lengths  []int // of those lists, in sql
	places   []place
	same     [][2]int // items that were one value
	warnings []string
	since    time.Time
	took     time.Duration
}

// source says where an argument, or those of a list, come from.
type source struct {
	item  int          // of the key; -1 for a value of the compiler's own
	own   driver.Value // that value
	first int          // number of the argument in sql, counted from 0
	null  bool
}

// newTemplate joins what the key writer and the compiler saw of one statement.
// It returns nil if it is not certain what each argument is.
func newTemplate(w *keyWriter, c *Compiled, tr *trace) *template {
	if len(tr.origins) != len(c.Args) {
		return nil
	}
	t := &template{sql: c.SQL, warnings: c.Warnings, since: c.Since, took: c.Took}
	for i, it := range w.items {
		if it.list {
			t.lists, t.lengths = append(t.lists, i), append(t.lengths, it.n)
		}
	}
	items, ok := t.findItems(w)
	if !ok || !t.findSources(w, c, tr, items) {
		return nil
	}
	if len(t.lists) > 0 {
		t.places = tr.places
		if !t.expandable(w) {
			return nil
		}
	}
	return t
}

// findItems finds the item of each value, and those items that share a value
// of the tree, so that nobody can tell which of them an argument is.
func (t *template) findItems(w *keyWriter) (items map[*expr.Bind]int, ok bool) {
	items = make(map[*expr.Bind]int, len(w.slots))
	for i, it := range w.items {
		for j, b := range w.slots[it.from : it.from+it.n] {
			other, twice := items[b]
			switch {
			case !twice:
				items[b] = i
			case other == i || it.list != w.items[other].list || it.n != w.items[other].n:
				return nil, false
			case j == 0:
				t.same = append(t.same, [2]int{other, i})
			}
		}
	}
	return items, true
}

// findSources finds what each argument is.
func (t *template) findSources(w *keyWriter, c *Compiled, tr *trace, items map[*expr.Bind]int) bool {
	for i := 0; i < len(c.Args); {
		o := tr.origins[i]
		if o.own {
			t.args = append(t.args, source{item: -1, own: c.Args[i], first: i})
			i++
			continue
		}
		at, ok := itemOf(o, items, w.texts)
		if !ok {
			return false
		}
		it := w.items[at]
		if it.list && !isRun(tr.origins[i:], w.slots[it.from:it.from+it.n]) {
			return false
		}
		t.args = append(t.args, source{item: at, first: i, null: c.Args[i].IsNull()})
		i += it.n
	}
	return t.usesAll(w)
}

// usesAll says whether each value of the tree is an argument. The SQL may
// depend on one that is not, because it was written as a literal.
func (t *template) usesAll(w *keyWriter) bool {
	used := make([]bool, len(w.items))
	for _, s := range t.args {
		if s.item >= 0 {
			used[s.item] = true
		}
	}
	for _, pair := range t.same {
		used[pair[1]] = true
	}
	for _, u := range used {
		if !u {
			return false
		}
	}
	return true
}

func itemOf(o origin, items map[*expr.Bind]int, texts []textItem) (int, bool) {
	if o.bind != nil {
		i, ok := items[o.bind]
		return i, ok
	}
	for _, text := range texts {
		if text.origin == o.text {
			return text.item, true
		}
	}
	return 0, false
}

// isRun says whether arguments are the members of a list, in order.
func isRun(origins []origin, list []*expr.Bind) bool {
	if len(origins) < len(list) {
		return false
	}
	for i, b := range list {
		if origins[i].bind != b {
			return false
		}
	}
	return true
}

// expandable says whether each list stands in the SQL as placeholders with
// commas between them, and nothing else refers to an argument of one.
func (t *template) expandable(w *keyWriter) bool {
	next := 0
	for _, s := range t.args {
		n := 1
		if s.item >= 0 {
			n = w.items[s.item].n
		}
		for i := range n {
			if next == len(t.places) || t.places[next].arg != s.first+i {
				return false
			}
			if i > 0 && t.sql[t.places[next-1].to:t.places[next].from] != ", " {
				return false
			}
			next++
		}
	}
	return next == len(t.places)
}

// fits says whether the statement whose key was written has the same values in
// all places where the template knows only one.
func (t *template) fits(w *keyWriter) bool {
	for _, pair := range t.same {
		a, b := w.items[pair[0]], w.items[pair[1]]
		if a.n != b.n {
			return false
		}
		for i := range a.n {
			if w.slots[a.from+i] != w.slots[b.from+i] {
				return false
			}
		}
	}
	return true
}

// arguments returns the values of a statement of the same key. It fails where
// compiling would, or where the SQL would be another.
func (t *template) arguments(w *keyWriter) ([]driver.Value, bool) {
	if len(t.args) == 0 {
		return nil, true
	}
	total := 0
	for i := range t.args {
		if item := t.args[i].item; item < 0 {
			total++
		} else {
			total += w.items[item].n
		}
	}
	if total > w.features.MaxArgs {
		return nil, false
	}
	args := make([]driver.Value, 0, total)
	for i := range t.args {
		s := &t.args[i]
		if s.item < 0 {
			args = append(args, s.own)
			continue
		}
		it := w.items[s.item]
		for _, b := range w.slots[it.from : it.from+it.n] {
			v, err := convert(b.Type, b.Value)
			if err != nil || v.IsNull() != s.null {
				return nil, false
			}
			args = append(args, v)
		}
	}
	return args, true
}

// expand returns the SQL for lists of other lengths.
func (t *template) expand(w *keyWriter) string {
	var sql strings.Builder
	sql.Grow(len(t.sql) + 64)
	at, n, next := 0, 0, 0 // in t.sql, of arguments, in t.places
	for _, s := range t.args {
		old, now := 1, 1
		if s.item >= 0 {
			now = w.items[s.item].n
			if w.items[s.item].list {
				old = t.length(s.item)
			}
		}
		sql.WriteString(t.sql[at:t.places[next].from])
		for i := range now {
			if i > 0 {
				sql.WriteString(", ")
			}
			n++
			writePlaceholder(&sql, w.features, n)
		}
		next += old
		at = t.places[next-1].to
	}
	sql.WriteString(t.sql[at:])
	return sql.String()
}

// length is how long a list is in the SQL of the template.
func (t *template) length(item int) int {
	for i, list := range t.lists {
		if list == item {
			return t.lengths[i]
		}
	}
	return 1
}

// hasLengths says whether the statement's lists are as long as these.
func hasLengths(w *keyWriter, lists, lengths []int) bool {
	for i, item := range lists {
		if w.items[item].n != lengths[i] {
			return false
		}
	}
	return true
}
