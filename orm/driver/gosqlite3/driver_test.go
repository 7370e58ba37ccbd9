package gosqlite3

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/driver"
)

func TestSmoke(t *testing.T) {
	ctx := t.Context()
	c, err := Driver().Open(ctx, filepath.Join(t.TempDir(), "a.db"))
	require.NoError(t, err)
	defer c.Close()
	s, err := c.Prepare(ctx, "create table pets(id integer primary key, name varchar(50) not null unique)")
	require.NoError(t, err)
	_, err = s.Exec(ctx, nil)
	require.NoError(t, err)
	s, err = c.Prepare(ctx, "insert into pets(name) values(?)")
	require.NoError(t, err)
	res, err := s.Exec(ctx, []driver.Value{driver.TextValue("Fluffy")})
	require.NoError(t, err)
	require.Equal(t, driver.Result{RowsAffected: 1, LastInsertID: 1}, res)
	_, err = s.Exec(ctx, []driver.Value{driver.TextValue("Fluffy")})
	t.Logf("%#v", err)
	s, err = c.Prepare(ctx, "select * from pets")
	require.NoError(t, err)
	rows, err := s.Query(context.Background(), nil)
	require.NoError(t, err)
	more, err := rows.Next(ctx)
	require.NoError(t, err)
	require.True(t, more)
	t.Log(rows.Columns(), rows.Value(0), rows.Value(1))
}
