package orm

import (
	"context"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/expr"
)

// DDLStmt is a statement that makes or removes a table.
type DDLStmt struct {
	node expr.Stmt
	err  error
}

// CreateTable returns the CREATE TABLE of a model or table.
func CreateTable(m Mapped) DDLStmt {
	t, _, err := m.mapped()
	return DDLStmt{expr.CreateTable{Table: t}, err}
}

// DropTable returns the DROP TABLE of a model or table.
func DropTable(m Mapped) DDLStmt {
	t, _, err := m.mapped()
	return DDLStmt{expr.DropTable{Table: t}, err}
}

// Compile returns the SQL for a dialect. It needs no database.
func (s DDLStmt) Compile(d dialect.Dialect) (sql string, args []any, err error) {
	return compilePublic(d, s.node, s.err)
}

// Exec runs the statement.
func (s DDLStmt) Exec(ctx context.Context, on Executor) error {
	_, err := run(ctx, on, s.node, s.err)
	return err
}

// CreateAll makes the tables of the models that are not there yet, those
// referred to before those that refer. It never changes a table that is there.
// See [Metadata.CreateAll].
func CreateAll(ctx context.Context, on Executor, models ...Mapped) error {
	return NewMetadata(models...).CreateAll(ctx, on)
}

// DropAll removes the tables of the models that are there, with all their
// rows, those that refer before those referred to. See [Metadata.DropAll].
func DropAll(ctx context.Context, on Executor, models ...Mapped) error {
	return NewMetadata(models...).DropAll(ctx, on)
}
