package sqlite

import "github.com/ormlab/ormlab/orm/dialect"

func init() {
	dialect.Register("sqlite", dialect.Entry{Dialect: Dialect, Driver: Driver(), Name: fileName})
}
