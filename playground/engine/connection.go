package engine

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/driver/gosqlite3"
	"github.com/ormlab/ormlab/playground/wire"
)

// maxValue is the longest text or blob.
const maxValue = 16 << 20

// settings make a database in memory fast: there is no disk to be safe from.
const settings = "PRAGMA journal_mode=memory; PRAGMA synchronous=off; PRAGMA temp_store=memory"

// connection is a program's connection.
type connection struct {
	id        int
	name      string // "" for a private database
	raw       *sqlite3.Conn
	db        *gosqlite3.Conn
	tx        int    // number of the open transaction, 0 outside one
	vacuuming bool   // a VACUUM runs, which attaches a database of its own
	attaching bool   // the engine itself attaches one
	denied    string // why the authorizer said no to the last statement

	site wire.Site // that used it first
}

// open opens a connection to the database of that name, hardened against what
// an untrusted program may send.
func (e *Engine) open(name string) (*connection, error) {
	c := &connection{name: strings.Clone(name)} // a request's memory is used again
	uri := ":memory:"
	if name != "" {
		uri = e.storeOf(name).uri(name)
	}
	if strings.HasPrefix(name, keptPrefix) {
		uri += "&mode=ro"
	}
	raw, err := sqlite3.OpenContext(sqlite3.WithMaxMemory(context.Background(), e.maxMemory), uri)
	if err != nil {
		return nil, fmt.Errorf("engine: opening the database %q: %w", name, err)
	}
	c.raw = raw
	if err := c.harden(); err != nil {
		return nil, errors.Join(fmt.Errorf("engine: opening the database %q: %w", name, err), raw.Close())
	}
	c.db = gosqlite3.New(raw)
	return c, nil
}

func (c *connection) harden() error {
	if err := c.raw.Exec(settings); err != nil {
		return err
	}
	for option, on := range map[sqlite3.DBConfig]bool{
		sqlite3.DBCONFIG_ENABLE_FKEY:    true,
		sqlite3.DBCONFIG_DEFENSIVE:      true,
		sqlite3.DBCONFIG_TRUSTED_SCHEMA: false,
	} {
		if _, err := c.raw.Config(option, on); err != nil {
			return err
		}
	}
	c.raw.Limit(sqlite3.LIMIT_LENGTH, maxValue)
	c.raw.Limit(sqlite3.LIMIT_SQL_LENGTH, maxValue)
	return c.raw.SetAuthorizer(c.authorize)
}

// authorize refuses what reaches out of the connection's database.
func (c *connection) authorize(action sqlite3.AuthorizerActionCode, name, arg, _, _ string) sqlite3.AuthorizerReturnCode {
	switch action {
	case sqlite3.AUTH_ATTACH:
		if c.vacuuming && name == "" || c.attaching {
			return sqlite3.AUTH_OK
		}
		c.denied = "ATTACH and VACUUM INTO are not available in the playground: open the other database instead"
		return sqlite3.AUTH_DENY
	case sqlite3.AUTH_PRAGMA:
		if strings.EqualFold(name, "busy_timeout") && arg != "" {
			// Waiting would block the engine, and with it the connection that
			// holds the lock.
			return sqlite3.AUTH_IGNORE
		}
	}
	return sqlite3.AUTH_OK
}

// explain adds to a refusal what the playground knows about it.
func (e *Engine) explain(c *connection, err error) error {
	var refusal *driver.Error
	if !errors.As(err, &refusal) {
		return err
	}
	switch {
	case c.denied != "":
		refusal.Message = c.denied
		c.denied = ""
	case refusal.Kind == driver.Limit && strings.HasSuffix(refusal.Message, "is full"):
		refusal.Message += fmt.Sprintf(" (a database in the playground can hold %d MiB, all together %d MiB)",
			e.store.maxDatabase>>20, e.store.maxChunks*chunkSize>>20)
	case refusal.Kind == driver.Limit && strings.Contains(refusal.Message, "out of memory"):
		refusal.Message += fmt.Sprintf(" (a connection in the playground can use %d MiB)", e.maxMemory>>20)
	}
	return err
}
