package orm

import (
	"context"
	"fmt"
	"sync/atomic"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/exec"
	"github.com/ormlab/ormlab/orm/schema"
)

// replicas are engines whose databases follow another's.
type replicas struct {
	engines []*Engine
	next    atomic.Uint32 // whose turn it is
	err     error         // why they cannot be used
}

// Replicas returns an engine on the same connections whose queries go to the
// replicas in turn, where rows may be a little older. A query is a statement of
// [Select] and its like that runs on the engine itself. Everything else goes to
// the engine's own database: changes, [Text], queries that lock rows or hold
// text or changes, transactions, [Engine.Connect] and sessions. So does a query
// when no replica can be reached. Use the engine that Replicas was called on
// for what must see the newest rows.
//
//	reading := engine.Replicas(first, second)
//	n, err := orm.Select(orm.Count()).From(Pets).One(ctx, reading)
//
// The replicas' observers hear of the queries that they run. The caller closes
// the replicas. One with another dialect is an error of every query.
func (e *Engine) Replicas(others ...*Engine) *Engine {
	other := *e
	other.replicas = nil
	if len(others) == 0 {
		return &other
	}
	r := &replicas{engines: append([]*Engine(nil), others...)}
	for i, o := range others {
		switch {
		case o == nil:
			r.err = fmt.Errorf("orm: replica %d of %s is nil", i+1, e)
		case o.Dialect().Name() != e.Dialect().Name():
			r.err = fmt.Errorf("orm: %s cannot be a replica of %s: a replica has the same dialect", o, e)
		}
	}
	other.replicas = r
	return &other
}

// borrowFor lends a connection of a replica if there is one and the statement
// may run there, otherwise one of the engine's own.
func (e *Engine) borrowFor(ctx context.Context, stmt expr.Stmt) (*exec.Conn, func(), error) {
	r := e.replicas
	if r == nil || !readsOnly(stmt) {
		return e.borrow(ctx)
	}
	if r.err != nil {
		return nil, nil, r.err
	}
	first := r.next.Add(1) - 1
	for i := range uint32(len(r.engines)) {
		replica := *r.engines[(first+i)%uint32(len(r.engines))]
		replica.tx = e.tx
		c, release, err := replica.borrow(ctx)
		if err == nil || KindOf(err) != KindDisconnected {
			return c, release, err
		}
	}
	return e.borrow(ctx)
}

// readsOnly says whether a statement does nothing but read what it tells.
func readsOnly(stmt expr.Stmt) bool {
	if s, ok := stmt.(expr.Select); ok && s.Lock != nil {
		return false
	}
	return expr.Tables(stmt, func(*schema.Table) {})
}
