package orm

import (
	"fmt"
	"unsafe"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/mapper"
)

// Along is the other end of a relationship as a source to join. It brings the
// condition of the join with it, and that of a secondary table; more conditions
// are added to ON:
//
//	Users.Select().Join(orm.Along(&Users.F.Comments), orm.C(&Comments.F.Hidden).Eq(false))
func Along(relationship Handle) Path {
	r, of, err := relationOf(relationship)
	return Path{relation: r, left: of, err: err}
}

// Path is what [Along] returns.
type Path struct {
	relation *mapper.Relation
	left, to expr.Source // nil for the tables themselves
	err      error
}

// To reads the other end under the name of an alias, which a relationship from
// a model to itself needs:
//
//	replies := Posts.As("replies")
//	Posts.Select().Join(orm.Along(&Posts.F.Replies).To(replies))
func (p Path) To(alias Source) Path {
	source, err := alias.source()
	switch {
	case p.err != nil:
		return p
	case err != nil:
		p.err = err
	case tableOf(source) != p.relation.Target.Table:
		p.err = fmt.Errorf("orm: %s leads to the table %s, not to %s", p.relation.Path, p.relation.Target.Table.FullName(), sourceName(source))
	}
	p.to = source
	return p
}

func (p Path) source() (expr.Source, error) {
	if p.err != nil {
		return nil, p.err
	}
	return p.target(), nil
}

func (p Path) target() expr.Source {
	if p.to != nil {
		return p.to
	}
	return sourceOf(p.relation.Target)
}

func (p Path) columns() []expr.Expr {
	if p.err != nil {
		return []expr.Expr{expr.Invalid{Err: p.err}}
	}
	return allColumns(p.relation.Target, p.to)
}

// joinTo is the join of the other end to the sources that are read.
func (p Path) joinTo(from []expr.Source, kind expr.JoinKind, on []Cond) ([]expr.Source, error) {
	left := p.left
	if left == nil {
		left = expr.Table{Table: p.relation.Owner.Table}
	}
	at := -1
	for i, s := range from {
		expr.Leaves(s, func(leaf expr.Source) {
			if expr.Same(leaf, left) {
				at = i
			}
		})
	}
	if at < 0 {
		return nil, fmt.Errorf("orm: joining along %s: the statement does not read %s", p.relation.Path, sourceName(left))
	}
	from[at] = joinAlong(p.relation, from[at], left, p.target(), nil, kind, both1(ofClass(p.relation.Target, p.target()), and(nil, on)))
	return from, nil
}

// joinAlong joins the other end of a relationship, target, to what is read
// already, of which left has the relationship. Link is the secondary table's
// alias; nil for itself.
func joinAlong(r *mapper.Relation, read, left, target, link expr.Source, kind expr.JoinKind, more expr.Expr) expr.Source {
	if r.Secondary == nil {
		return &expr.Join{Kind: kind, Left: read, Right: target, On: both(pairs(r, left, target), more)}
	}
	if link == nil {
		link = expr.Table{Table: r.Secondary}
	}
	toLink, toTarget := linkPairs(r, left, link), both(conjunction(linkEquals(r, target, link)), more)
	on := onIn(r, left, target, link)
	if kind == expr.InnerJoin {
		inner := &expr.Join{Kind: kind, Left: read, Right: link, On: toLink}
		return &expr.Join{Kind: kind, Left: inner, Right: target, On: both(toTarget, on)}
	}
	toLink = both(toLink, on) // the join inside does not see the owner
	return &expr.Join{Kind: kind, Left: read, On: toLink,
		Right: &expr.Join{Kind: expr.InnerJoin, Left: link, Right: target, On: toTarget}}
}

// both is a AND b, where b may be nil.
func both(a, b expr.Expr) expr.Expr {
	if b == nil {
		return a
	}
	return and(a, []Cond{{b}})
}

// pairs is the condition of a relationship without a secondary table.
func pairs(r *mapper.Relation, left, target expr.Source) expr.Expr {
	var parts []expr.Expr
	for i, f := range r.Local {
		parts = append(parts, expr.Binary{Op: expr.Eq, Left: inSource(left, f), Right: inSource(target, r.Remote[i])})
	}
	return joinCondition(parts, onIn(r, left, target, nil))
}

// joinCondition is a key's equality, of which there may be none, and what must hold
// besides, which may be nil.
func joinCondition(parts []expr.Expr, on expr.Expr) expr.Expr {
	if len(parts) == 0 {
		return on
	}
	return both(conjunction(parts), on)
}

// onIn is the relationship's own condition, with columns of those sources; nil
// if it has none. A source that is nil is its table.
func onIn(r *mapper.Relation, left, target, link expr.Source) expr.Expr {
	return onWith(r, target, link, func(c expr.Column) expr.Expr { return columnOf(left, c) })
}

func onWith(r *mapper.Relation, target, link expr.Source, owner func(expr.Column) expr.Expr) expr.Expr {
	if r.On == nil {
		return nil
	}
	return expr.Replace(r.On, func(c expr.Column) expr.Expr {
		switch s := expr.SourceOf(c); {
		case s == nil:
		case expr.Same(s, r.OnTarget):
			return columnOf(target, c)
		case expr.Same(s, expr.Table{Table: r.Owner.Table}):
			return owner(c)
		case r.Secondary != nil && expr.Same(s, expr.Table{Table: r.Secondary}):
			return columnOf(link, c)
		}
		return c
	})
}

func columnOf(s expr.Source, c expr.Column) expr.Expr {
	return columnAmong(s, c.Column)
}

// onOf is the relationship's own condition for one object that has it.
func onOf(r *mapper.Relation, object unsafe.Pointer) expr.Expr {
	return onWith(r, nil, nil, func(c expr.Column) expr.Expr {
		f := r.Owner.FieldOf(c.Column)
		if f == nil {
			f = r.Owner.FieldNamed(c.Column.Name) // another description of the table
		}
		if f == nil {
			return expr.Invalid{Err: fmt.Errorf("orm: %s: no field of a %s has the column %s", r.Path, r.Owner.Name, c.Column.Name)}
		}
		return storedBind(f.Value(object), f.Column)
	})
}

// linkPairs joins this end to the secondary table.
func linkPairs(r *mapper.Relation, left, link expr.Source) expr.Expr {
	var parts []expr.Expr
	for i, f := range r.Local {
		parts = append(parts, expr.Binary{Op: expr.Eq, Left: inSource(left, f), Right: columnIn(link, r.LocalLink[i])})
	}
	return conjunction(parts)
}

// inSource is a field's column in a source; nil is its own table.
func inSource(s expr.Source, f *mapper.Field) expr.Expr {
	return columnAmong(s, f.Column)
}

// narrowing is a handle that leads to objects of one class only: see [OfType].
type narrowing interface {
	narrow(*mapper.Relation) (*mapper.Relation, error)
}

// relationOf is the relationship of a handle in a prototype, and the alias
// whose prototype it is.
func relationOf(h Handle) (*mapper.Relation, expr.Source, error) {
	at := unsafe.Pointer(h.anchor())
	r, err := relationAt(at)
	if err != nil {
		return nil, nil, err
	}
	if n, ok := h.(narrowing); ok {
		if r, err = n.narrow(r); err != nil {
			return nil, nil, err
		}
	}
	p, _, err := prototypeAt(at)
	return r, p.of, err
}
