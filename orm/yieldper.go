package orm

import (
	"context"
	"fmt"
	"iter"
	"unsafe"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// YieldPer yields the objects of a query in the order of the primary key, and
// reads so many at a time, so that few are in memory at once. Eager loaders
// work for each batch. When the loop comes to the next batch, the session lets
// go of the objects that came with the last one, related ones included, unless
// they have changed or it held them before. An error is the last thing that is
// yielded. The loop may use the session.
//
//	for pet, err := range orm.YieldPer(ctx, session, Pets.Select().Options(orm.SelectIn(&Pets.F.Toys)), 500) {
//
// Each batch is a query of its own, which begins behind the last key, so a
// query that has an order, a limit or an offset is refused.
func YieldPer[T any](ctx context.Context, s *Session, q Query[T], n int) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		node, err := q.statement()
		b := batches{ctx: ctx, session: s, mapper: q.model.mapper, node: node, loaders: q.loaders, size: n, err: err}
		b.run(func(object unsafe.Pointer, err error) bool { return yield((*T)(object), err) })
	}
}

// batches is a query that is read in parts.
type batches struct {
	ctx     context.Context
	session *Session
	mapper  *mapper.Mapper
	node    expr.Select
	loaders []Loader
	size    int
	err     error
}

func (b *batches) run(yield func(unsafe.Pointer, error) bool) {
	if err := b.check(); err != nil {
		yield(nil, err)
		return
	}
	where := b.node.Where
	for {
		objects, came, err := b.next()
		if err != nil {
			yield(nil, err)
			return
		}
		if len(objects) == 0 {
			return
		}
		ended := b.ended(len(objects))
		last := objects[len(objects)-1]
		key := make([]expr.Expr, len(b.mapper.Key))
		for i, f := range b.mapper.Key {
			key[i] = storedBind(f.Value(last), f.Column)
		}
		for _, o := range objects {
			if !yield(o, nil) {
				return
			}
		}
		if err := b.letGo(came); err != nil {
			yield(nil, err)
			return
		}
		if ended {
			return
		}
		b.node.Where = both1(where, b.behind(key))
	}
}

func (b *batches) check() error {
	switch q := b.node; {
	case b.err != nil:
		return b.err
	case b.size < 1:
		return fmt.Errorf("orm: YieldPer: a batch has at least one object, not %d", b.size)
	case len(q.OrderBy) > 0 || q.Limit != nil || q.Offset != nil || q.Distinct || len(q.GroupBy) > 0 || q.DistinctOn != nil:
		return fmt.Errorf("orm: YieldPer of %s goes by the primary key: leave out OrderBy, Limit, Offset, Distinct and GroupBy", b.mapper.Name)
	}
	for _, l := range b.loaders {
		if l.how == byOwnJoin {
			return fmt.Errorf("orm: YieldPer of %s: a batch could end within a collection that ContainsEager fills; use SelectIn", b.mapper.Name)
		}
	}
	for _, f := range b.mapper.Key {
		b.node.OrderBy = append(b.node.OrderBy, expr.Order{Operand: b.column(f)})
	}
	b.node.Limit = rowCount("a batch", b.size)
	return nil
}

// ended says whether a batch of n objects is the last one: it is if it is not
// full, unless rows of one object may have become one by [Joined].
func (b *batches) ended(n int) bool {
	return n < b.size && plainRepeats(b.loaders) && plainRepeats(b.session.criteria)
}

// column is a field of the source that the query reads.
func (b *batches) column(f *mapper.Field) expr.Expr {
	return expr.Column{Column: f.Column, Of: b.node.Columns[0].(expr.Column).Of}
}

// behind is that a row comes behind the key.
func (b *batches) behind(key []expr.Expr) expr.Expr {
	any := expr.Junction{Or: true}
	for i, f := range b.mapper.Key {
		all := expr.Junction{}
		for j, before := range b.mapper.Key[:i] {
			all.Operands = append(all.Operands, expr.Binary{Op: expr.Eq, Left: b.column(before), Right: key[j]})
		}
		all.Operands = append(all.Operands, expr.Binary{Op: expr.Gt, Left: b.column(f), Right: key[i]})
		any.Operands = append(any.Operands, all)
	}
	return any
}

// next reads a batch, and returns what came into the session with it.
func (b *batches) next() (objects []unsafe.Pointer, came []*state.State, err error) {
	s := b.session
	if err := s.enter(); err != nil {
		return nil, nil, err
	}
	defer s.leave()
	before := s.identity.Len()
	objects, err = s.objects(b.ctx, b.mapper, b.node, b.loaders)
	return objects, s.identity.Since(before), err
}

// letGo makes the session forget objects that nothing is to be written of.
func (b *batches) letGo(came []*state.State) error {
	if err := b.session.enter(); err != nil {
		return err
	}
	defer b.session.leave()
	for _, s := range came {
		if s.Status == state.Persistent && !s.Fresh && s.Committed == nil && s.Changed() == nil && (s.Node == nil || !s.Node.HasChanges()) {
			b.session.identity.Forget(s)
		}
	}
	return nil
}
