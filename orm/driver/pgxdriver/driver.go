//go:build !js && !wasip1

// Package pgxdriver implements the driver seam directly on
// github.com/jackc/pgx/v5/pgconn, without database/sql.
//
// Most programs get it by importing the dialect orm/dialect/postgres. This
// package is for those who open the connection themselves: see [New].
//
// # Values
//
// An argument is sent as the type that the server found for its parameter, so
// that an Int may be a smallint, a numeric or text; one that does not fit is
// an error of the kind [driver.Data]. A Time is an instant: a timestamp
// without time zone holds it in UTC. Rows hold integers as Int, real and
// double precision as Float, boolean as Bool, bytea as Blob, timestamps as
// Time, and everything else, such as numeric, uuid, json, date and arrays, as
// Text in PostgreSQL's own form.
//
// # Rows
//
// Rows are read as they are asked for. The protocol knows one running query
// for each connection, so if another statement starts while rows are open,
// those that are left are taken into memory first.
package pgxdriver

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/ormlab/ormlab/orm/driver"
)

// Driver returns the driver. The name it opens is a URL or a list of key=value
// as libpq reads them; environment variables such as PGHOST and PGPASSWORD
// fill in what it leaves out. Sessions are in UTC unless the name sets the
// option timezone.
func Driver() driver.Driver { return opener{} }

type opener struct{}

func (opener) Open(ctx context.Context, name string) (driver.Conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("pgxdriver: connecting: %w", interrupted(err))
	}
	config, err := pgconn.ParseConfig(name)
	if err != nil {
		return nil, fmt.Errorf("pgxdriver: reading the connection string: %w", err)
	}
	if _, set := config.RuntimeParams["timezone"]; !set {
		config.RuntimeParams["timezone"] = "UTC"
	}
	config.BuildContextWatcherHandler = cancelOnServer
	raw, err := pgconn.ConnectConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("pgxdriver: connecting: %w", connectError(ctx, err))
	}
	return New(raw), nil
}

// connectError sorts the failure to connect: a server that answered with a
// refusal has said why, one that did not is disconnected.
func connectError(ctx context.Context, err error) error {
	var refusal *pgconn.PgError
	if errors.As(err, &refusal) {
		return MapError(err)
	}
	if ended := driver.Ended(ctx); ended != nil {
		return interrupted(ended)
	}
	return &driver.Error{Kind: driver.Disconnected, Code: "08001", Message: err.Error(), Cause: err}
}
