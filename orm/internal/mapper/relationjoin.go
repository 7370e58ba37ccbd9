package mapper

import (
	"errors"
	"slices"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// errLate says that relationships have been used before all was said of them.
var errLate = errors.New("a relationship was used before that; say it in an init function, or in a variable beside the models")

// configure changes what is known of a relation before it is used. What comes
// too late makes the model unusable, because it has been used the other way.
func (r *Relation) configure(what string, change func()) error {
	registry.Lock()
	defer registry.Unlock()
	if r.Owner.resolution.done.Load() {
		err := r.errorf("%s: %w", what, errLate)
		r.Owner.resolution.late = errors.Join(r.Owner.resolution.late, err)
		r.Owner.resolution.done.Store(false)
		return err
	}
	change()
	registry.generation.Add(1) // what failed without it may succeed now
	return nil
}

// JoinOn makes a condition on the two tables the one that joins them.
func (r *Relation) JoinOn(on expr.Expr) error {
	return r.configure("JoinOn", func() { r.join, r.joined = on, (*Relation).findJoin })
}

// JoinBy makes a table the one between the two sides.
func (r *Relation) JoinBy(t *schema.Table) error {
	return r.configure("Secondary", func() { r.table, r.secondary = t, t.FullName() })
}

// equality is an operand of a condition which says that a column of the owner
// is the same as one of the other end.
type equality struct {
	at            int
	local, remote *Field
}

// findJoin finds what the relation is joined on: the foreign key that the
// condition names, if there is one, and what must hold besides.
func (r *Relation) findJoin() error {
	if err := r.findEnds(); err != nil {
		return err
	}
	if r.secondary != "" {
		r.On = r.join
		return r.findSecondary()
	}
	operands := []expr.Expr{r.join}
	if j, ok := r.join.(expr.Junction); ok && !j.Or {
		operands = slices.Clone(j.Operands)
	}
	equal := r.equalities(operands)
	known, err := r.findJoinKey(equal)
	if err != nil {
		return err
	}
	if !known {
		return r.onlyView()
	}
	var rest []expr.Expr
	for i, e := range operands {
		if !slices.ContainsFunc(equal, func(q equality) bool {
			at := slices.Index(r.Local, q.local)
			return q.at == i && at >= 0 && r.Remote[at] == q.remote
		}) {
			rest = append(rest, e)
		}
	}
	switch len(rest) {
	case 0:
		r.On = nil
	case 1:
		r.On = rest[0]
	default:
		r.On = expr.Junction{Operands: rest}
	}
	r.OnOwner = r.reads(r.On, expr.Table{Table: r.Owner.Table})
	return nil
}

// findEnds finds out how the condition calls the other end.
func (r *Relation) findEnds() error {
	owner := expr.Source(expr.Table{Table: r.Owner.Table})
	r.OnTarget = expr.Table{Table: r.Target.Table}
	self := r.Owner.Table == r.Target.Table
	var err error
	named := map[expr.Source]bool{}
	expr.Sources(r.join, func(s expr.Source) {
		alias, is := s.(*expr.Alias)
		switch {
		case self && is && alias.Of == r.Target.Table:
			r.OnTarget, named[s] = s, true
		case expr.Same(s, owner), expr.Same(s, r.OnTarget):
		case r.secondary != "" && isTable(s, r.secondary):
		default:
			err = r.errorf("JoinOn: the condition reads %s, which is not one of the tables of the relationship; say it with orm.Any or orm.Exists", expr.SourceName(s))
		}
	})
	switch {
	case err != nil:
		return err
	case hasText(r.join):
		return r.errorf("JoinOn: the condition has text in it, whose columns cannot be read under another name; write it with orm.C")
	case self && len(named) != 1:
		return r.errorf("JoinOn joins %s to itself; read the other end under one alias in the condition, as in other := ….As(%q)", r.Owner.Name, "other")
	}
	r.OnOwner = r.reads(r.join, owner)
	return nil
}

func isTable(s expr.Source, name string) bool {
	t, ok := s.(expr.Table)
	return ok && (t.FullName() == name || t.Name == name)
}

func hasText(e expr.Expr) (has bool) {
	if _, is := e.(expr.Text); is {
		return true
	}
	if e != nil {
		expr.Children(e, func(child expr.Expr) { has = has || hasText(child) })
	}
	return has
}

// reads says whether an expression has columns of a source.
func (r *Relation) reads(e expr.Expr, source expr.Source) (reads bool) {
	if e == nil {
		return false
	}
	expr.Replace(e, func(c expr.Column) expr.Expr {
		s := expr.SourceOf(c)
		reads = reads || s != nil && expr.Same(s, source)
		return c
	})
	return reads
}

// equalities are the operands that say that a field of one side equals one of
// the other.
func (r *Relation) equalities(operands []expr.Expr) (list []equality) {
	for i, e := range operands {
		b, ok := e.(expr.Binary)
		if !ok || b.Op != expr.Eq {
			continue
		}
		left, isColumn := b.Left.(expr.Column)
		right, also := b.Right.(expr.Column)
		if !isColumn || !also {
			continue
		}
		if expr.Same(expr.SourceOf(left), r.OnTarget) {
			left, right = right, left
		}
		q := equality{i, r.Owner.FieldOf(left.Column), r.Target.FieldOf(right.Column)}
		if q.local != nil && q.remote != nil && expr.Same(expr.SourceOf(left), expr.Table{Table: r.Owner.Table}) && expr.Same(expr.SourceOf(right), r.OnTarget) {
			list = append(list, q)
		}
	}
	return list
}

// findJoinKey finds the foreign key among the equalities.
func (r *Relation) findJoinKey(equal []equality) (bool, error) {
	here, there := joints(r.Owner, r.Target), joints(r.Target, r.Owner)
	keys := r.keys
	if keys == nil {
		keys = r.keysOfBack()
	}
	if keys != nil {
		if err := r.findNamed(keys, here, there); err != nil {
			return false, err
		}
		for i, f := range r.Local {
			if !slices.ContainsFunc(equal, func(q equality) bool { return q.local == f && q.remote == r.Remote[i] }) {
				return false, r.errorf("JoinOn: foreign_key:%s says what is written, so the condition must say that %s and %s are equal, and it does not", keys[0], f.Path, r.Remote[i].Path)
			}
		}
		return true, nil
	}
	holds := func(local, remote []*Field) bool {
		for i, f := range local {
			if !slices.ContainsFunc(equal, func(q equality) bool { return q.local == f && q.remote == remote[i] }) {
				return false
			}
		}
		return true
	}
	if !r.Many {
		for _, j := range here {
			if holds(j.referring, j.referred) {
				r.take(ManyToOne, j)
				return true, nil
			}
		}
	}
	for _, j := range there {
		if holds(j.referred, j.referring) {
			r.take(OneToMany, j)
			return true, nil
		}
	}
	return false, nil
}

// onlyView makes the relation one that is never written, because its condition
// does not say which columns would have to be.
func (r *Relation) onlyView() error {
	if r.back != "" || r.PostUpdate || r.Cascade&(Delete|DeleteOrphan) != 0 {
		return r.errorf("JoinOn: the condition names no foreign key that could be written, so the relationship can only be read; name the key with foreign_key, or leave back_populates, post_update and cascade out")
	}
	r.ViewOnly, r.Direction = true, OneToMany
	r.Local, r.Remote, r.On = nil, nil, r.join
	return nil
}
