package orm

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// Join puts the rows of another table beside those that are read, where the
// conditions hold. Without conditions the tables are joined by the foreign key
// between them; if there is none, or several, that is an error.
func (s SelectStmt) Join(to Source, on ...Cond) SelectStmt { return s.join(expr.InnerJoin, to, on) }

// LeftJoin is [SelectStmt.Join] that also keeps the rows that have nothing
// beside them; the other table's columns are NULL there.
func (s SelectStmt) LeftJoin(to Source, on ...Cond) SelectStmt { return s.join(expr.LeftJoin, to, on) }

// RightJoin is [SelectStmt.Join] that also keeps the other table's rows that
// have nothing beside them.
func (s SelectStmt) RightJoin(to Source, on ...Cond) SelectStmt {
	return s.join(expr.RightJoin, to, on)
}

// FullJoin is [SelectStmt.Join] that also keeps the rows of both sides that
// have nothing beside them.
func (s SelectStmt) FullJoin(to Source, on ...Cond) SelectStmt { return s.join(expr.FullJoin, to, on) }

// CrossJoin puts every row of the other table beside every row.
func (s SelectStmt) CrossJoin(to Source) SelectStmt { return s.join(expr.CrossJoin, to, nil) }

func (s SelectStmt) join(kind expr.JoinKind, to Source, on []Cond) SelectStmt {
	right, err := to.source()
	if err != nil {
		s.err = errors.Join(s.err, err)
		return s
	}
	var from []expr.Source
	if p, ok := to.(pathJoiner); ok {
		from, err = p.joinTo(s.reads(right), kind, on)
	} else {
		from, err = joined(s.reads(right), right, kind, and(nil, on))
	}
	if err != nil {
		s.err = errors.Join(s.err, err)
		return s
	}
	s.node.From = from
	return s
}

// pathJoiner is a source that knows how it is joined: see [Along].
type pathJoiner interface {
	joinTo(from []expr.Source, kind expr.JoinKind, on []Cond) ([]expr.Source, error)
}

// reads are the sources that the statement reads so far, other than one that
// is to be joined.
func (s SelectStmt) reads(joining expr.Source) []expr.Source {
	if len(s.node.From) > 0 {
		return slices.Clone(s.node.From)
	}
	var list []expr.Source
	for _, e := range s.node.Columns {
		expr.Sources(e, func(source expr.Source) {
			if !expr.Same(source, joining) && !slices.ContainsFunc(list, func(other expr.Source) bool { return expr.Same(other, source) }) {
				list = append(list, source)
			}
		})
	}
	return list
}

// joined is the list of sources with one more joined to it.
func joined(from []expr.Source, right expr.Source, kind expr.JoinKind, on expr.Expr) ([]expr.Source, error) {
	if len(from) == 0 {
		return nil, fmt.Errorf("orm: joining %s: the statement reads no other table yet; say which with From", sourceName(right))
	}
	at := len(from) - 1
	switch {
	case kind == expr.CrossJoin:
	case on != nil:
		at = mentioned(from, on, at)
	default:
		var err error
		if at, on, err = inferred(from, right); err != nil {
			return nil, err
		}
	}
	from[at] = &expr.Join{Kind: kind, Left: from[at], Right: right, On: on}
	return from, nil
}

// mentioned is the first of the sources that the condition has columns of.
func mentioned(from []expr.Source, on expr.Expr, otherwise int) int {
	at := -1
	expr.Sources(on, func(source expr.Source) {
		for i, s := range from {
			expr.Leaves(s, func(leaf expr.Source) {
				if at < 0 && expr.Same(leaf, source) {
					at = i
				}
			})
		}
	})
	if at < 0 {
		return otherwise
	}
	return at
}

// way is a foreign key by which a source can be joined to the one at an index.
type way struct {
	at   int
	on   expr.Expr
	text string
}

// inferred finds the one foreign key between right and one of the sources.
func inferred(from []expr.Source, right expr.Source) (int, expr.Expr, error) {
	var ways []way
	var names []string
	for i, s := range from {
		expr.Leaves(s, func(left expr.Source) {
			names = append(names, sourceName(left))
			ways = append(ways, waysBetween(i, left, right)...)
			ways = append(ways, waysBetween(i, right, left)...)
		})
	}
	switch len(ways) {
	case 1:
		return ways[0].at, ways[0].on, nil
	case 0:
		return 0, nil, fmt.Errorf("orm: joining %s: no foreign key leads from it to %s, or back; give the condition of the join behind it",
			sourceName(right), strings.Join(names, " or "))
	}
	var texts []string
	for _, w := range ways {
		texts = append(texts, w.text)
	}
	return 0, nil, fmt.Errorf("orm: joining %s: there is more than one foreign key to join by: %s; give the condition of the join behind it",
		sourceName(right), strings.Join(texts, "; "))
}

// waysBetween are the foreign keys by which one source refers to another.
func waysBetween(at int, referring, referred expr.Source) (ways []way) {
	t, target := tableOf(referring), tableOf(referred)
	if t == nil || target == nil {
		return nil
	}
	for _, key := range t.AllForeignKeys() {
		if t.TargetOf(key) != target.FullName() {
			continue
		}
		var parts []expr.Expr
		for i, name := range key.Columns {
			from, to := t.Column(name), target.Column(key.Targets[i])
			if from == nil || to == nil {
				parts = nil
				break
			}
			parts = append(parts, expr.Binary{Op: expr.Eq, Left: columnIn(referred, to), Right: columnIn(referring, from)})
		}
		if len(parts) > 0 {
			ways = append(ways, way{at, conjunction(parts), sourceName(referring) + "." + strings.Join(key.Columns, ", ")})
		}
	}
	return ways
}

func conjunction(parts []expr.Expr) expr.Expr {
	if len(parts) == 1 {
		return parts[0]
	}
	return expr.Junction{Operands: parts}
}

// tableOf is the table behind a source; nil if it is derived.
func tableOf(s expr.Source) *schema.Table {
	switch s := s.(type) {
	case expr.Table:
		return s.Table
	case *expr.Alias:
		return s.Of
	}
	return nil
}

func columnIn(s expr.Source, c *schema.Column) expr.Expr {
	if _, ok := s.(expr.Table); ok {
		return expr.Column{Column: c}
	}
	return expr.Column{Column: c, Of: s}
}

// sourceName is how messages call a source.
func sourceName(s expr.Source) string {
	if name := expr.SourceName(s); name != "" {
		return name
	}
	return "the subquery"
}
