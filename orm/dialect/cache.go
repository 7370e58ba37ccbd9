package dialect

import (
	"container/list"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ormlab/ormlab/orm/expr"
)

// Cache keeps compiled statements, so that one of the same structure is not
// compiled again: what differs may be the values, and the lengths of the lists
// of IN. The statements that were not used for longest leave it first. It is
// safe for use by several goroutines.
//
// A statement that the cache cannot hold, such as CREATE TABLE, is compiled
// each time.
type Cache struct {
	dialect Dialect
	limit   int

	mu      sync.Mutex
	entries map[string]*list.Element // of *entry
	order   list.List                // the most recently used in front
	misses  uint64

	hits    atomic.Uint64
	writers sync.Pool // of *keyWriter
}

// CacheStats tell how a [Cache] does.
type CacheStats struct {
	// Hits counts statements that the cache had, Misses those that were
	// compiled.
	Hits, Misses uint64
	// Entries is how many statements the cache holds, Limit how many it may.
	Entries, Limit int
}

// entry is a statement in the cache.
type entry struct {
	key      string
	template *template
	variants []variant // the SQL for other lengths of lists
	next     int       // of variants, to be replaced
}

// variant is the SQL of a statement for lists of some lengths.
type variant struct {
	lengths []int
	sql     string
}

const (
	// maxVariants is how many variants an entry keeps.
	maxVariants = 8
	// maxKept is the length of the SQL beyond which it is not kept.
	maxKept = 64 << 10
)

// NewCache returns a cache of at most limit statements; none for 0 or less.
func NewCache(d Dialect, limit int) *Cache {
	return &Cache{dialect: d, limit: max(limit, 0), entries: map[string]*list.Element{}}
}

// Stats returns the cache's numbers so far.
func (c *Cache) Stats() CacheStats {
	c.mu.Lock()
	defer c.mu.Unlock()
	return CacheStats{Hits: c.hits.Load(), Misses: c.misses, Entries: len(c.entries), Limit: c.limit}
}

// Compile is [Compile] for the cache's dialect, by what the cache holds. A
// statement that it had has no Values.
func (c *Cache) Compile(s expr.Stmt) (Compiled, error) {
	if t, ok := s.(expr.Text); ok && len(t.Parts) == 1 && len(t.Binds) == 0 {
		return c.compile(s, nil, true)
	}
	if c.limit == 0 {
		return c.compile(s, nil, false)
	}
	w := c.writer()
	defer c.release(w)
	w.stmt(s)
	if w.unknown {
		return c.compile(s, nil, false)
	}
	if compiled, ok := c.lookup(w); ok {
		compiled.Stmt = s
		return compiled, nil
	}
	tr := &trace{}
	compiled, err := c.compile(s, tr, false)
	if err == nil && len(compiled.SQL) <= maxKept {
		if t := newTemplate(w, &compiled, tr); t != nil {
			c.keep(string(w.key), t)
		}
	}
	return compiled, err
}

// compile compiles the statement.
func (c *Cache) compile(s expr.Stmt, tr *trace, raw bool) (Compiled, error) {
	start := time.Now()
	compiled, err := compileTraced(c.dialect, s, tr)
	if !raw {
		c.mu.Lock()
		c.misses++
		c.mu.Unlock()
	}
	if err != nil {
		return Compiled{}, err
	}
	compiled.Raw = raw
	compiled.Took = time.Since(start)
	compiled.Since = start.Add(compiled.Took)
	return compiled, nil
}

// lookup returns what the cache holds for the key that was written.
func (c *Cache) lookup(w *keyWriter) (Compiled, bool) {
	t, sql, had := c.find(w)
	if t == nil || !t.fits(w) {
		return Compiled{}, false
	}
	args, ok := t.arguments(w)
	if !ok {
		return Compiled{}, false
	}
	if !had {
		sql = t.expand(w)
		c.addVariant(w, t, sql)
	}
	c.hits.Add(1)
	return Compiled{SQL: sql, Args: args, Warnings: t.warnings, Cached: true, Since: t.since, Took: t.took}, true
}

// find returns the template of the key, and its SQL for the lengths of the
// lists if there is one already.
func (c *Cache) find(w *keyWriter) (t *template, sql string, had bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	el := c.entries[string(w.key)]
	if el == nil {
		return nil, "", false
	}
	c.order.MoveToFront(el)
	e := el.Value.(*entry)
	if hasLengths(w, e.template.lists, e.template.lengths) {
		return e.template, e.template.sql, true
	}
	for i := range e.variants {
		if v := &e.variants[i]; hasLengths(w, e.template.lists, v.lengths) {
			return e.template, v.sql, true
		}
	}
	return e.template, "", false
}

// addVariant keeps the SQL for the lengths of the lists.
func (c *Cache) addVariant(w *keyWriter, t *template, sql string) {
	if len(sql) > maxKept {
		return
	}
	v := variant{make([]int, len(t.lists)), sql}
	for i, item := range t.lists {
		v.lengths[i] = w.items[item].n
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	el := c.entries[string(w.key)]
	if el == nil || el.Value.(*entry).template != t {
		return
	}
	e := el.Value.(*entry)
	if len(e.variants) < maxVariants {
		e.variants = append(e.variants, v)
		return
	}
	e.variants[e.next] = v
	e.next = (e.next + 1) % maxVariants
}

// keep takes a statement in, and lets go of the one that was not used for
// longest.
func (c *Cache) keep(key string, t *template) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if el := c.entries[key]; el != nil {
		el.Value = &entry{key: key, template: t}
		c.order.MoveToFront(el)
		return
	}
	c.entries[key] = c.order.PushFront(&entry{key: key, template: t})
	if len(c.entries) > c.limit {
		oldest := c.order.Remove(c.order.Back()).(*entry)
		delete(c.entries, oldest.key)
	}
}

func (c *Cache) writer() *keyWriter {
	if w, ok := c.writers.Get().(*keyWriter); ok {
		return w
	}
	return &keyWriter{dialect: c.dialect, features: c.dialect.Features(), key: make([]byte, 0, 512)}
}

func (c *Cache) release(w *keyWriter) {
	w.reset()
	if cap(w.slots) < 4096 {
		c.writers.Put(w)
	}
}
