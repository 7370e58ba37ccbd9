package orm

import (
	"context"
	"fmt"
	"slices"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// DDLStmt is a statement that makes or removes a table.
type DDLStmt struct {
	node expr.Stmt
	err  error
}

// CreateTable returns the CREATE TABLE of a model or table.
func CreateTable(m Mapped) DDLStmt {
	t, err := m.mapped()
	return DDLStmt{expr.CreateTable{Table: t}, err}
}

// DropTable returns the DROP TABLE of a model or table.
func DropTable(m Mapped) DDLStmt {
	t, err := m.mapped()
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
func CreateAll(ctx context.Context, on Executor, models ...Mapped) error {
	tables, err := sortedTables(models)
	if err != nil {
		return err
	}
	for _, t := range tables {
		if err := createMissing(ctx, on, t); err != nil {
			return fmt.Errorf("creating table %s: %w", t.Name, err)
		}
	}
	return nil
}

func createMissing(ctx context.Context, on Executor, t *schema.Table) error {
	there, err := hasTable(ctx, on, t)
	if err != nil || there {
		return err
	}
	if _, err = run(ctx, on, expr.CreateTable{Table: t}, nil); err == nil {
		return nil
	}
	// Another program may have made it in the meantime.
	if there, lookErr := hasTable(ctx, on, t); lookErr == nil && there {
		return nil
	}
	return err
}

// DropAll removes the tables of the models that are there, with all their
// rows, those that refer before those referred to.
func DropAll(ctx context.Context, on Executor, models ...Mapped) error {
	tables, err := sortedTables(models)
	if err != nil {
		return err
	}
	for _, t := range slices.Backward(tables) {
		there, err := hasTable(ctx, on, t)
		if err == nil && there {
			_, err = run(ctx, on, expr.DropTable{Table: t}, nil)
		}
		if err != nil {
			return fmt.Errorf("dropping table %s: %w", t.Name, err)
		}
	}
	return nil
}

func hasTable(ctx context.Context, on Executor, t *schema.Table) (bool, error) {
	rows, err := fetch(ctx, on, on.sqlDialect().HasTable(t.Name), nil)
	if err != nil {
		return false, err
	}
	return rows.Len() > 0, nil
}

// sortedTables returns the tables of the models, each behind those that its
// foreign keys refer to.
func sortedTables(models []Mapped) ([]*schema.Table, error) {
	byName := map[string]*schema.Table{}
	var given []*schema.Table
	for _, m := range models {
		t, err := m.mapped()
		if err != nil {
			return nil, err
		}
		if other := byName[t.Name]; other != nil && other != t {
			return nil, fmt.Errorf("orm: two models have the table %s", t.Name)
		}
		byName[t.Name] = t
		given = append(given, t)
	}
	return schema.Sorted(given), nil
}
