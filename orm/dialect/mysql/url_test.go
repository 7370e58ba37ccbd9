//go:build !js && !wasip1

package mysql

import (
	"testing"

	client "github.com/go-sql-driver/mysql"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/dialect"
)

func TestConfig(t *testing.T) {
	for text, want := range map[string]string{
		"mysql://": "tcp(127.0.0.1:3306)/",
		"mariadb://ann:p%40s%3A%2Fs@db.example.org:3307/a%2Fb": "ann:p@s:/s@tcp(db.example.org:3307)/a%2Fb",
		"mysql://[::1]/x":                          "tcp([::1]:3306)/x",
		"mysql://root@/x?unix_socket=/run/my.sock": "root@unix(/run/my.sock)/x",
	} {
		u, err := dialect.ParseURL(text)
		require.NoError(t, err)
		config, err := configOf(u)
		require.NoError(t, err, text)
		assert.True(t, config.ClientFoundRows)
		assert.Equal(t, map[string]string{"time_zone": "'+00:00'"}, config.Params)
		assert.Contains(t, config.FormatDSN(), want+"?", text)
	}
	u, err := dialect.ParseURL("mysql://h/x?clientFoundRows=false&time_zone='Asia/Tokyo'&parseTime=true&timeout=3s&tls=true")
	require.NoError(t, err)
	config, err := configOf(u)
	require.NoError(t, err)
	assert.False(t, config.ClientFoundRows)
	assert.True(t, config.ParseTime)
	assert.Equal(t, "'Asia/Tokyo'", config.Params["time_zone"])
	assert.Equal(t, "h", config.TLS.ServerName)
}

func TestConnectionErrors(t *testing.T) {
	for rest, want := range map[string]string{
		"ann:geheim@a,b/x":             "the driver takes one host, not several",
		"ann:geheim@h/x?parseTime=huh": "invalid bool value: huh",
		"ann:geheim@h:x/":              "the port is not a number",
	} {
		_, _, err := connection(rest)
		require.ErrorContains(t, err, want)
		assert.NotContains(t, err.Error(), "geheim")
	}
	name, single, err := connection("ann:ge%2Fheim@h/x")
	require.NoError(t, err)
	assert.False(t, single)
	assert.Equal(t, "mysql://ann:ge%2Fheim@h/x", name)
}

func TestReturnsRows(t *testing.T) {
	for sql, want := range map[string]bool{
		"SELECT 1":                                        true,
		" (select 1)":                                     true,
		"/* x */ -- y\nshow tables":                       true,
		"WITH a AS (SELECT 1) SELECT * FROM a":            true,
		"with a as (select 1) update b set c = 1":         false,
		"INSERT INTO a VALUES (1)":                        false,
		"insert into a values (1) returning id":           true,
		"-- INSERT\nDELETE FROM a":                        false,
		"UPDATE returning_pets SET a = 1 /* RETURNING */": false,
		"CALL p()":               true,
		"CREATE TABLE a (b INT)": false,
		"":                       false,
		"/* never closed":        false,
	} {
		assert.Equal(t, want, returnsRows(sql), sql)
	}
}

func TestNamesInMessages(t *testing.T) {
	for message, c := range map[string]struct {
		number            uint16
		table, constraint string
		columns           []string
	}{
		"Duplicate entry 'Rex' for key 'name'":                                    {1062, "", "name", nil},
		"Duplicate entry 'O'Hara' for key 'pets.name'":                            {1062, "pets", "name", nil},
		"Column 'name' cannot be null":                                            {1048, "", "", []string{"name"}},
		"Field 'name' doesn't have a default value":                               {1364, "", "", []string{"name"}},
		"Data too long for column 'name' at row 1":                                {1406, "", "", []string{"name"}},
		"Incorrect integer value: 'x' for column `test`.`pets`.`hunger` at row 1": {1366, "pets", "", []string{"hunger"}},
		"Incorrect integer value: 'x' for column 'hunger' at row 1":               {1366, "", "", []string{"hunger"}},
		"Cannot add or update a child row: a foreign key constraint fails (`test`.`toys`, CONSTRAINT `toys_ibfk_1` FOREIGN KEY (`pet`, `n`) REFERENCES `pets` (`id`, `n`))": {1452, "toys", "toys_ibfk_1", []string{"pet", "n"}},
		"Check constraint 'hungry' is violated.":       {3819, "", "hungry", nil},
		"CONSTRAINT `hungry` failed for `test`.`pets`": {4025, "pets", "hungry", nil},
		"a message that nobody has seen":               {1062, "", "", nil},
		"another (":                                    {1452, "", "", nil},
	} {
		mapped := mapError(&client.MySQLError{Number: c.number, Message: message})
		require.EqualError(t, mapped, message)
		e := refusalOf(t, mapped)
		assert.Equal(t, c.table, e.Table, message)
		assert.Equal(t, c.constraint, e.Constraint, message)
		assert.Equal(t, c.columns, e.Columns, message)
	}
}
