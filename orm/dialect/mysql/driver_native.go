//go:build !js && !wasip1

package mysql

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	client "github.com/go-sql-driver/mysql"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/driver/sqldriver"
)

// Driver returns the driver that the dialect uses: go-sql-driver, or nil in a
// WebAssembly build, which has no network. The name that it opens is a URL.
func Driver() driver.Driver { return opener{} }

type opener struct{}

func (opener) Open(ctx context.Context, name string) (driver.Conn, error) {
	u, err := dialect.ParseURL(name)
	if err != nil {
		return nil, err
	}
	config, err := configOf(u)
	if err != nil {
		return nil, fmt.Errorf("mysql: reading the URL: %w", err)
	}
	connector, err := client.NewConnector(config)
	if err != nil {
		return nil, fmt.Errorf("mysql: reading the URL: %w", err)
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("mysql: connecting: %w", interrupted(err))
	}
	raw, err := connector.Connect(ctx)
	if err != nil {
		return nil, fmt.Errorf("mysql: connecting: %w", connectError(ctx, err))
	}
	options := (mysql{}).DatabaseSQL()
	id, err := connectionID(ctx, raw)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("mysql: connecting: %w", connectError(ctx, err)), raw.Close())
	}
	options.Abandoned = func() { go kill(connector, id) }
	return sqldriver.New(raw, options), nil
}

// DatabaseSQL says how the seam's adapter over database/sql handles
// go-sql-driver.
func (mysql) DatabaseSQL() sqldriver.Options {
	return sqldriver.Options{
		MapError:     mapError,
		Ends:         func(err error) bool { return number(err) == deadlock },
		Unpreparable: func(err error) bool { return number(err) == unpreparable },
		QueryOnly:    returnsRows,
		ColumnKind:   columnKind,
		WallClock:    true,
		Quote:        '`',
	}
}

// writeVerbs are the first words of statements whose result is a number of
// rows, or nothing.
var writeVerbs = map[string]bool{"INSERT": true, "REPLACE": true, "UPDATE": true, "DELETE": true, "CREATE": true, "DROP": true,
	"ALTER": true, "TRUNCATE": true, "RENAME": true, "SET": true, "LOAD": true, "GRANT": true, "REVOKE": true, "USE": true, "DO": true}

// returnsRows says whether a statement may return rows. go-sql-driver 1.10.1
// waits for ever if such a statement is run a second time by Exec on MariaDB,
// which then leaves out the description of the columns.
func returnsRows(sql string) bool {
	words := wordsOf(strings.ToUpper(sql))
	if len(words) == 0 {
		return false
	}
	if words[0] == "WITH" { // MySQL has WITH … UPDATE too
		return !slices.ContainsFunc(words, func(w string) bool { return w == "UPDATE" || w == "DELETE" })
	}
	return !writeVerbs[words[0]] || slices.Contains(words, "RETURNING")
}

// wordsOf returns the words of a statement, those in its comments left out.
func wordsOf(sql string) []string {
	var code strings.Builder
	for sql != "" {
		before, comment, found := strings.Cut(strings.ReplaceAll(sql, "/*!", " "), "/*")
		code.WriteString(before + " ")
		if _, sql, _ = strings.Cut(comment, "*/"); !found {
			break
		}
	}
	var words []string
	for line := range strings.Lines(code.String()) {
		line, _, _ = strings.Cut(line, "-- ")
		words = append(words, strings.FieldsFunc(line, func(r rune) bool {
			return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
		})...)
	}
	return words
}

func columnKind(databaseType string) driver.Kind {
	switch databaseType {
	case "BLOB", "TINYBLOB", "MEDIUMBLOB", "LONGBLOB", "BINARY", "VARBINARY", "BIT", "GEOMETRY", "VECTOR":
		return driver.Blob
	case "DATETIME", "TIMESTAMP":
		return driver.Time
	}
	return driver.Text
}

func check(u dialect.URL) error {
	_, err := configOf(u)
	return err
}

const defaultPort = 3306

// configOf is the driver's configuration for a URL.
func configOf(u dialect.URL) (*client.Config, error) {
	if u.Host == "" {
		u.Host = "127.0.0.1"
	}
	if u.Port == 0 {
		u.Port = defaultPort
	}
	network, address := "tcp", net.JoinHostPort(u.Host, strconv.Itoa(u.Port))
	if socket := u.Option("unix_socket"); socket != "" {
		network, address = "unix", socket
	}
	options := url.Values{"clientFoundRows": {"true"}, "time_zone": {"'+00:00'"}}
	for _, o := range u.Options {
		if o.Name != "unix_socket" {
			options.Set(o.Name, o.Value)
		}
	}
	config, err := client.ParseDSN(network + "(" + address + ")/?" + options.Encode())
	if err != nil {
		return nil, err
	}
	config.User, config.Passwd, config.DBName = u.User, u.Password, u.Database
	config.Logger = log.New(io.Discard, "", 0) // what it would log comes back as an error
	return config, nil
}

// connectError sorts the failure to connect: a server that answered with a
// refusal has said why, one that did not is disconnected.
func connectError(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return interrupted(ctx.Err())
	}
	mapped := mapError(err)
	var refusal *driver.Error
	if errors.As(mapped, &refusal) {
		return mapped
	}
	return &driver.Error{Kind: driver.Disconnected, Code: "2002", Message: err.Error(), Cause: err}
}

func interrupted(cause error) error {
	return &driver.Error{Kind: driver.Interrupted, Code: "1317", Message: "interrupted", Cause: cause}
}
