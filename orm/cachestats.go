package orm

// CacheStats tell how an engine's cache of compiled statements does. A
// statement that differs from one in the cache only in its values, or in the
// number of values of an In, is a hit: it is not compiled again.
type CacheStats struct {
	// Hits counts statements that the cache had, Misses those that were
	// compiled.
	Hits, Misses uint64
	// Entries is how many statements the cache holds, Limit how many it may;
	// see Options.StatementCache.
	Entries, Limit int
}

// CacheStats returns the numbers of the engine's cache of compiled statements
// since it was opened. Engines on the same pool share the cache.
func (e *Engine) CacheStats() CacheStats { return CacheStats(e.caches.statements.Stats()) }
