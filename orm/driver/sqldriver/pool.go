package sqldriver

import (
	"context"
	"database/sql"
	sqld "database/sql/driver"
	"fmt"

	"github.com/ormlab/ormlab/orm/driver"
)

// Pool returns a driver whose connections come from db, and go back to it when
// they are closed. The name that it opens has no meaning.
func Pool(db *sql.DB, options Options) driver.Driver { return &pool{db, options} }

type pool struct {
	db      *sql.DB
	options Options
}

// Open takes a connection from the *sql.DB for as long as it is in use.
func (p *pool) Open(ctx context.Context, _ string) (driver.Conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("sqldriver: connecting: %w", interrupted(err))
	}
	conn, err := p.db.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("sqldriver: connecting: %w", p.connectError(ctx, err))
	}
	l := &loan{raw: make(chan sqld.Conn), back: make(chan bool), done: make(chan error)}
	go l.run(conn)
	select {
	case raw := <-l.raw:
		c := New(raw, p.options)
		c.release = l.end
		return c, nil
	case err := <-l.done:
		return nil, fmt.Errorf("sqldriver: connecting: %w", p.connectError(ctx, err))
	}
}

func (p *pool) connectError(ctx context.Context, err error) error {
	if ended := driver.Ended(ctx); ended != nil {
		return interrupted(ended)
	}
	if p.options.MapError != nil {
		return p.options.MapError(err)
	}
	return err
}

// loan is a connection that is out of its *sql.DB. The database/sql driver's
// connection may be used only while Raw runs, so Raw runs as long as the loan,
// in a goroutine of its own.
type loan struct {
	raw  chan sqld.Conn
	back chan bool // whether the connection is broken
	done chan error
}

func (l *loan) run(conn *sql.Conn) {
	err := conn.Raw(func(raw any) error {
		c, ok := raw.(sqld.Conn)
		if !ok {
			return fmt.Errorf("a connection of the type %T is none of database/sql", raw)
		}
		l.raw <- c
		if <-l.back {
			return sqld.ErrBadConn // so that database/sql drops it
		}
		return nil
	})
	if closeErr := conn.Close(); err == nil {
		err = closeErr
	}
	l.done <- err
}

// end gives the connection back.
func (l *loan) end(broken bool) error {
	l.back <- broken
	return <-l.done
}
