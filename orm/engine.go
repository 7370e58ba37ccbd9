package orm

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/internal/exec"
	"github.com/ormlab/ormlab/orm/internal/flush"
)

// Options are the settings of an engine. The zero Options are the defaults.
type Options struct {
	// Echo is where every statement is printed; nil for nowhere.
	Echo io.Writer
	// Observers hear of every statement.
	Observers []Observer
	// PoolSize is how many connections may be open at once; 0 means 10. A
	// database in memory has one.
	PoolSize int
	// PoolTimeout is how long to wait for a connection; 0 means 30 seconds, or
	// 5 where there is only one connection.
	PoolTimeout time.Duration
}

// Engine is where connections to one database come from. It is safe for use by
// several goroutines, and a program needs one for each database.
type Engine struct {
	url     string
	dialect dialect.Dialect
	pool    *exec.Pool
	flushed flush.Cache
	byKey   sync.Map // *mapper.Mapper -> string, the SELECT of Get
}

// Open returns an engine for the database that the URL names. It does not
// connect; the first statement does.
//
//	sqlite:///pets.db       a file in the current folder
//	sqlite:////var/pets.db  a file by its full path
//	sqlite://               a database in memory, gone when the engine is closed
func Open(url string, options Options) (*Engine, error) {
	scheme, rest, ok := strings.Cut(url, "://")
	if !ok || scheme == "" {
		return nil, fmt.Errorf("orm: opening %q: a URL starts with a scheme, as in sqlite:///pets.db", url)
	}
	entry, err := dialect.Lookup(scheme)
	if err != nil {
		return nil, fmt.Errorf("orm: opening %s://…: %w", scheme, err)
	}
	if entry.Driver == nil || entry.Name == nil {
		return nil, fmt.Errorf("orm: opening %s://…: this build can compile statements for %s but has no driver for it", scheme, entry.Dialect.Name())
	}
	name, single, err := entry.Name(rest)
	if err != nil {
		return nil, fmt.Errorf("orm: opening %s://…: %w", scheme, err)
	}
	e := &Engine{url: url, dialect: entry.Dialect}
	observers := slices.Clone(options.Observers)
	if options.Echo != nil {
		observers = append(observers, echo(options.Echo))
	}
	open := func(ctx context.Context) (driver.Conn, error) { return entry.Driver.Open(ctx, name) }
	size, timeout := poolSettings(options, single)
	e.pool = exec.NewPool(open, hooks(observers), size, timeout)
	return e, nil
}

func poolSettings(o Options, single bool) (size int, timeout time.Duration) {
	size, timeout = o.PoolSize, o.PoolTimeout
	if size <= 0 {
		size = 10
	}
	if single {
		size = 1
	}
	if timeout <= 0 {
		timeout = 30 * time.Second
		if single {
			timeout = 5 * time.Second
		}
	}
	return size, timeout
}

// Close ends the engine's connections. Those in use end when they come back.
func (e *Engine) Close() error {
	if err := e.pool.Close(); err != nil {
		return fmt.Errorf("orm: closing %s: %w", e.dialect.Name(), err)
	}
	return nil
}

// Dialect is the dialect of the engine's database.
func (e *Engine) Dialect() dialect.Dialect { return e.dialect }

// String names the engine by its dialect.
func (e *Engine) String() string { return "Engine(" + e.dialect.Name() + ")" }

// Executor is what statements run on: an [Engine], where each statement is a
// transaction of its own, or a [Session], whose transaction they join.
type Executor interface {
	// borrow lends a connection until release is called.
	borrow(ctx context.Context) (c *exec.Conn, release func(), err error)
	// sqlDialect is the dialect to compile for.
	sqlDialect() dialect.Dialect
}

var (
	_ Executor = (*Engine)(nil)
	_ Executor = (*Session)(nil)
)

func (e *Engine) sqlDialect() dialect.Dialect { return e.dialect }

func (e *Engine) borrow(ctx context.Context) (*exec.Conn, func(), error) {
	c, err := e.connect(ctx)
	if err != nil {
		return nil, nil, err
	}
	return c, func() { e.pool.Put(c) }, nil
}

func (e *Engine) connect(ctx context.Context) (*exec.Conn, error) {
	c, err := e.pool.Get(ctx)
	if errors.Is(err, exec.ErrClosed) {
		return nil, fmt.Errorf("%w: the engine", ErrClosed)
	}
	if err != nil {
		return nil, wrapError("", nil, fmt.Errorf("connecting to %s: %w", e.dialect.Name(), err))
	}
	return c, nil
}

// Transaction runs f in a transaction of its own connection: it is committed
// if f returns nil, and rolled back if f fails or panics.
func (e *Engine) Transaction(ctx context.Context, f func(tx Executor) error) (err error) {
	c, err := e.connect(ctx)
	if err != nil {
		return err
	}
	defer e.pool.Put(c) // rolls back what was not committed
	if err := c.Begin(ctx); err != nil {
		return err
	}
	tx := &transaction{e, c}
	if err := f(tx); err != nil {
		return err
	}
	if err := tx.over(); err != nil {
		return err
	}
	return c.Commit(ctx)
}

// transaction is the executor that Transaction hands out.
type transaction struct {
	engine *Engine
	conn   *exec.Conn
}

func (t *transaction) sqlDialect() dialect.Dialect { return t.engine.dialect }

func (t *transaction) borrow(context.Context) (*exec.Conn, func(), error) {
	if err := t.over(); err != nil {
		return nil, nil, err
	}
	return t.conn, func() {}, nil
}

// over returns an error if an earlier statement ended the transaction, so that
// the next does not run outside of one.
func (t *transaction) over() error {
	if lost := t.conn.Lost(); lost != nil {
		return fmt.Errorf("orm: the transaction is over: %w", lost)
	}
	return nil
}
