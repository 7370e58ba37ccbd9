package orm

import (
	"context"
	"errors"
	"fmt"
	"unsafe"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
	"github.com/ormlab/ormlab/orm/schema"
)

// loadLink returns what is at the other end of a relationship of one object,
// and reads it if it must.
func loadLink(ctx context.Context, n *state.Node, r *mapper.Relation) ([]unsafe.Pointer, error) {
	l := n.Link(r)
	items, all := n.Known(r)
	stale := l.Expired || r.Direction == mapper.ManyToOne && l.Changes == nil && n.Home != nil && n.State().Expired
	switch {
	case all && !stale && !anyExpired(n, r, items):
		return items, nil
	case n.Home == nil && all:
		return items, nil
	case n.Home == nil:
		return nil, fmt.Errorf("%w: %s cannot be loaded; load it while a session has the %s", ErrDetached, r.Path, r.Owner.Name)
	case l.Forbidden:
		return nil, anchored{r.Anchor(n.Object)}.notLoaded(n)
	}
	s := n.Home.Session.(*Session)
	if err := s.enter(); err != nil {
		return nil, fmt.Errorf("loading %s: %w", r.Path, err)
	}
	defer s.leave()
	if err := s.loadLink(ctx, n, r, l); err != nil {
		return nil, fmt.Errorf("loading %s: %w", r.Path, err)
	}
	return l.Items, nil
}

// anyExpired says whether the one object at the other end is to be read anew.
func anyExpired(n *state.Node, r *mapper.Relation, items []unsafe.Pointer) bool {
	if r.Many || n.Home == nil {
		return false
	}
	for _, item := range items {
		if s := n.Home.ByObject(item); s != nil && s.Expired {
			return true
		}
	}
	return false
}

func (s *Session) loadLink(ctx context.Context, n *state.Node, r *mapper.Relation, l *state.Link) error {
	if st := n.State(); st != nil && st.Expired && (r.Direction == mapper.ManyToOne || r.OnOwner) && st.Status == state.Persistent {
		if _, err := s.get(ctx, r.Owner, keyOf(r.Owner, st.Snapshot)); err != nil {
			return err
		}
	}
	if l.Changes != nil && !r.Many {
		return s.freshen(ctx, r, l) // what the program has set counts
	}
	values, ok := state.Values(r.Local, n.Object)
	if !ok {
		n.Fill(l, nil)
		return nil
	}
	var items []unsafe.Pointer
	if r.Direction == mapper.ManyToOne && r.ByKey {
		object, err := s.get(ctx, r.Target, values)
		if err != nil && !errors.Is(err, ErrNoRows) {
			return err
		}
		if err == nil {
			items = append(items, object)
		}
		n.Fill(l, items)
		return nil
	}
	items, err := s.objects(ctx, r.Target, lazySelect(r, values, n.Object), nil)
	if err == nil {
		n.Fill(l, items)
	}
	return err
}

// freshen reads the object anew that the program has set.
func (s *Session) freshen(ctx context.Context, r *mapper.Relation, l *state.Link) error {
	for _, item := range l.Items {
		held := s.identity.ByObject(item)
		if held != nil && held.Expired && held.Status == state.Persistent {
			if _, err := s.get(ctx, r.Target, keyOf(r.Target, held.Snapshot)); err != nil {
				return err
			}
		}
	}
	return nil
}

// lazySelect is the query for the objects of one owner, whose local fields have
// those values.
func lazySelect(r *mapper.Relation, values []driver.Value, owner unsafe.Pointer) expr.Select {
	on := onOf(r, owner)
	q := selectOf(r.Target, expr.Select{OrderBy: orderOf(r, nil)})
	var parts []expr.Expr
	if r.Secondary == nil {
		for i, f := range r.Remote {
			parts = append(parts, valueEquals(values[i], f.Column))
		}
		q.Where = both1(joinCondition(parts, on), q.Where)
		return q
	}
	q.From = []expr.Source{sourceOf(r.Target), expr.Table{Table: r.Secondary}}
	for i, c := range r.LocalLink {
		parts = append(parts, valueEquals(values[i], c))
	}
	q.Where = both1(both(conjunction(append(parts, linkEquals(r, nil, nil)...)), on), q.Where)
	return q
}

// valueEquals is value = column.
func valueEquals(v driver.Value, c *schema.Column) expr.Expr {
	return expr.Binary{Op: expr.Eq, Left: storedBind(v, c), Right: expr.Column{Column: c}}
}

// linkEquals joins the other end to the secondary table.
func linkEquals(r *mapper.Relation, target, secondary expr.Source) (parts []expr.Expr) {
	for i, c := range r.RemoteLink {
		parts = append(parts, expr.Binary{Op: expr.Eq,
			Left: inSource(target, r.Remote[i]), Right: expr.Column{Column: c, Of: secondary}})
	}
	return parts
}

// orderOf is the order of a collection, with its columns from a source; nil is
// their own table.
func orderOf(r *mapper.Relation, of expr.Source) (list []expr.Expr) {
	for _, o := range r.Order {
		list = append(list, expr.Order{Operand: inSource(of, o.Field), Descending: o.Descending})
	}
	return list
}

// stored is a value that a field gave as the database takes it.
type stored struct{ value driver.Value }

// BindValue serves dialects.
func (s stored) BindValue() (driver.Value, error) { return s.value, nil }

func storedBind(v driver.Value, c *schema.Column) expr.Expr {
	if v.Kind() == driver.Int && c.Type.IsInteger() {
		return expr.Bind{Value: v.Int(), Type: c.Type} // it fits, so that no message names the column
	}
	return expr.Bind{Value: stored{v}, Type: c.Type, Near: c.Table.Name + "." + c.Name}
}

// rowKey reads the key that fields of a model have in a row, where the first
// of them is column at.
type rowKey struct {
	of      *mapper.Mapper // whose key it is
	fields  []*mapper.Field
	at      []int
	scratch unsafe.Pointer
}

func (k *rowKey) read(rows driver.Rows) (state.Key, bool, error) {
	if len(k.fields) == 1 && rows.Kind(k.at[0]) == driver.Int {
		return state.IntKey(k.of, rows.Int(k.at[0])), true, nil
	}
	values := make([]driver.Value, len(k.fields))
	for i, f := range k.fields {
		if rows.Kind(k.at[i]) == driver.Null {
			return state.Key{}, false, nil
		}
		if err := f.Read(k.scratch, rows, k.at[i]); err != nil {
			return state.Key{}, false, err
		}
		values[i] = f.Value(k.scratch)
	}
	return state.NewKey(k.of, values...), true, nil
}
