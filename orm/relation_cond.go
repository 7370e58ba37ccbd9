package orm

import (
	"fmt"
	"unsafe"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// Any is true for objects with at least one object at the other end of the
// relationship for which all conditions hold: an EXISTS.
//
//	Users.Select().Where(orm.Any(&Users.F.Comments, orm.C(&Comments.F.Body).Eq("hi")))
func Any(relationship Handle, conditions ...Cond) Cond { return existsAlong(relationship, conditions) }

// Has is [Any], for a relationship to one object.
func Has(relationship Handle, conditions ...Cond) Cond { return existsAlong(relationship, conditions) }

func existsAlong(h Handle, conditions []Cond) Cond {
	r, left, err := relationOf(h)
	if err != nil {
		return Cond{expr.Invalid{Err: err}}
	}
	target := sourceOf(r.Target)
	more := and(nil, conditions)
	if r.Target.Rows() == r.Owner.Rows() && left == nil {
		// The other end is the same table, read once more.
		alias := aliasOfAll(r.Target)
		more, target = rebased(r.Target, more, alias), alias
	}
	more = both1(ofClass(r.Target, target), more)
	from, where := []expr.Source{target}, expr.Expr(nil)
	if r.Secondary == nil {
		where = pairs(r, left, target)
	} else {
		link := expr.Table{Table: r.Secondary}
		from = []expr.Source{link, target}
		where = both(both(linkPairs(r, left, link), conjunction(linkEquals(r, target, link))), onIn(r, left, target, link))
	}
	return exists(from, both(where, more))
}

// exists is true if the sources have rows for which the condition holds.
func exists(from []expr.Source, where expr.Expr) Cond {
	one := expr.Text{Parts: []expr.TextPart{{SQL: "1"}}}
	return Cond{expr.Exists{Query: expr.Select{Columns: []expr.Expr{one}, From: from, Where: where}}}
}

// EqObject is true for objects whose relationship leads to that one; for nil,
// to none. The object must have its key.
func EqObject[T any](relationship *One[T], object *T) Cond {
	return comparedWith(relationship, unsafe.Pointer(object), false)
}

// NeObject is true for objects whose relationship leads to another object, or
// to none; for nil, to any.
func NeObject[T any](relationship *One[T], object *T) Cond {
	return comparedWith(relationship, unsafe.Pointer(object), true)
}

// ContainsObject is true for objects with that object at the other end.
func ContainsObject[T any](relationship *Many[T], object *T) Cond {
	return comparedWith(relationship, unsafe.Pointer(object), false)
}

// comparedWith compares the end of a relationship with an object.
func comparedWith(h Handle, object unsafe.Pointer, negated bool) Cond {
	r, left, err := relationOf(h)
	if err != nil {
		return Cond{expr.Invalid{Err: err}}
	}
	if object == nil {
		return withNone(h, r, left, negated)
	}
	if r.On != nil {
		return comparedByKey(h, r, object, negated)
	}
	var parts, nulls []expr.Expr
	columns := fieldColumnsOf(r.Local)
	source := left
	if r.Secondary != nil {
		columns, source = r.RemoteLink, nil
	}
	for i, f := range r.Remote {
		v, err := keyValue(r, f, object)
		if err != nil {
			return Cond{expr.Invalid{Err: err}}
		}
		column := expr.Column{Column: columns[i], Of: source}
		if negated {
			parts = append(parts, expr.Binary{Op: expr.Ne, Left: column, Right: storedBind(v, columns[i])})
			nulls = append(nulls, expr.IsNull{Operand: column})
			continue
		}
		parts = append(parts, expr.Binary{Op: expr.Eq, Left: storedBind(v, columns[i]), Right: column})
	}
	switch {
	case r.Secondary != nil:
		link := expr.Table{Table: r.Secondary}
		return exists([]expr.Source{link}, both(linkPairs(r, left, link), conjunction(parts)))
	case negated:
		return Cond{expr.Junction{Or: true, Operands: append(parts, nulls...)}}
	}
	return Cond{conjunction(parts)}
}

// keyValue is the value of a key field of an object to compare with.
func keyValue(r *mapper.Relation, f *mapper.Field, object unsafe.Pointer) (driver.Value, error) {
	v, err := f.Arg(object)
	if err == nil && (v.IsNull() || f.Column == r.Target.Table.GeneratedKey() && f.IsZero(object)) {
		err = fmt.Errorf("orm: comparing %s with a %s: its %s is not set; flush it first", r.Path, r.Target.Name, f.Path)
	}
	return v, err
}

// comparedByKey compares the end of a relationship that has a condition of its
// own: an object with that primary key must be there.
func comparedByKey(h Handle, r *mapper.Relation, object unsafe.Pointer, negated bool) Cond {
	var parts []Cond
	for _, f := range r.Target.Key {
		v, err := keyValue(r, f, object)
		if err != nil {
			return Cond{expr.Invalid{Err: err}}
		}
		parts = append(parts, Cond{expr.Binary{Op: expr.Eq, Left: expr.Column{Column: f.Column}, Right: storedBind(v, f.Column)}})
	}
	there := existsAlong(h, parts)
	if negated {
		return Not(there)
	}
	return there
}

// withNone compares the end of a relationship with nothing.
func withNone(h Handle, r *mapper.Relation, left expr.Source, negated bool) Cond {
	if r.Direction != mapper.ManyToOne || r.On != nil {
		some := existsAlong(h, nil)
		if negated {
			return some
		}
		return Not(some)
	}
	var parts []expr.Expr
	for _, f := range r.Local {
		parts = append(parts, expr.IsNull{Operand: expr.Column{Column: f.Column, Of: left}, Negated: negated})
	}
	return Cond{conjunction(parts)}
}

// Related is the query for the objects at the other end of one object's
// relationship. It reads nothing into the handle, which suits a collection that
// is too large for that:
//
//	latest, err := orm.Related(Comments, &user.Comments).OrderBy(…).Limit(10).All(ctx, session)
func Related[T any](m *Model[T], relationship Handle) Query[T] {
	q := m.Select()
	where, err := relatedTo(m.mapper, m.err, relationship)
	if err != nil {
		where = Cond{expr.Invalid{Err: err}}
	}
	return q.Where(where)
}

// WithParent is true for objects at the other end of one object's relationship.
// It is what [Related] adds to a query, for an UPDATE or DELETE of them all:
//
//	n, err := orm.Delete(Comments).Where(orm.WithParent(&user.Comments), …).Exec(ctx, session)
func WithParent(relationship Handle) Cond {
	where, err := relatedTo(nil, nil, relationship)
	if err != nil {
		return Cond{expr.Invalid{Err: err}}
	}
	return where
}

func relatedTo(m *mapper.Mapper, err error, h Handle) (Cond, error) {
	if err != nil {
		return Cond{}, err
	}
	a := anchored{h.anchor()}
	n := a.node()
	if n == nil {
		return Cond{}, fmt.Errorf("orm: the objects of a relationship: add its object to a session first")
	}
	if err := usable(n.Mapper, nil); err != nil {
		return Cond{}, err
	}
	r := a.Relation
	if m != nil && !m.Is(r.Target) {
		return Cond{}, fmt.Errorf("orm: %s leads to objects of %s, not of %s", r.Path, r.Target.Name, m.Name)
	}
	values, ok := state.Values(r.Local, n.Object)
	if !ok {
		return False(), nil
	}
	columns := fieldColumnsOf(r.Remote)
	if r.Secondary != nil {
		columns = r.LocalLink
	}
	var parts []expr.Expr
	for i, c := range columns {
		parts = append(parts, valueEquals(values[i], c))
	}
	on := onOf(r, n.Object)
	if r.Secondary == nil {
		return Cond{joinCondition(parts, on)}, nil
	}
	return exists([]expr.Source{expr.Table{Table: r.Secondary}}, both(both(conjunction(parts), conjunction(linkEquals(r, nil, nil))), on)), nil
}
