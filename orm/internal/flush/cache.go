package flush

import (
	"slices"
	"sync"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/schema"
)

// Cache keeps the SQL of the statements that flushes have needed. It is safe
// for use by several sessions. It is a map and not a [sync.Map], because that
// is generic and would be compiled into every program that knows an engine.
type Cache struct {
	mu         sync.RWMutex
	statements map[cacheKey]*statement
}

type cacheKey struct {
	mapper *mapper.Mapper
	verb   byte
	fields mask
	link   *mapper.Relation // for its secondary table
	table  *schema.Table    // of several that the mapper has
	rows   int              // of an INSERT of several
}

// statement is compiled SQL, its arguments, as far as they are known, and the
// fields that its rows hold.
type statement struct {
	sql   string
	args  []driver.Value
	read  []*mapper.Field
	build build
}

// build makes a statement for a dialect, and tells the fields that its rows
// hold. It is kept, so it must not hold on to objects.
type build func(d dialect.Dialect) (expr.Stmt, []*mapper.Field)

// StmtFor implements [exec.Builder].
func (s *statement) StmtFor(d dialect.Dialect) expr.Stmt {
	stmt, _ := s.build(d)
	return stmt
}

// get returns the statement for k; nil if there is none yet.
func (c *Cache) get(k cacheKey) *statement {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.statements[k]
}

// add compiles the statement for k, and keeps it. It is apart from get so that
// who finds a statement makes no closure.
func (c *Cache) add(k cacheKey, d dialect.Dialect, build build) (*statement, error) {
	stmt, read := build(d)
	compiled, err := dialect.Compile(d, stmt)
	if err != nil {
		return nil, err
	}
	st := &statement{sql: compiled.SQL, args: compiled.Args, read: read, build: build}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.statements == nil {
		c.statements = map[cacheKey]*statement{}
	}
	c.statements[k] = st
	return st, nil
}

// insert returns the INSERT that leaves out the columns of left; key says that
// the generated key is one of them.
func (c *Cache) insert(d dialect.Dialect, m *mapper.Mapper, left mask, key bool) (*statement, error) {
	k := cacheKey{mapper: m, verb: 'i', fields: left}
	if st := c.get(k); st != nil {
		return st, nil
	}
	return c.add(k, d, func(d dialect.Dialect) (expr.Stmt, []*mapper.Field) {
		ins := expr.Insert{Table: m.Table}
		var row []expr.Expr
		var out []*mapper.Field
		for i, f := range m.Fields {
			if left.has(i) {
				out = append(out, f)
				continue
			}
			ins.Columns = append(ins.Columns, f.Column)
			row = append(row, slot(f.Column))
		}
		ins.Rows = [][]expr.Expr{row}
		byResult := key && len(out) == 1 && d.Features().LastInsertID
		if len(out) == 0 || byResult || !d.Features().Returning {
			return ins, nil
		}
		for _, f := range out {
			ins.Returning = append(ins.Returning, expr.Column{Column: f.Column})
		}
		return ins, out
	})
}

// reread returns the SELECT of what the database put into those columns of one
// row, for a database whose INSERT does not return it.
func (c *Cache) reread(d dialect.Dialect, m *mapper.Mapper, left mask) (*statement, error) {
	k := cacheKey{mapper: m, verb: 'r', fields: left}
	if st := c.get(k); st != nil {
		return st, nil
	}
	return c.add(k, d, func(d dialect.Dialect) (expr.Stmt, []*mapper.Field) {
		q := expr.Select{Where: byKey(m)}
		var out []*mapper.Field
		for i, f := range m.Fields {
			if left.has(i) {
				out = append(out, f)
				q.Columns = append(q.Columns, expr.Column{Column: f.Column})
			}
		}
		return q, out
	})
}

// update returns the UPDATE of those columns of one row.
func (c *Cache) update(d dialect.Dialect, m *mapper.Mapper, fields []*mapper.Field) (*statement, error) {
	k := cacheKey{mapper: m, verb: 'u', fields: maskOf(m, fields)}
	if st := c.get(k); st != nil {
		return st, nil
	}
	kept := slices.Clone(fields)
	return c.add(k, d, func(d dialect.Dialect) (expr.Stmt, []*mapper.Field) {
		up := expr.Update{Table: m.Table, Where: byVersion(m)}
		for _, f := range kept {
			up.Set = append(up.Set, expr.Assignment{Column: f.Column, Value: slot(f.Column)})
		}
		return up, nil
	})
}

// delete returns the DELETE of one row.
func (c *Cache) delete(d dialect.Dialect, m *mapper.Mapper) (*statement, error) {
	k := cacheKey{mapper: m, verb: 'd'}
	if st := c.get(k); st != nil {
		return st, nil
	}
	return c.add(k, d, func(d dialect.Dialect) (expr.Stmt, []*mapper.Field) {
		return expr.Delete{Table: m.Table, Where: byVersion(m)}, nil
	})
}

// byKey is the condition that the primary key has values given later.
func byKey(m *mapper.Mapper) expr.Expr {
	key := expr.Junction{}
	for _, f := range m.Key {
		key.Operands = append(key.Operands,
			expr.Binary{Op: expr.Eq, Left: expr.Column{Column: f.Column}, Right: slot(f.Column)})
	}
	return key
}

// byVersion is byKey, and that the version is the one given later.
func byVersion(m *mapper.Mapper) expr.Expr {
	key := byKey(m).(expr.Junction)
	if v := m.Version; v != nil {
		key.Operands = append(key.Operands,
			expr.Binary{Op: expr.Eq, Left: expr.Column{Column: v.Column}, Right: slot(v.Column)})
	}
	return key
}

// slot is a bind whose value is given when the statement runs.
func slot(c *schema.Column) expr.Expr {
	return expr.Bind{Type: c.Type, Near: c.Table.Name + "." + c.Name}
}
