package ormtest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect"
)

// compiler is any statement.
type compiler interface {
	Compile(d dialect.Dialect) (sql string, args []any, err error)
}

// statement is one that runs in a transaction of its own, which is rolled
// back.
type statement struct {
	name string
	stmt compiler
	// want are the rows, as in "(1, 'ed') (2, NULL)", or how many were changed,
	// as in "2 rows". Rows that may come in any order begin with "any order: ";
	// "?" is anything.
	want string
	// has says whether the database has what the statement needs; nil if all
	// have it. Otherwise the compiler's error must name what it lacks.
	has   func(f *dialect.Features) bool
	lacks string
	// after is a query that shows what the statement changed, and then its rows.
	after orm.RowStmt
	then  string
}

// errUndo rolls a transaction back.
var errUndo = errors.New("undo")

// run runs statements on the tables that world has made.
func (t *test) run(list []statement) {
	t.Helper()
	for _, s := range list {
		if s.has != nil && !s.has(t.features) {
			t.lacks(s.name, s.stmt, s.lacks)
			continue
		}
		err := t.engine.Transaction(t.ctx, func(tx orm.Executor) error {
			got, err := outcome(t.ctx, tx, s.stmt)
			if !assert.NoError(t, err, s.name) {
				return errUndo
			}
			want, anyOrder := strings.CutPrefix(s.want, "any order: ")
			if anyOrder {
				got, want = sorted(got), sorted(want)
			}
			if s.want != "?" {
				assert.Equal(t, want, got, s.name)
			}
			if s.after != nil {
				got, err := outcome(t.ctx, tx, s.after)
				if assert.NoError(t, err, "%s: what it changed", s.name) {
					assert.Equal(t, s.then, got, "%s: what it changed", s.name)
				}
			}
			return errUndo
		})
		require.ErrorIs(t, err, errUndo, s.name)
	}
}

// sorted are the rows of an outcome in a steady order.
func sorted(outcome string) string {
	rows := strings.SplitAfter(outcome, ") ")
	for i := range rows {
		rows[i] = strings.TrimSpace(rows[i])
	}
	slices.Sort(rows)
	return strings.Join(rows, " ")
}

// lacks checks the error of a statement for which the database has no means.
func (t *test) lacks(name string, stmt compiler, what string) {
	t.Helper()
	_, _, err := stmt.Compile(t.engine.Dialect())
	if assert.Error(t, err, "%s: the features deny it, so it must not compile", name) {
		assert.ErrorContains(t, err, t.engine.Dialect().Name(), "%s: the error names the dialect", name)
		assert.ErrorContains(t, err, what, "%s: the error names what the database lacks", name)
	}
}

// outcome are a query's rows, or the number of rows that a statement changed.
func outcome(ctx context.Context, on orm.Executor, stmt any) (string, error) {
	switch s := stmt.(type) {
	case interface {
		All(context.Context, orm.Executor) (*orm.Rows, error)
	}:
		rows, err := s.All(ctx, on)
		if err != nil {
			return "", err
		}
		var list []string
		for _, row := range rows.All() {
			list = append(list, row.String())
		}
		return strings.Join(list, " "), nil
	case interface {
		Exec(context.Context, orm.Executor) (int64, error)
	}:
		n, err := s.Exec(ctx, on)
		return fmt.Sprintf("%d rows", n), err
	}
	return "", fmt.Errorf("%T does not run", stmt)
}

// rows are a statement's outcome, which must not fail.
func (t *test) rows(on orm.Executor, stmt any) string {
	t.Helper()
	got, err := outcome(t.ctx, on, stmt)
	require.NoError(t, err)
	return got
}

// exec runs SQL.
func (t *test) exec(on orm.Executor, statements ...string) {
	t.Helper()
	for _, sql := range statements {
		_, err := orm.Text(sql).Exec(t.ctx, on)
		require.NoError(t, err, sql)
	}
}

// refused is the database's error that a call must have ended with.
func (t *test) refused(err error, kind orm.Kind, what string) *orm.Error {
	t.Helper()
	var refusal *orm.Error
	require.ErrorAs(t, err, &refusal, what)
	require.Equal(t, kind.String(), refusal.Kind.String(), "%s: %v", what, err)
	return refusal
}
