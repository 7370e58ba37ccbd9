package orm

import "time"

// PoolStats tell how an engine's pool of connections does. Waits that go up
// mean that PoolSize is small for the program, or that something keeps its
// connection too long.
type PoolStats struct {
	// Size is how many connections may be in use at once; see Options.PoolSize.
	Size int
	// InUse is how many connections are lent now, Idle how many are open and
	// wait to be used again.
	InUse, Idle int
	// Opened counts the connections that were made since the engine was opened.
	Opened uint64
	// Waits counts those who found all connections in use, Timeouts those of
	// them who got none within Options.PoolTimeout.
	Waits, Timeouts uint64
	// WaitTime is how long all of them waited together.
	WaitTime time.Duration
}

// PoolStats returns the numbers of the engine's pool of connections. Engines
// that [Engine.ReadOnly] and its like return have the same pool. With [OpenDB]
// the connections are those of the *sql.DB, whose Stats tell more.
func (e *Engine) PoolStats() PoolStats { return PoolStats(e.pool.Stats()) }
