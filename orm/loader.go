package orm

import (
	"context"
	"fmt"
	"unsafe"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/mapper"
)

// Loader is an option of a query, which says how it loads a relationship: see
// [SelectIn], [Joined], [SubqueryLoad], [ContainsEager], [Raise]; or which
// columns it reads: see [LoadOnly], [Defer], [Undefer], [WithExpression]. It is
// immutable. What a relationship has loaded already is kept.
type Loader struct {
	how   strategy
	at    unsafe.Pointer // the handle in a prototype
	next  []Loader
	where expr.Expr // of the objects at the other end
	order []expr.Expr
	limit int
	from  Source // what ContainsEager reads
	model *mapper.Mapper
	err   error
	// reshape changes which columns a query reads; nil if the loader does not.
	reshape func(*shape) error
	// class is that of OfType; nil for all.
	class narrowing
	// widen is what WithPolymorphic adds to a query.
	widen func(m *mapper.Mapper) (widening, error)
	// run runs a query with loaders. A query reaches it by its loaders only, so
	// that the linker leaves it out of programs that use none.
	run func(ctx context.Context, s *Session, m *mapper.Mapper, node expr.Select, loaders []Loader) ([]unsafe.Pointer, error)
}

// strategy is a way to load a relationship.
type strategy uint8

const (
	bySelectIn strategy = iota + 1
	byJoin
	byOwnJoin
	bySubquery
	byNothing
	byColumns
	criteria
	widened
)

func loader(how strategy, h Handle) Loader {
	class, _ := h.(narrowing)
	return Loader{how: how, at: unsafe.Pointer(h.anchor()), class: class, run: loadObjects}
}

// SelectIn loads a relationship of all objects that a query finds, by one more
// query for every 500 of them:
//
//	users, err := Users.Select().Options(orm.SelectIn(&Users.F.Comments)).All(ctx, session)
//
// It suits collections. Of a relationship to one object it asks only for those
// that the session does not hold.
func SelectIn(relationship Handle) Loader { return loader(bySelectIn, relationship) }

// Joined loads a relationship by the query itself, which joins the other end
// under a name of its own. It suits relationships to one object. If it is a
// collection and the query has a limit, that counts the query's own objects.
func Joined(relationship Handle) Loader { return loader(byJoin, relationship) }

// SubqueryLoad loads a relationship by one more query, which repeats the first
// one inside. It suits collections whose keys are wide.
func SubqueryLoad(relationship Handle) Loader { return loader(bySubquery, relationship) }

// ContainsEager takes a relationship from what the query itself joins, with
// all its conditions. An alias, if the query reads the other end under one, is
// given behind.
//
//	Users.Select().Join(orm.Along(&Users.F.Comments)).Where(…).Options(orm.ContainsEager(&Users.F.Comments))
func ContainsEager(relationship Handle, from ...Source) Loader {
	l := loader(byOwnJoin, relationship)
	if len(from) > 0 {
		l.from = from[0]
	}
	return l
}

// Raise forbids loading a relationship of the objects that the query finds:
// where it is not loaded, Load fails with [ErrNotLoaded] instead of running a
// query for each object. What the session holds is still found.
func Raise(relationship Handle) Loader { return loader(byNothing, relationship) }

// RaiseAll is [Raise] for all relationships of the objects that the query
// finds.
func RaiseAll() Loader { return Loader{how: byNothing, run: loadObjects} }

// Criteria are conditions for all objects of a model that a query reads, in
// itself and for relationships; see also [Session.AddCriteria].
//
//	Users.Select().Options(orm.SelectIn(&Users.F.Comments), orm.Criteria(Comments, orm.C(&Comments.F.Deleted).Eq(false)))
func Criteria[T any](m *Model[T], conditions ...Cond) Loader {
	return modelCriteria(m.mapper, m.err, conditions)
}

func modelCriteria(m *mapper.Mapper, err error, conditions []Cond) Loader {
	return Loader{how: criteria, model: m, where: and(nil, conditions), err: err, run: loadObjects}
}

// AddCriteria adds [Criteria] to all queries of the session: for rows that are
// marked as deleted, or that belong to others.
func (s *Session) AddCriteria(criteria ...Loader) { s.criteria = append(s.criteria, criteria...) }

// Then loads relationships of the objects that this one leads to:
//
//	orm.SelectIn(&Users.F.Comments).Then(orm.Joined(&Comments.F.Author))
func (l Loader) Then(next ...Loader) Loader {
	l.next = append(l.next[:len(l.next):len(l.next)], next...)
	return l
}

// Where leaves out what does not fulfil the conditions: the handle will hold
// the rest, and take it for all there is.
func (l Loader) Where(conditions ...Cond) Loader {
	l.where = and(l.where, conditions)
	return l
}

// OrderBy sorts what [SelectIn] loads, instead of the order in the tag.
func (l Loader) OrderBy(orderings ...Ordering) Loader {
	l.order = appendOrder(l.order, orderings)
	return l
}

// Limit lets [SelectIn] load at most n objects for each: the first ones.
func (l Loader) Limit(n int) Loader {
	if l.limit = n; n < 1 {
		l.err = fmt.Errorf("orm: the Limit of a loader is at least 1, not %d", n)
	}
	return l
}

// relation is the relationship that the loader names, of a model.
func (l Loader) relation(m *mapper.Mapper) (*mapper.Relation, error) {
	if l.err != nil {
		return nil, l.err
	}
	r, err := relationAt(l.at)
	if err == nil && l.class != nil {
		r, err = l.class.narrow(r)
	}
	if err != nil {
		return nil, err
	}
	switch {
	case !m.Is(r.Owner) && (!r.Owner.Is(m) || l.how == byJoin || l.how == byOwnJoin):
		return nil, fmt.Errorf("orm: an option of the query loads %s, but here it reads objects of %s", r.Path, m.Name)
	case r.WriteOnly:
		return nil, fmt.Errorf("orm: loading %s: it is write_only; query it by orm.Related, or leave the tag out", r.Path)
	case l.how != bySelectIn && (l.limit > 0 || l.order != nil):
		return nil, fmt.Errorf("orm: loading %s: OrderBy and Limit are for SelectIn", r.Path)
	}
	return r, nil
}

// relationAt is the relationship whose handle in a prototype has that address.
func relationAt(handle unsafe.Pointer) (*mapper.Relation, error) {
	p, offset, err := prototypeAt(handle)
	if err != nil {
		return nil, err
	}
	r := p.mapper.RelationAt(offset)
	if r == nil {
		return nil, errNotPrototype
	}
	return r, usable(p.mapper, nil)
}

// Options says how the query loads relationships of the objects that it finds.
func (q Query[T]) Options(loaders ...Loader) Query[T] {
	q.loaders = append(q.loaders[:len(q.loaders):len(q.loaders)], loaders...)
	return q
}
