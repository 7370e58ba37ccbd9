package dialect

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
)

// Compiled is a statement as a database takes it.
type Compiled struct {
	// SQL is one statement, without a semicolon.
	SQL string
	// Args are the arguments, one for each placeholder, in order. Where
	// placeholders have numbers, argument i belongs to number i+1.
	Args []driver.Value
	// Values are the same as the Go values that the tree held.
	Values []any
	// Warnings are what looks like an oversight, such as tables that nothing
	// joins.
	Warnings []string
	// Stmt is what was compiled.
	Stmt expr.Stmt

	// Cached says that a [Cache] had the SQL, Since when it was made, and Took
	// how long that took. A [Cache] sets them.
	Cached bool
	Since  time.Time
	Took   time.Duration
	// Raw says that there was nothing to compile: a text without binds.
	Raw bool
}

// Compile turns the statement into the SQL of that database. It changes
// nothing and needs no connection.
func Compile(d Dialect, s expr.Stmt) (*Compiled, error) {
	if d == nil {
		return nil, errors.New("dialect: compiling: no dialect given")
	}
	compiled, err := compileTraced(d, s, nil)
	if err != nil {
		return nil, err
	}
	return &compiled, nil
}

// compileTraced also notes what a cache needs to know, if t is not nil.
func compileTraced(d Dialect, s expr.Stmt, t *trace) (Compiled, error) {
	c := compiler{dialect: Base(d), features: d.Features(), trace: t}
	verb := c.whole(s)
	if n := len(c.args); c.err == nil && n > c.features.MaxArgs {
		c.fail("%d values are too many for one statement: %s takes %d; split it, or put the values into a table", n, d.Name(), c.features.MaxArgs)
	}
	if c.err != nil {
		return Compiled{}, fmt.Errorf("dialect: compiling %s for %s: %w", verb, d.Name(), c.err)
	}
	return Compiled{SQL: c.sql.String(), Args: c.args, Values: c.values, Warnings: c.warnings, Stmt: s}, nil
}

// whole writes the statement, again if a CTE turned up after WITH.
func (c *compiler) whole(s expr.Stmt) (verb string) {
	c.sql.Grow(512)
	verb = c.statement(s)
	for c.redo && c.err == nil {
		c.restart()
		verb = c.statement(s)
	}
	return verb
}

// compiler is one run of Compile. Its methods write; the first error stays in
// err, and what is written after it does not matter.
type compiler struct {
	dialect  Dialect
	features *Features
	sql      strings.Builder
	args     []driver.Value
	values   []any
	err      error

	frame
	top scope // of the outermost query

	made   map[expr.Source]string // names of sources that have none
	counts map[string]int         // how many names were made, by their beginning

	ctes     []*expr.CTE // those that the statement uses, each behind those it uses
	writing  *expr.CTE   // the one that is being written
	warnings []string
	unquoted [8]string // names that need no quotes, by plainName

	// inline writes a value into the SQL, for people; nil if values are
	// arguments. Programs that never ask for it do not link it.
	inline func(driver.Value)
	redo   bool // a CTE turned up after WITH was written

	trace  *trace // for a cache, or nil
	origin origin // of the argument that is written next
}

// restart forgets what was written.
func (c *compiler) restart() {
	c.sql.Reset()
	c.args, c.values = c.args[:0], c.values[:0]
	c.frame, c.made, c.counts, c.warnings = frame{}, nil, nil, nil
	c.writing, c.redo = nil, false
	if c.trace != nil {
		*c.trace = trace{}
	}
}

func (c *compiler) statement(s expr.Stmt) (verb string) {
	switch s := s.(type) {
	case expr.Select:
		c.with()
		c.selectStmt(&s)
		return "SELECT"
	case expr.Compound:
		c.with()
		c.compound(&s, nil)
		return "SELECT"
	case expr.Insert:
		c.insert(&s)
		return "INSERT"
	case expr.Update:
		c.withChange()
		c.update(&s)
		return "UPDATE"
	case expr.Delete:
		c.withChange()
		c.delete(&s)
		return "DELETE"
	case expr.Text:
		c.text(s)
		return "text"
	}
	if verb, ok := c.ddl(s); ok {
		return verb
	}
	c.fail("%T is not a statement; pass one of package expr, by value", s)
	return "a statement"
}

// withChange writes the CTEs of an UPDATE or DELETE.
func (c *compiler) withChange() {
	if len(c.ctes) > 0 && !c.features.WithChange {
		c.lacks("WITH before UPDATE and DELETE")
		return
	}
	c.with()
}

//
//go:noinline
func (c *compiler) write(s string) { c.sql.WriteString(s) }

// fail keeps the first error.
func (c *compiler) fail(format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf(format, args...)
	}
}

// placeholder adds an argument and writes its place.
func (c *compiler) placeholder(arg driver.Value, value any) {
	if c.args == nil {
		c.args = make([]driver.Value, 0, 12)
		c.values = make([]any, 0, 12)
	}
	c.args = append(c.args, arg)
	c.values = append(c.values, value)
	c.noteArgument()
	c.reference(len(c.args))
}

// reference writes the place of argument n, counted from 1.
func (c *compiler) reference(n int) {
	if c.inline != nil {
		c.inline(c.args[n-1])
		return
	}
	from := c.sql.Len()
	writePlaceholder(&c.sql, c.features, n)
	c.notePlace(from, n)
}

func writePlaceholder(sql *strings.Builder, f *Features, n int) {
	if !f.NumberedPlaceholders {
		sql.WriteByte('?')
		return
	}
	var digits [20]byte
	sql.WriteByte('$')
	sql.Write(strconv.AppendInt(digits[:0], int64(n), 10))
}
