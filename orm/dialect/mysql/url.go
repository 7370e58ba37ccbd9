package mysql

import (
	"errors"
	"fmt"
	"strings"

	"github.com/ormlab/ormlab/orm/dialect"
)

// connection checks the URL and gives it back: the driver reads it again.
func connection(rest string) (name string, single bool, err error) {
	u, err := dialect.ParseURL("mysql://" + rest)
	if err != nil {
		return "", false, err
	}
	if strings.Contains(u.Host, ",") {
		return "", false, errors.New("mysql: reading the URL mysql://…: the driver takes one host, not several")
	}
	if err := check(u); err != nil {
		return "", false, fmt.Errorf("mysql: reading the URL mysql://…: %w", err)
	}
	return u.Reveal(), false, nil
}
