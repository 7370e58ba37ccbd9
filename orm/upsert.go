package orm

import (
	"errors"
	"fmt"
	"slices"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// Conflict is an INSERT that meets rows that are there already. Say what to do
// about them with DoNothing or DoUpdate.
type Conflict struct {
	stmt InsertStmt
	node expr.Conflict
}

// OnConflict is about rows that have the values of a new one in these columns,
// which are those of a key; without columns about every key. MySQL and MariaDB
// cannot tell keys apart: there it is about every key.
func (s InsertStmt) OnConflict(key ...string) Conflict {
	c := Conflict{stmt: s}
	for _, name := range key {
		if column := c.stmt.column(name); column != nil {
			c.node.Columns = append(c.node.Columns, column)
		}
	}
	return c
}

// OnConstraint is about rows that are in the way by a constraint of that name.
// Only PostgreSQL has it.
func (s InsertStmt) OnConstraint(name string) Conflict {
	return Conflict{stmt: s, node: expr.Conflict{Constraint: name}}
}

// column finds a column of the table; without one the statement is wrong.
func (s *InsertStmt) column(name string) *schema.Column {
	if s.table == nil {
		return nil
	}
	column := s.table.Column(name)
	if column == nil {
		s.err = errors.Join(s.err, fmt.Errorf("orm: inserting into %s: it has no column %q", s.table.Name, name))
	}
	return column
}

// Partial says that the key is a partial one, for rows for which the
// conditions hold.
func (c Conflict) Partial(conditions ...Cond) Conflict {
	c.node.Partial = and(c.node.Partial, conditions)
	return c
}

// DoNothing leaves such rows as they are.
func (c Conflict) DoNothing() InsertStmt { return c.finish() }

// DoUpdate changes such rows; [Excluded] is the value that was to be inserted.
//
//	orm.Insert(Pets, "name", "hunger").Row("Rex", 5).
//		OnConflict("name").DoUpdate(hunger.SetExpr(orm.Excluded(hunger)))
func (c Conflict) DoUpdate(set ...Assignment) InsertStmt {
	list, err := assignments(set)
	c.node.Set = list
	if err == nil && len(set) == 0 {
		err = errors.New("orm: an INSERT that changes the row that is there sets nothing; use DoNothing")
	}
	c.stmt.err = errors.Join(c.stmt.err, err)
	return c.finish()
}

// DoUpdateWhere is [Conflict.DoUpdate] for rows for which the condition holds;
// others stay as they are.
func (c Conflict) DoUpdateWhere(condition Cond, set ...Assignment) InsertStmt {
	c.node.Where = condition.node
	return c.DoUpdate(set...)
}

// DoReplace changes all columns of the INSERT but those of the key to the
// values that were to be inserted.
func (c Conflict) DoReplace() InsertStmt {
	for _, column := range c.stmt.columns {
		if !slices.Contains(c.node.Columns, column) {
			c.node.Set = append(slices.Clip(c.node.Set), expr.Assignment{Column: column, Value: expr.Excluded{Column: column}})
		}
	}
	if len(c.node.Set) == 0 {
		c.stmt.err = errors.Join(c.stmt.err, errors.New("orm: an INSERT that changes the row that is there has no columns but the key; use DoNothing"))
	}
	return c.finish()
}

func (c Conflict) finish() InsertStmt {
	node := c.node
	c.stmt.clash = &node
	return c.stmt
}

// Excluded is the value that an INSERT wanted to put into the column of a row
// that is there already.
func Excluded[T any](column Expr[T]) Expr[T] {
	c, ok := column.node.(expr.Column)
	if !ok {
		return broken[T]("%s is not a column, so no INSERT puts a value into it", term(column).called())
	}
	column.node = expr.Excluded{Column: c.Column}
	return column
}
