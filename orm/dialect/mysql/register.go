package mysql

import "github.com/ormlab/ormlab/orm/dialect"

func init() {
	for _, scheme := range []string{"mysql", "mariadb"} {
		dialect.Register(scheme, dialect.Entry{Dialect: Dialect, Driver: Driver(), Name: connection})
	}
}
