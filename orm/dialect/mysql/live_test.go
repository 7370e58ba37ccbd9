//go:build !js && !wasip1

package mysql_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/dialect/mysql"
	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/internal/testdb"
)

func connect(t *testing.T, url string) driver.Conn {
	t.Helper()
	conn, err := mysql.Driver().Open(t.Context(), url)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, conn.Close()) })
	return conn
}

func TestReading(t *testing.T) {
	for _, options := range []string{"", "?parseTime=true", "?parseTime=true&loc=Asia%2FTokyo"} {
		conn := connect(t, testdb.MySQL(t)+options)
		run(t, conn, "CREATE TABLE v (a TINYINT, b BIGINT UNSIGNED, c FLOAT, d DOUBLE, e DECIMAL(30, 3), f DATE, g DATETIME(6), "+
			"h TIMESTAMP(6) NULL, i TIME, j VARCHAR(9), k TEXT, l BLOB, m VARBINARY(9), n YEAR, o ENUM('x', 'y'), p BOOL)")
		at := time.Date(2024, 2, 29, 23, 59, 58, 123456000, time.UTC)
		want := []driver.Value{driver.IntValue(-7), driver.TextValue("18446744073709551615"), driver.FloatValue(1.5), driver.FloatValue(0.1),
			driver.TextValue("12345678901234567890.123"), driver.TextValue("2024-02-29"), driver.TimeValue(at), driver.TimeValue(at),
			driver.TextValue("12:30:00"), driver.TextValue("Ó"), driver.TextValue("猫"), driver.BlobValue([]byte{0, 255}),
			driver.BlobValue([]byte{1}), driver.IntValue(2024), driver.TextValue("y"), driver.IntValue(1)}
		run(t, conn, "INSERT INTO v VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", want...)
		stmt, err := conn.Prepare(t.Context(), "SELECT * FROM v")
		require.NoError(t, err)
		rows, err := stmt.Query(t.Context(), nil)
		require.NoError(t, err)
		more, err := rows.Next(t.Context())
		require.NoError(t, err)
		require.True(t, more)
		for i, w := range want {
			assert.Equal(t, w, rows.Value(i), "%s of %s", rows.Columns()[i].Name, options)
		}
		require.NoError(t, rows.Close())
		require.NoError(t, stmt.Close())
	}
}

// TestADeadlockEndsTheTransaction makes two transactions wait for each other;
// the server rolls one of them back, and nothing more runs in it.
func TestADeadlockEndsTheTransaction(t *testing.T) {
	url := testdb.MySQL(t)
	a, b := connect(t, url), connect(t, url)
	run(t, a, "CREATE TABLE v (id INT PRIMARY KEY, n INT)")
	run(t, a, "INSERT INTO v VALUES (1, 0), (2, 0)")
	for i, conn := range []driver.Conn{a, b} {
		require.NoError(t, conn.Begin(t.Context(), driver.TxOptions{}))
		run(t, conn, "UPDATE v SET n = n + 1 WHERE id = ?", driver.IntValue(int64(i+1)))
	}
	update := func(conn driver.Conn, id int64) error {
		stmt, err := conn.Prepare(context.Background(), "UPDATE v SET n = n + 1 WHERE id = ?")
		if err != nil {
			return err
		}
		defer stmt.Close()
		_, err = stmt.Exec(context.Background(), []driver.Value{driver.IntValue(id)})
		return err
	}
	first := make(chan error)
	go func() { first <- update(a, 2) }()
	errB := update(b, 1)
	errA := <-first
	loser, err := a, errA
	if errB != nil {
		loser, err = b, errB
	}
	var refusal *driver.Error
	require.ErrorAs(t, err, &refusal)
	assert.Equal(t, driver.Busy, refusal.Kind)
	assert.False(t, loser.(interface{ InTransaction() bool }).InTransaction())
	require.ErrorContains(t, update(loser, 1), "has rolled the transaction back")
	require.ErrorContains(t, loser.Commit(t.Context()), "has rolled the transaction back")
	require.NoError(t, a.Rollback(t.Context()))
	require.NoError(t, b.Rollback(t.Context()))
	require.NoError(t, update(loser, 1), "after the rollback it goes on")
}

// TestAnInterruptedStatementEndsOnTheServer sees the statement in the server's
// list, and then no more.
func TestAnInterruptedStatementEndsOnTheServer(t *testing.T) {
	url := testdb.MySQL(t)
	watcher, conn := connect(t, url), connect(t, url)
	list, err := watcher.Prepare(t.Context(), "SELECT count(*) FROM information_schema.processlist WHERE info = 'SELECT SLEEP(30)' AND db = DATABASE()")
	require.NoError(t, err)
	running := func() int64 {
		rows, err := list.Query(t.Context(), nil)
		require.NoError(t, err)
		defer rows.Close()
		_, err = rows.Next(t.Context())
		require.NoError(t, err)
		return rows.Int(0)
	}
	stmt, err := conn.Prepare(t.Context(), "SELECT SLEEP(30)")
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { _, err := stmt.Exec(ctx, nil); done <- err }()
	require.Eventually(t, func() bool { return running() == 1 }, 5*time.Second, 5*time.Millisecond)
	cancel()
	require.ErrorIs(t, <-done, context.Canceled)
	require.Eventually(t, func() bool { return running() == 0 }, 5*time.Second, 5*time.Millisecond)
}

func TestStatementsThatCannotBePrepared(t *testing.T) {
	conn := connect(t, testdb.MySQL(t))
	run(t, conn, "CREATE TABLE v (id INT)")
	run(t, conn, "LOCK TABLES v WRITE")
	run(t, conn, "UNLOCK TABLES")
	run(t, conn, "CREATE TRIGGER tr BEFORE INSERT ON v FOR EACH ROW SET NEW.id = NEW.id + 1")
	assert.Equal(t, int64(1), run(t, conn, "INSERT INTO v VALUES (1)").RowsAffected)
}

func TestConnectErrors(t *testing.T) {
	testdb.MySQLServer(t)
	_, err := mysql.Driver().Open(t.Context(), "mysql://root:geheim@127.0.0.1:1/test")
	var refusal *driver.Error
	require.ErrorAs(t, err, &refusal)
	assert.Equal(t, driver.Disconnected, refusal.Kind)
	assert.NotContains(t, err.Error(), "geheim")
}
