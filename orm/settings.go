package orm

import (
	"io"
	"slices"
	"time"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/internal/exec"
)

// Options are the settings of an engine. The zero Options are the defaults.
type Options struct {
	// Echo is where every statement is printed; nil for nowhere.
	Echo io.Writer
	// Observers hear of every statement.
	Observers []Observer
	// HideArgs keeps the arguments of statements out of Echo and errors.
	HideArgs bool

	// RefuseWarnings makes an error of every warning that an observer would see
	// in [Statement].Warnings, before the statement runs.
	RefuseWarnings bool

	// StatementCache is how many compiled statements the engine keeps; 0 means
	// 500, less than 0 none. See [Engine.CacheStats].
	StatementCache int

	// PoolSize is how many connections may be open at once; 0 means 10. A
	// database in memory has one, which all users of the engine share. A
	// connection that comes back is rolled back. See [Engine.PoolStats].
	PoolSize int
	// PoolMaxIdle is how many of them stay open while nobody uses them; 0 means
	// all, less than 0 none. A database in memory keeps its one.
	PoolMaxIdle int
	// PoolTimeout is how long to wait for a connection; 0 means 30 seconds, or
	// 5 where there is only one connection.
	PoolTimeout time.Duration
	// PoolRecycle is the age at which a connection is replaced, for databases
	// and networks that drop old ones; 0 means never. A database in memory
	// keeps its connection.
	PoolRecycle time.Duration
	// PrePing asks the database for an answer before a connection is used
	// again, so that one that was lost in the meantime is replaced. Without it
	// the first statement on such a connection fails, and the error empties the
	// pool.
	PrePing bool

	// Isolation is how much transactions see of others that run beside them.
	Isolation Isolation
	// ReadOnly makes transactions that cannot write.
	ReadOnly bool
	// Immediate makes a transaction on SQLite wait for the right to write when
	// it begins. Without it one that first reads and then writes fails at the
	// write, with [KindBusy], if another has written meanwhile. Those that only
	// read should then use [Engine.ReadOnly]. Other databases need no such thing.
	Immediate bool
	// Autocommit makes the engine one as [Engine.Autocommit] returns.
	Autocommit bool
}

// Isolation is how much a transaction sees of others that run beside it. A
// database that lacks a level gives the next stronger one; SQLite is always
// serializable.
type Isolation = driver.Isolation

// The levels of isolation.
const (
	DefaultIsolation = driver.DefaultIsolation // the database's own
	ReadUncommitted  = driver.ReadUncommitted  // what others have not committed yet
	ReadCommitted    = driver.ReadCommitted    // what others have committed, at each statement
	RepeatableRead   = driver.RepeatableRead   // what was there when the transaction began
	Serializable     = driver.Serializable     // as if transactions ran one after another
)

// cacheSize is how many compiled statements the engine keeps.
func (o Options) cacheSize() int {
	if o.StatementCache == 0 {
		return 500
	}
	return o.StatementCache
}

// transactions is how the engine's transactions begin.
func (o Options) transactions() driver.TxOptions {
	return driver.TxOptions{Isolation: o.Isolation, ReadOnly: o.ReadOnly, Immediate: o.Immediate}
}

// hooks connects those who listen with the pool.
func (o Options) hooks() *exec.Hooks {
	observers := slices.Clone(o.Observers)
	if o.Echo != nil {
		observers = append(observers, echo(o.Echo, o.HideArgs))
	}
	h := hooks(observers)
	h.Strict = o.RefuseWarnings
	if o.HideArgs {
		h.Wrap = func(sql string, _ []driver.Value, err error) error { return wrapError(sql, nil, err) }
	}
	return h
}

// pool is the settings of the pool. A database that lives in its connection
// has one, for ever.
func (o Options) pool(single bool) exec.Settings {
	s := exec.Settings{Size: o.PoolSize, MaxIdle: o.PoolMaxIdle, Timeout: o.PoolTimeout, Lifetime: o.PoolRecycle, Ping: o.PrePing}
	if s.Size <= 0 {
		s.Size = 10
	}
	if s.Timeout <= 0 {
		s.Timeout = 30 * time.Second
	}
	if single {
		s.Size, s.MaxIdle, s.Lifetime = 1, 0, 0
		if o.PoolTimeout <= 0 {
			s.Timeout = 5 * time.Second
		}
	}
	return s
}
