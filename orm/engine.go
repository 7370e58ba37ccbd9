package orm

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/internal/exec"
	"github.com/ormlab/ormlab/orm/internal/flush"
	"github.com/ormlab/ormlab/orm/internal/mapper"
)

// Engine is where connections to one database come from. It is safe for use by
// several goroutines, and a program needs one for each database.
type Engine struct {
	url     string
	dialect dialect.Dialect
	tx      driver.TxOptions // how transactions begin
	pool    *exec.Pool
	caches  *caches

	replicas   *replicas // where queries go; nil for the same database
	autocommit bool      // the statements of a Conn begin no transaction
}

// caches are what engines on the same pool share. They are maps and not
// [sync.Map]s, because that is generic: see term.
type caches struct {
	statements *dialect.Cache
	flushed    flush.Cache
	mu         sync.RWMutex
	byKey      map[*mapper.Mapper]dialect.Compiled // the SELECT of Get

	plain *caches            // those of the engine that translates nothing; nil for itself
	views map[string]*caches // of translated engines
}

// selectByKey returns the SELECT of Get that is known for m.
func (c *caches) selectByKey(m *mapper.Mapper) (dialect.Compiled, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	q, ok := c.byKey[m]
	return q, ok
}

func (c *caches) setSelectByKey(m *mapper.Mapper, q dialect.Compiled) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byKey == nil {
		c.byKey = map[*mapper.Mapper]dialect.Compiled{}
	}
	q.Values, q.Cached = nil, true
	if len(q.Args) == len(m.Key) {
		q.Args = nil // those of the key come with each run
	}
	c.byKey[m] = q
}

// Open returns an engine for the database that the URL names. It does not
// connect; the first statement does.
//
//	sqlite:///pets.db       a file in the current folder
//	sqlite:////var/pets.db  a file by its full path
//	sqlite://               a database in memory, gone when the engine is closed
//	postgresql://user:password@localhost:5432/pets?sslmode=disable
//	mysql://user:password@localhost:3306/pets
//	mariadb://user:password@localhost/pets
//
// A user, password or name that holds other characters than letters and digits
// is best escaped by [URL]. By convention a program takes the URL from the
// environment variable DATABASE_URL:
//
//	engine, err := orm.Open(os.Getenv("DATABASE_URL"), orm.Options{})
//
// # SQLite
//
// A file has many readers and one writer at a time; a statement waits five
// seconds for its turn. A transaction that reads holds up the commit of one
// that writes, unless the file is in the mode WAL. A service with many
// goroutines does well with
//
//	orm.Open("sqlite:///pets.db?journal_mode=wal&synchronous=normal", orm.Options{Immediate: true})
//
// and with [Engine.ReadOnly] for what only reads: then writers wait for each
// other, and readers for nobody. Options of the URL are journal_mode,
// synchronous, busy_timeout (milliseconds), foreign_keys (on without it) and
// cache_size.
func Open(url string, options Options) (*Engine, error) {
	if url == "" {
		return nil, errors.New("orm: opening a database: the URL is empty; if it comes from the environment, set the variable, such as DATABASE_URL=sqlite:///pets.db")
	}
	scheme, rest, ok := strings.Cut(url, "://")
	if !ok || scheme == "" {
		return nil, errors.New("orm: opening a database: a URL starts with a scheme and ://, as in sqlite:///pets.db")
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
	open := func(ctx context.Context) (driver.Conn, error) { return entry.Driver.Open(ctx, name) }
	return newEngine(shown(url, scheme), entry.Dialect, open, options, options.pool(single)), nil
}

func newEngine(url string, d dialect.Dialect, open func(context.Context) (driver.Conn, error), options Options, settings exec.Settings) *Engine {
	return &Engine{url: url, dialect: d, tx: options.transactions(), autocommit: options.Autocommit,
		pool: exec.NewPool(open, options.hooks(), settings), caches: &caches{statements: dialect.NewCache(d, options.cacheSize())}}
}

// shown is the URL without the password.
func shown(url, scheme string) string {
	u, err := ParseURL(url)
	if err != nil {
		return scheme + "://…"
	}
	return u.String()
}

// Close ends the engine's connections. Those in use end when they come back.
func (e *Engine) Close() error {
	if err := e.pool.Close(); err != nil {
		return fmt.Errorf("orm: closing %s: %w", e.dialect.Name(), err)
	}
	return nil
}

// Dialect is the dialect of the engine's database.
func (e *Engine) Dialect() dialect.Dialect { return dialect.Base(e.dialect) }

// String names the engine by its URL, without the password, or by its dialect
// if it has none.
func (e *Engine) String() string {
	if e.url == "" {
		return "Engine(" + e.dialect.Name() + ")"
	}
	return "Engine(" + e.url + ")"
}

// Isolated returns an engine on the same connections whose transactions have
// that level of isolation. Statements that run on the engine itself have the
// database's own.
func (e *Engine) Isolated(level Isolation) *Engine {
	other := *e
	other.tx.Isolation = level
	return &other
}

// Autocommit returns an engine on the same connections whose [Conn]s begin a
// transaction only when they are told to by Begin: each statement is committed
// by itself, as with SQLAlchemy's isolation level AUTOCOMMIT. Some statements,
// such as VACUUM and CREATE DATABASE, run in no other way. Statements on an
// engine itself are always so; Transaction and sessions never are.
func (e *Engine) Autocommit() *Engine {
	other := *e
	other.autocommit = true
	return &other
}

// ReadOnly returns an engine on the same connections on which nothing can be
// written.
func (e *Engine) ReadOnly() *Engine {
	other := *e
	other.tx.ReadOnly = true
	return &other
}

// Executor is what statements run on: an [Engine], where each statement is a
// transaction of its own, or a [Conn] or [Session], whose transaction they
// join.
type Executor interface {
	// borrow lends a connection until release is called.
	borrow(ctx context.Context) (c *exec.Conn, release func(), err error)
	// sqlDialect is the dialect to compile for.
	sqlDialect() dialect.Dialect
	// statements are those that have been compiled.
	statements() *dialect.Cache
}

var (
	_ Executor = (*Engine)(nil)
	_ Executor = (*Session)(nil)
)

func (e *Engine) sqlDialect() dialect.Dialect { return e.dialect }

func (e *Engine) statements() *dialect.Cache { return e.caches.statements }

func (e *Engine) borrow(ctx context.Context) (*exec.Conn, func(), error) {
	c, err := e.connect(ctx)
	if err != nil {
		return nil, nil, err
	}
	if e.tx.ReadOnly { // which only a transaction can be
		if err := c.BeginWith(ctx, e.tx); err != nil {
			e.pool.Put(c)
			return nil, nil, err
		}
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
	if err := c.BeginWith(ctx, e.tx); err != nil {
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

func (t *transaction) statements() *dialect.Cache { return t.engine.caches.statements }

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
