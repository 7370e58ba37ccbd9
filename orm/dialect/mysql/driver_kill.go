//go:build !js && !wasip1

package mysql

import (
	"context"
	sqld "database/sql/driver"
	"errors"
	"fmt"
	"strconv"
	"time"
)

// killTimeout is how long the server may take to be told that a connection is
// abandoned.
const killTimeout = 5 * time.Second

// connectionID asks the server for its number of the connection.
func connectionID(ctx context.Context, raw sqld.Conn) (int64, error) {
	q, ok := raw.(sqld.QueryerContext)
	if !ok {
		return 0, errors.New("the driver cannot query")
	}
	rows, err := q.QueryContext(ctx, "SELECT CONNECTION_ID()", nil)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	row := make([]sqld.Value, 1)
	if err := rows.Next(row); err != nil {
		return 0, err
	}
	switch id := row[0].(type) {
	case int64:
		return id, nil
	case []byte:
		return strconv.ParseInt(string(id), 10, 64)
	}
	return 0, fmt.Errorf("CONNECTION_ID() is a %T", row[0])
}

// kill makes the server stop what it does for a connection whose context has
// ended: go-sql-driver only closes the socket, which the server does not see
// before it has rows to send. If the server cannot be told, nobody is waiting
// for it.
func kill(connector sqld.Connector, id int64) {
	ctx, cancel := context.WithTimeout(context.Background(), killTimeout)
	defer cancel()
	raw, err := connector.Connect(ctx)
	if err != nil {
		return
	}
	defer raw.Close()
	if e, ok := raw.(sqld.ExecerContext); ok {
		_, _ = e.ExecContext(ctx, "KILL "+strconv.FormatInt(id, 10), nil)
	}
}
