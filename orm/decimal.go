package orm

import (
	"fmt"
	"math/big"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/internal/textform"
	"github.com/ormlab/ormlab/orm/schema"
)

// Decimal is an exact decimal number, of any size. The zero Decimal is 0. Two
// Decimals are equal under == if and only if their numbers are, so 1.50 is 1.5.
type Decimal struct {
	text string // in the shortest form; empty for 0
}

// ParseDecimal reads a number such as "-12.50" or "1.25e3".
func ParseDecimal(s string) (Decimal, error) {
	text, err := textform.Decimal(s)
	if err != nil {
		return Decimal{}, fmt.Errorf("orm: reading a decimal: %w", err)
	}
	return newDecimal(text), nil
}

func newDecimal(shortest string) Decimal {
	if shortest == "0" {
		return Decimal{}
	}
	return Decimal{shortest}
}

// DecimalOf returns n / 10^scale, so DecimalOf(1250, 2) is 12.5.
func DecimalOf(n int64, scale int) Decimal {
	d, err := ParseDecimal(fmt.Sprintf("%de%d", n, -scale))
	if err != nil {
		return Decimal{}
	}
	return d
}

// String returns the number in its shortest form.
func (d Decimal) String() string {
	if d.text == "" {
		return "0"
	}
	return d.text
}

// Rat returns the number as a fraction, for arithmetic.
func (d Decimal) Rat() *big.Rat {
	r, _ := new(big.Rat).SetString(d.String())
	return r
}

// RoundRat returns a fraction as a decimal of at most scale digits behind the
// point, halves away from zero.
func RoundRat(r *big.Rat, scale int) Decimal {
	d, err := ParseDecimal(r.FloatString(max(scale, 0)))
	if err != nil {
		return Decimal{}
	}
	return d
}

// Add returns d + e.
func (d Decimal) Add(e Decimal) Decimal { return exact(new(big.Rat).Add(d.Rat(), e.Rat())) }

// Sub returns d - e.
func (d Decimal) Sub(e Decimal) Decimal { return exact(new(big.Rat).Sub(d.Rat(), e.Rat())) }

// Mul returns d * e.
func (d Decimal) Mul(e Decimal) Decimal { return exact(new(big.Rat).Mul(d.Rat(), e.Rat())) }

// Round returns the number with at most scale digits behind the point, halves
// away from zero.
func (d Decimal) Round(scale int) Decimal { return RoundRat(d.Rat(), scale) }

// Cmp returns -1, 0 or 1 as d is less than, equal to or greater than e.
func (d Decimal) Cmp(e Decimal) int { return d.Rat().Cmp(e.Rat()) }

// exact returns a fraction whose denominator divides a power of ten.
func exact(r *big.Rat) Decimal {
	digits, _ := r.FloatPrec()
	return RoundRat(r, digits)
}

// ColumnType says that the column is a [Numeric]; the tag gives its precision
// and scale.
func (Decimal) ColumnType() schema.Type { return schema.Type{Kind: schema.Numeric} }

// BindValue serves the mapper.
func (d Decimal) BindValue() (driver.Value, error) { return driver.TextValue(d.String()), nil }

// ScanValue serves the mapper.
func (d *Decimal) ScanValue(v driver.Value) error {
	text := v.Text()
	switch v.Kind() {
	case driver.Text:
	case driver.Int, driver.Float: // of SQLite, which keeps 15 digits exact
		text = fmt.Sprint(v.Any())
	default:
		return fmt.Errorf("it holds %s %s, not a decimal number", v.Kind(), v)
	}
	shortest, err := textform.Decimal(text)
	if err == nil {
		*d = newDecimal(shortest)
	}
	return err
}
