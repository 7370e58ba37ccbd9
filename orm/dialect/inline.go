package dialect

import (
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// CompileLiteral is [Compile] with the values written into the SQL. It is for
// people, logs and scripts; the ORM never runs what it returns. It relies on
// the usual settings: standard_conforming_strings on PostgreSQL, and no
// NO_BACKSLASH_ESCAPES on MySQL. A number in ORDER BY or GROUP BY becomes the
// place of a column there.
func CompileLiteral(d Dialect, s expr.Stmt) (string, error) {
	if d == nil {
		return "", errors.New("dialect: compiling: no dialect given")
	}
	c := compiler{dialect: Base(d), features: d.Features()}
	c.inline = c.literal
	verb := c.whole(s)
	if c.err != nil {
		return "", fmt.Errorf("dialect: compiling %s for %s: %w", verb, d.Name(), c.err)
	}
	return c.sql.String(), nil
}

// literal writes a value into the SQL.
func (c *compiler) literal(v driver.Value) {
	sql, err := valueLiteral(c.dialect, v)
	if err != nil {
		c.fail("%w", err)
		return
	}
	if sql[0] == '-' && c.endsWithOperator() {
		sql = "(" + sql + ")" // two signs may begin a comment, or be an operator
	}
	c.write(sql)
}

func (c *compiler) endsWithOperator() bool {
	s := c.sql.String()
	return s != "" && strings.IndexByte("+-*/<>=~!@#%^&|?", s[len(s)-1]) >= 0
}

// valueLiteral is a value as SQL.
func valueLiteral(d Dialect, v driver.Value) (string, error) {
	f := d.Features()
	switch v.Kind() {
	case driver.Int:
		return strconv.FormatInt(v.Int(), 10), nil
	case driver.Float:
		return floatLiteral(d, v.Float())
	case driver.Bool:
		return booleanLiteral(f, v.Bool()), nil
	case driver.Text:
		return textLiteral(d, v.Text())
	case driver.Blob:
		return aroundHex(f.BlobLiteral, v.Blob()), nil
	case driver.Time:
		return "'" + v.Time().Format(f.TimeLiteral) + "'", nil
	}
	return "NULL", nil
}

func aroundHex(form string, b []byte) string {
	return strings.Replace(form, "{}", hex.EncodeToString(b), 1)
}

// textLiteral is text as SQL, where the database can write all of it.
func textLiteral(d Dialect, s string) (string, error) {
	f := d.Features()
	nul := strings.IndexByte(s, 0) >= 0
	switch {
	case f.TextOfBytes != "" && (nul || !utf8.ValidString(s)):
		return aroundHex(f.TextOfBytes, []byte(s)), nil
	case !nul:
		return stringLiteral(f, s), nil
	case f.BackslashEscapes:
		return strings.ReplaceAll(stringLiteral(f, s), "\x00", `\0`), nil
	}
	return "", fmt.Errorf("%s has no text with a NUL character", d.Name())
}

// floatLiteral is a number as SQL, with a point or an exponent, so that it is
// not an integer.
func floatLiteral(d Dialect, x float64) (string, error) {
	f := d.Features()
	if math.IsInf(x, 0) || math.IsNaN(x) {
		return specialFloat(d, x)
	}
	s := strconv.FormatFloat(x, 'g', -1, 64)
	if !strings.ContainsAny(s, ".e") {
		s += ".0"
	}
	if f.FloatExponent && !strings.Contains(s, "e") {
		s += "e0"
	}
	return s, nil
}

func specialFloat(d Dialect, x float64) (string, error) {
	switch d.Features().SpecialFloats {
	case FloatsOverflow:
		switch {
		case math.IsNaN(x):
			return "NULL", nil
		case x < 0:
			return "-9e999", nil
		}
		return "9e999", nil
	case FloatsNamed:
		name := map[bool]string{true: "Infinity", false: "-Infinity"}[x > 0]
		if math.IsNaN(x) {
			name = "NaN"
		}
		ddl, err := d.TypeDDL(schema.Type{Kind: schema.Float})
		return "CAST('" + name + "' AS " + ddl + ")", err
	}
	return "", fmt.Errorf("%s has no number %v", d.Name(), x)
}
