package exec

import (
	"container/list"
	"context"
	"errors"
	"time"

	"github.com/ormlab/ormlab/orm/driver"
)

// maxPrepared is how many idle prepared statements a connection keeps.
const maxPrepared = 100

// Conn is one connection with its prepared statements. It belongs to one
// goroutine at a time.
type Conn struct {
	dc    driver.Conn
	hooks *Hooks
	kept  map[string]*list.Element // of *Stmt, by SQL; some may be lent
	order *list.List               // the most recently given back in front
	inTx  bool
	lost  error // why the transaction cannot go on

	id     int // of the pool, from 1
	opened time.Time
	era    int   // of the pool, when it was opened
	broken error // that told that the database is gone

	next origin // of the statement that runs next
}

// transactional is a [driver.Conn] that knows whether a transaction is open,
// because its database may end one by itself.
type transactional interface{ InTransaction() bool }

func newConn(dc driver.Conn, hooks *Hooks) *Conn {
	return &Conn{dc: dc, hooks: hooks, kept: map[string]*list.Element{}, order: list.New()}
}

// Stmt is a prepared statement that its holder has to itself until Release.
type Stmt struct {
	conn   *Conn
	ds     driver.Stmt
	sql    string
	took   time.Duration // that preparing it took
	since  time.Time     // when it was prepared
	origin origin
	final  *Stmt // what runs instead, where statements are rewritten
	lent   bool  // somebody has it
}

// Prepare returns sql as a prepared statement, a kept one if there is one.
// Where statements are rewritten it is prepared only when it runs.
func (c *Conn) Prepare(ctx context.Context, sql string) (*Stmt, error) {
	if c.hooks.Rewrite != nil {
		return &Stmt{conn: c, sql: sql, origin: c.takeOrigin()}, nil
	}
	return c.prepare(ctx, sql)
}

func (c *Conn) prepare(ctx context.Context, sql string) (*Stmt, error) {
	if s := c.keptFor(sql); s != nil && !s.lent {
		s.lent = true
		if s.origin = c.takeOrigin(); !s.origin.known {
			s.origin = origin{cached: true, since: s.since, took: s.took, tree: s.origin.tree}
		}
		return s, nil
	}
	start := time.Now()
	ds, err := c.dc.Prepare(ctx, sql)
	if err != nil {
		return nil, err
	}
	end := time.Now()
	s := &Stmt{conn: c, ds: ds, sql: sql, took: end.Sub(start), since: end, origin: c.takeOrigin(), lent: true}
	if !s.origin.known {
		s.origin = origin{since: s.since, took: s.took, tree: s.origin.tree}
	}
	return s, nil
}

// Release gives the statement back to its connection, which may keep it.
func (s *Stmt) Release() {
	c := s.conn
	if c.hooks.Rewrite != nil && s.ds == nil {
		s.releaseFinal()
		return
	}
	s.lent = false
	switch c.keptFor(s.sql) {
	case s:
		c.order.MoveToFront(c.kept[s.sql])
	case nil:
		c.kept[s.sql] = c.order.PushFront(s)
		c.dropOldest()
	default:
		_ = s.ds.Close() // its twin is kept
	}
}

// keptFor returns the statement that is kept for sql; nil if none is.
func (c *Conn) keptFor(sql string) *Stmt {
	if el := c.kept[sql]; el != nil {
		return el.Value.(*Stmt)
	}
	return nil
}

// dropOldest lets go of the idle statement that was not used for longest, if
// too many are kept.
func (c *Conn) dropOldest() {
	if c.order.Len() <= maxPrepared {
		return
	}
	for el := c.order.Back(); el != nil; el = el.Prev() {
		if s := el.Value.(*Stmt); !s.lent {
			c.order.Remove(el)
			delete(c.kept, s.sql)
			_ = s.ds.Close()
			return
		}
	}
}

// Exec runs the statement.
func (s *Stmt) Exec(ctx context.Context, args []driver.Value) (driver.Result, error) {
	h := s.conn.hooks
	s, e, err := s.begin(ctx, args)
	if err != nil {
		return driver.Result{}, err
	}
	if e == nil {
		r, err := s.ds.Exec(ctx, args)
		if err != nil {
			err = s.conn.failed(ctx, h.Wrap(s.sql, args, err))
		}
		return r, err
	}
	start := time.Now()
	r, err := s.ds.Exec(ctx, args)
	e.Duration, e.RowsAffected = time.Since(start), r.RowsAffected
	if err != nil {
		err = s.conn.failed(ctx, h.Wrap(s.sql, args, err))
	}
	e.Err = err
	h.after(ctx, e)
	return r, err
}

// Exec prepares sql and runs it once.
func (c *Conn) Exec(ctx context.Context, sql string, args []driver.Value) (driver.Result, error) {
	s, err := c.Prepare(ctx, sql)
	if err != nil {
		return driver.Result{}, c.Refused(ctx, sql, args, err)
	}
	defer s.Release()
	return s.Exec(ctx, args)
}

// Refused reports a statement that could not even be prepared, and returns the
// public form of the error.
func (c *Conn) Refused(ctx context.Context, sql string, args []driver.Value, err error) error {
	if !c.hooks.observed() {
		return c.failed(ctx, c.hooks.Wrap(sql, args, err))
	}
	return c.refused(ctx, (&Stmt{sql: sql, origin: c.takeOrigin()}).event(args), err)
}

// refused is Refused for a statement of which there is an event.
func (c *Conn) refused(ctx context.Context, e *Event, err error) error {
	err = c.failed(ctx, c.hooks.Wrap(e.SQL, e.Args, err))
	c.hooks.before(ctx, e)
	e.Err = err
	c.hooks.after(ctx, e)
	return err
}

// Query prepares sql and starts it. The rows must be closed.
func (c *Conn) Query(ctx context.Context, sql string, args []driver.Value) (*Rows, error) {
	s, err := c.Prepare(ctx, sql)
	if err != nil {
		return nil, c.Refused(ctx, sql, args, err)
	}
	final, event, err := s.begin(ctx, args)
	if err != nil {
		s.Release()
		return nil, err
	}
	r := &Rows{stmt: final, ctx: ctx, args: args, event: event}
	if event != nil {
		r.start = time.Now()
	}
	rows, err := final.ds.Query(ctx, args)
	if err != nil {
		r.err = c.failed(ctx, c.hooks.Wrap(final.sql, args, err))
		return nil, r.Close()
	}
	r.Rows = rows
	return r, nil
}

// Rows is a running query. Its Next replaces the driver's.
type Rows struct {
	driver.Rows
	stmt  *Stmt
	ctx   context.Context
	args  []driver.Value
	event *Event
	start time.Time
	count int64
	err   error
}

// Next steps to the next row. After an error there is none.
func (r *Rows) Next() (bool, error) {
	if r.err != nil {
		return false, r.err
	}
	ok, err := r.Rows.Next(r.ctx)
	if err != nil {
		r.err = r.stmt.conn.failed(r.ctx, r.stmt.conn.hooks.Wrap(r.stmt.sql, r.args, err))
		return false, r.err
	}
	if ok {
		r.count++
	}
	return ok, nil
}

// Close ends the query, tells observers, and returns the error that ended it.
func (r *Rows) Close() error {
	if r.stmt == nil {
		return r.err
	}
	if r.Rows != nil {
		if err := r.Rows.Close(); err != nil && r.err == nil {
			r.err = r.stmt.conn.hooks.Wrap(r.stmt.sql, r.args, err)
		}
	}
	if r.event != nil {
		r.event.Rows, r.event.Duration, r.event.Err = r.count, time.Since(r.start), r.err
		r.stmt.conn.hooks.after(r.ctx, r.event)
	}
	r.stmt.Release()
	r.stmt = nil
	return r.err
}

// abandoner are rows that can be closed without regard to their connection.
type abandoner interface{ Abandon() error }

// Abandon is Close when nothing else will run on the connection before it goes
// back to the pool: a driver may give up the connection for it.
func (r *Rows) Abandon() error {
	if a, ok := r.Rows.(abandoner); ok && r.stmt != nil {
		if err := a.Abandon(); err != nil && r.err == nil {
			r.err = r.stmt.conn.hooks.Wrap(r.stmt.sql, r.args, err)
		}
	}
	return r.Close()
}

// failed notes whether the open transaction can go on after err, and returns
// err. It cannot if the context ended, because databases differ in what they
// leave of it then, or if the database has rolled it back.
func (c *Conn) failed(ctx context.Context, err error) error {
	var refusal *driver.Error
	if errors.As(err, &refusal) && refusal.Kind == driver.Disconnected {
		c.broken = err
	}
	if c.inTx && c.lost == nil {
		t, ok := c.dc.(transactional)
		if ctx.Err() != nil || ok && !t.InTransaction() {
			c.lost = err
		}
	}
	return err
}

// Lost returns the error after which the open transaction can only be rolled
// back; nil if it can go on.
func (c *Conn) Lost() error { return c.lost }

// Begin starts a transaction.
func (c *Conn) Begin(ctx context.Context) error { return c.BeginWith(ctx, driver.TxOptions{}) }

// InTransaction says whether Begin has been called, and neither Commit nor
// Rollback since.
func (c *Conn) InTransaction() bool { return c.inTx }

// BeginWith starts a transaction with options.
func (c *Conn) BeginWith(ctx context.Context, options driver.TxOptions) error {
	err := c.control(ctx, "BEGIN", func() error { return c.dc.Begin(ctx, options) })
	c.inTx, c.lost = err == nil, nil
	return err
}

// Commit ends the transaction and keeps its work. If it fails the transaction
// is still open.
func (c *Conn) Commit(ctx context.Context) error {
	err := c.control(ctx, "COMMIT", func() error { return c.dc.Commit(ctx) })
	if err == nil {
		c.inTx = false
	}
	return err
}

// Rollback ends the transaction and undoes its work. It runs even when ctx has
// ended.
func (c *Conn) Rollback(ctx context.Context) error {
	if !c.inTx {
		return nil
	}
	c.inTx, c.lost = false, nil
	if !c.valid() {
		return nil // the transaction has gone with the connection
	}
	ctx = context.WithoutCancel(ctx)
	return c.control(ctx, "ROLLBACK", func() error { return c.dc.Rollback(ctx) })
}

// Savepoint sets a savepoint.
func (c *Conn) Savepoint(ctx context.Context, name string) error {
	return c.control(ctx, "SAVEPOINT "+name, func() error { return c.dc.Savepoint(ctx, name) })
}

// Release forgets a savepoint and keeps its work.
func (c *Conn) Release(ctx context.Context, name string) error {
	return c.control(ctx, "RELEASE SAVEPOINT "+name, func() error { return c.dc.Release(ctx, name) })
}

// RollbackTo undoes the work since a savepoint. It runs even when ctx has
// ended.
func (c *Conn) RollbackTo(ctx context.Context, name string) error {
	ctx = context.WithoutCancel(ctx)
	return c.control(ctx, "ROLLBACK TO SAVEPOINT "+name, func() error { return c.dc.RollbackTo(ctx, name) })
}

// valid says whether the connection can still be used, as far as that is known
// without asking the database.
func (c *Conn) valid() bool {
	v, ok := c.dc.(driver.Validator)
	return c.broken == nil && (!ok || v.Valid())
}

// clean ends a transaction that the program began by a statement of its own.
func (c *Conn) clean() error {
	if t, ok := c.dc.(transactional); ok && c.valid() && t.InTransaction() {
		return c.dc.Rollback(context.Background())
	}
	return nil
}

// control runs a verb of the transaction and tells observers.
func (c *Conn) control(ctx context.Context, verb string, run func() error) error {
	e := &Event{SQL: verb, Cached: true, Control: true}
	c.hooks.before(ctx, e)
	start := time.Now()
	if err := run(); err != nil {
		e.Err = c.failed(ctx, c.hooks.Wrap(verb, nil, err))
	}
	e.Duration = time.Since(start)
	c.hooks.after(ctx, e)
	return e.Err
}

// close ends the connection and everything prepared on it.
func (c *Conn) close() error {
	for el := c.order.Front(); el != nil; el = el.Next() {
		if s := el.Value.(*Stmt); !s.lent {
			_ = s.ds.Close()
		}
	}
	return c.dc.Close()
}
