package postgres

import "github.com/ormlab/ormlab/orm/dialect"

func init() {
	for _, scheme := range []string{"postgresql", "postgres"} {
		dialect.Register(scheme, dialect.Entry{Dialect: Dialect, Driver: Driver(), Name: connection})
	}
}
