package engine

import (
	"context"
	"fmt"
	"strings"

	"github.com/ormlab/ormlab/orm/driver"
)

const (
	maxKept         = 8 // the last ones of a run
	maxKeptDatabase = 16 << 20
	maxKeptTotal    = 32 << 20
)

// keptPrefix begins the names of the private databases that are kept when
// their connections close, to be looked at until the next run begins. What
// follows is for people. No program's database has such a name: checkName
// refuses it.
const keptPrefix = "\x02"

// keep keeps the private database of a connection that is about to close. One
// that is too large is lost, as it would be anywhere else.
func (e *Engine) keep(c *connection) {
	defer func() { _ = recover() }() // go-sqlite3 panics when its memory is used up
	if c.name != "" || !c.worthKeeping() {
		return
	}
	if len(e.keptNames) == maxKept {
		e.removeKept()
	}
	name := e.keptName(c)
	if err := c.raw.Backup("main", e.kept.uri(name)); err != nil {
		e.kept.remove(name)
		return
	}
	e.keptNames = append(e.keptNames, name)
}

// worthKeeping tells whether a private database has tables and may be kept, as
// it is without the transaction that nobody committed.
func (c *connection) worthKeeping() bool {
	if err := c.db.Rollback(context.Background()); err != nil {
		return false
	}
	row, err := queryRow(c, "SELECT count(*), (SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size) FROM main.sqlite_schema")
	return err == nil && len(row) == 2 && row[0].Kind() == driver.Int && row[0].Int() > 0 && row[1].Int() <= maxKeptDatabase
}

// keptName names a database by the place that used it first.
func (e *Engine) keptName(c *connection) string {
	name := keptPrefix + "in memory"
	if c.site.File != "" {
		name += fmt.Sprintf(" (%s:%d)", c.site.File, c.site.Line)
	}
	e.keptOf[name]++
	if n := e.keptOf[name]; n > 1 {
		name += fmt.Sprintf(", %d", n)
	}
	return name
}

// removeKept forgets the oldest of the databases that are kept.
func (e *Engine) removeKept() {
	name := e.keptNames[0]
	if e.host != nil && e.host.name == name {
		_ = e.closeHost() // only read from
	}
	e.kept.remove(name)
	e.keptNames = e.keptNames[1:]
}

// forgetKept forgets all of them.
func (e *Engine) forgetKept() {
	for len(e.keptNames) > 0 {
		e.removeKept()
	}
	clear(e.keptOf)
	e.kept.mark()
}

// storeOf is where the database of that name is.
func (e *Engine) storeOf(name string) *store {
	if strings.HasPrefix(name, keptPrefix) {
		return e.kept
	}
	return e.store
}
