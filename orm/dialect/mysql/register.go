package mysql

import "github.com/ormlab/ormlab/orm/dialect"

func init() {
	dialect.Register("mysql", dialect.Entry{Dialect: Dialect, Driver: Driver(), Name: connection})
	dialect.Register("mariadb", dialect.Entry{Dialect: MariaDB, Driver: Driver(), Name: connection})
}
