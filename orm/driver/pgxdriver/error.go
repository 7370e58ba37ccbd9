//go:build !js && !wasip1

package pgxdriver

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/ormlab/ormlab/orm/driver"
)

var (
	errConnClosed = &driver.Error{Kind: driver.Disconnected, Code: "08003", Message: "the connection is closed"}
	errConnLost   = &driver.Error{Kind: driver.Disconnected, Code: "08006", Message: "the connection to the server is lost"}
	errStmtClosed = errors.New("pgxdriver: the statement is closed")
)

func syntaxError(format string, args ...any) *driver.Error {
	return &driver.Error{Kind: driver.Syntax, Code: "42601", Message: fmt.Sprintf(format, args...)}
}

// interrupted is the error of a statement whose context ended.
func interrupted(cause error) *driver.Error {
	return &driver.Error{Kind: driver.Interrupted, Code: "57014", Message: "interrupted", Cause: cause}
}

// mapError gives a failed call of pgconn the seam's form.
func (c *Conn) mapError(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	var refusal *pgconn.PgError
	refused := errors.As(err, &refusal)
	if cause := driver.Ended(ctx); cause != nil && (!refused || refusal.Code == "57014") {
		return interrupted(cause)
	}
	if !refused && c.raw.IsClosed() {
		return &driver.Error{Kind: driver.Disconnected, Code: "08006",
			Message: "the connection to the server is lost: " + err.Error(), Cause: err}
	}
	return MapError(err)
}

// MapError gives an error of pgx the seam's form, if it is a server's refusal;
// otherwise it returns err as it is.
func MapError(err error) error {
	var refusal *pgconn.PgError
	if !errors.As(err, &refusal) {
		return err
	}
	mapped := &driver.Error{
		Kind:       kindOf(refusal.Code),
		Code:       refusal.Code,
		Message:    refusal.Message,
		Constraint: refusal.ConstraintName,
		Table:      refusal.TableName,
		Cause:      err,
	}
	if refusal.Code == "57014" && strings.Contains(refusal.Message, "timeout") {
		mapped.Kind = driver.Timeout
	}
	if refusal.ColumnName != "" {
		mapped.Columns = []string{refusal.ColumnName}
	} else if mapped.Kind == driver.Unique || mapped.Kind == driver.ForeignKey {
		mapped.Columns = detailColumns(refusal.Detail)
	}
	return mapped
}

var kindsOfCodes = map[string]driver.ErrorKind{
	"23505": driver.Unique, "23P01": driver.Unique, // an exclusion constraint is a kind of uniqueness
	"23503": driver.ForeignKey, "23001": driver.ForeignKey,
	"23502": driver.NotNull,
	"23514": driver.Check, "44000": driver.Check,
	"40001": driver.Busy, "40P01": driver.Busy, "55P03": driver.Busy, "55006": driver.Busy,
	"25006": driver.ReadOnly,
	"57014": driver.Interrupted, "25P03": driver.Disconnected, "57P05": driver.Disconnected,
	"57P01": driver.Disconnected, "57P02": driver.Disconnected, "57P03": driver.Disconnected,
	"25001": driver.Syntax, "25P01": driver.Syntax,
}

// kindsOfClasses decides what the whole code leaves open: the first two
// characters of a code are its class.
var kindsOfClasses = map[string]driver.ErrorKind{
	"08": driver.Disconnected,
	"22": driver.Data,
	"3B": driver.Syntax, // no such savepoint
	"42": driver.Syntax,
	"53": driver.Limit,
	"54": driver.Limit,
}

func kindOf(code string) driver.ErrorKind {
	if kind, ok := kindsOfCodes[code]; ok {
		return kind
	}
	if len(code) < 2 {
		return driver.Unknown
	}
	return kindsOfClasses[code[:2]]
}

// detailColumns reads the columns from a detail such as "Key (owner,
// name)=(1, Rex) already exists.". What stands between the brackets may be an
// expression, which is no column.
func detailColumns(detail string) []string {
	_, rest, found := strings.Cut(detail, "(")
	list, _, complete := strings.Cut(rest, ")=(")
	if !found || !complete || strings.Contains(list, "(") {
		return nil
	}
	var columns []string
	for name := range strings.SplitSeq(list, ", ") {
		if unquoted, ok := strings.CutPrefix(name, `"`); ok {
			name = strings.ReplaceAll(strings.TrimSuffix(unquoted, `"`), `""`, `"`)
		}
		columns = append(columns, name)
	}
	return columns
}
