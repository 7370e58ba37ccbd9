package mapper

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ormlab/ormlab/orm/driver"
)

// wholeNumber reads an integer that comes as a decimal number, as text: sums of
// integers do so on PostgreSQL and MariaDB. It is taken if it is whole. What
// the driver knows to be the text of a column is not.
func wholeNumber(rows driver.Rows, i int, into *int64) error {
	if rows.Kind(i) != driver.Text {
		return mismatch(rows, i, "an integer")
	}
	switch declared, _, _ := strings.Cut(rows.Columns()[i].DeclType, "("); declared {
	case "", "DECIMAL", "NUMERIC":
	default:
		return mismatch(rows, i, "an integer")
	}
	whole, fraction, _ := strings.Cut(rows.Text(i), ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || strings.Trim(fraction, "0") != "" {
		return mismatch(rows, i, "an integer of 64 bits")
	}
	*into = n
	return nil
}

// doesNotFit is the error for a number that is beyond the type of like.
func doesNotFit(n int64, like any) error { return fmt.Errorf("%d does not fit a Go %T", n, like) }
