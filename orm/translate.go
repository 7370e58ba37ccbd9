package orm

import (
	"maps"
	"slices"
	"strconv"

	"github.com/ormlab/ormlab/orm/dialect"
)

// Translate returns an engine on the same connections that writes other
// namespaces than those that models and tables are declared in, as
// SQLAlchemy's schema_translate_map does: for one schema or database for each
// tenant, say.
//
//	tenant := engine.Translate(map[string]string{"": "tenant_7", "shared": "common"})
//
// The empty key stands for tables without a namespace; an empty value writes
// none. It holds for queries, changes, sessions, CreateAll, DropAll and
// [Inspect]: tables, targets of foreign keys, sequences, views, and the types of
// enumerations, which count as without a namespace. It does not change
// [Text], nor SQL in checks, views and computed columns. Namespaces are always
// those of the declaration, also if the engine is a translated one.
//
// On MySQL a namespace is a database, on SQLite one that the connection has
// attached, which CreateAll does not do and [Inspect] does not look into. Statements are compiled once for each
// translation, of which the engine remembers the last hundred or so; it costs
// little to ask for one at each request.
func (e *Engine) Translate(namespaces map[string]string) *Engine {
	other := *e
	plain := e.caches
	if plain.plain != nil {
		plain = plain.plain
	}
	other.dialect = dialect.Translate(e.dialect, namespaces)
	other.caches = plain.view(other.dialect, namespaces)
	return &other
}

// maxViews is how many translations have caches that are remembered.
const maxViews = 128

// view returns the caches of a translation.
func (c *caches) view(d dialect.Dialect, namespaces map[string]string) *caches {
	if len(namespaces) == 0 {
		return c
	}
	key := translationKey(namespaces)
	c.mu.Lock()
	defer c.mu.Unlock()
	if v := c.views[key]; v != nil {
		return v
	}
	if c.views == nil || len(c.views) >= maxViews {
		c.views = map[string]*caches{}
	}
	v := &caches{statements: dialect.NewCache(d, c.statements.Stats().Limit), plain: c}
	c.views[key] = v
	return v
}

func translationKey(namespaces map[string]string) string {
	var key []byte
	for _, from := range slices.Sorted(maps.Keys(namespaces)) {
		key = strconv.AppendQuote(key, from)
		key = strconv.AppendQuote(key, namespaces[from])
	}
	return string(key)
}
