package dialect

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/ormlab/ormlab/orm/driver"
)

// Entry is what a URL's scheme stands for.
type Entry struct {
	Dialect Dialect
	// Driver opens connections; nil if statements can only be compiled.
	Driver driver.Driver
	// Name turns what stands behind "scheme://" into the driver's own notation.
	// Single says that the database may have only one connection, because
	// another one would see another database.
	Name func(rest string) (name string, single bool, err error)
}

var registry = struct {
	sync.RWMutex
	entries map[string]Entry
}{entries: map[string]Entry{}}

// packages are the packages of this module that register a scheme.
var packages = map[string]string{
	"sqlite": "sqlite", "postgresql": "postgres", "postgres": "postgres", "mysql": "mysql", "mariadb": "mysql",
}

// Register makes e the meaning of the scheme; a second call for the same
// scheme replaces the first. A package with a dialect calls it in init.
func Register(scheme string, e Entry) {
	registry.Lock()
	defer registry.Unlock()
	registry.entries[scheme] = e
}

// Lookup returns what the scheme stands for. Its error names the import that
// is missing.
func Lookup(scheme string) (Entry, error) {
	registry.RLock()
	defer registry.RUnlock()
	if e, ok := registry.entries[scheme]; ok {
		return e, nil
	}
	known := "none"
	if len(registry.entries) > 0 {
		known = strings.Join(schemes(), ", ")
	}
	if p, ok := packages[scheme]; ok {
		return Entry{}, fmt.Errorf("dialect: looking up %s: the program does not import its dialect; add import _ %q (imported: %s)",
			scheme, "github.com/ormlab/ormlab/orm/dialect/"+p, known)
	}
	return Entry{}, fmt.Errorf("dialect: looking up %q: no imported dialect has this scheme (imported: %s)", scheme, known)
}

// schemes lists the registered schemes. The caller holds the lock.
func schemes() []string {
	list := make([]string, 0, len(registry.entries))
	for s := range registry.entries {
		list = append(list, s)
	}
	slices.Sort(list)
	return list
}
