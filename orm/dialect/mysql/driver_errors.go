//go:build !js && !wasip1

package mysql

import (
	sqld "database/sql/driver"
	"errors"
	"strconv"
	"strings"

	client "github.com/go-sql-driver/mysql"

	"github.com/ormlab/ormlab/orm/driver"
)

// Errors that mean more than their kind.
const (
	deadlock     = 1213 // the server has rolled the transaction back
	unpreparable = 1295 // the statement cannot be prepared
)

var kindsOfNumbers = map[uint16]driver.ErrorKind{
	1022: driver.Unique, 1062: driver.Unique, 1169: driver.Unique, 1586: driver.Unique, 1859: driver.Unique,
	1216: driver.ForeignKey, 1217: driver.ForeignKey, 1451: driver.ForeignKey, 1452: driver.ForeignKey, 1761: driver.ForeignKey, 1762: driver.ForeignKey,
	1048: driver.NotNull, 1121: driver.NotNull, 1263: driver.NotNull, 1364: driver.NotNull,
	3819: driver.Check, 4025: driver.Check, 1369: driver.Check,
	1049: driver.Syntax, 1050: driver.Syntax, 1051: driver.Syntax, 1052: driver.Syntax, 1054: driver.Syntax, 1060: driver.Syntax,
	1061: driver.Syntax, 1064: driver.Syntax, 1065: driver.Syntax, 1066: driver.Syntax, 1091: driver.Syntax, 1109: driver.Syntax,
	1111: driver.Syntax, 1136: driver.Syntax, 1146: driver.Syntax, 1149: driver.Syntax, 1222: driver.Syntax, 1305: driver.Syntax,
	1103: driver.Syntax, 1059: driver.Syntax, 1055: driver.Syntax, 1140: driver.Syntax, 1242: driver.Syntax, 1241: driver.Syntax,
	1264: driver.Data, 1265: driver.Data, 1292: driver.Data, 1300: driver.Data, 1366: driver.Data, 1365: driver.Data,
	1367: driver.Data, 1406: driver.Data, 1411: driver.Data, 1416: driver.Data, 1441: driver.Data, 1690: driver.Data, 3140: driver.Data,
	1205: driver.Busy, deadlock: driver.Busy, 3572: driver.Busy, 1020: driver.Busy,
	1290: driver.ReadOnly, 1792: driver.ReadOnly, 1836: driver.ReadOnly,
	1317: driver.Interrupted, 1969: driver.Timeout, 3024: driver.Timeout,
	1053: driver.Disconnected, 1152: driver.Disconnected, 1158: driver.Disconnected, 1159: driver.Disconnected,
	1160: driver.Disconnected, 1161: driver.Disconnected, 1184: driver.Disconnected, 1927: driver.Disconnected,
	2006: driver.Disconnected, 2013: driver.Disconnected, 4031: driver.Disconnected,
	1021: driver.Limit, 1037: driver.Limit, 1038: driver.Limit, 1040: driver.Limit, 1041: driver.Limit, 1114: driver.Limit,
	1118: driver.Limit, 1153: driver.Limit, 1203: driver.Limit, 1226: driver.Limit, 1390: driver.Limit, 1436: driver.Limit,
}

// number is the server's number of an error; 0 if it is none of the server's.
func number(err error) uint16 {
	var refusal *client.MySQLError
	if !errors.As(err, &refusal) {
		return 0
	}
	return refusal.Number
}

// mapError gives an error of go-sql-driver the seam's form.
func mapError(err error) error {
	var refusal *client.MySQLError
	switch {
	case errors.As(err, &refusal):
		mapped := &driver.Error{Kind: kindsOfNumbers[refusal.Number], Code: strconv.Itoa(int(refusal.Number)), Message: refusal.Message, Cause: err}
		fillNames(mapped, refusal.Number)
		return mapped
	case errors.Is(err, client.ErrInvalidConn), errors.Is(err, sqld.ErrBadConn):
		return &driver.Error{Kind: driver.Disconnected, Code: "2006", Message: "the connection to the server is lost", Cause: err}
	case errors.Is(err, client.ErrPktTooLarge):
		return &driver.Error{Kind: driver.Limit, Code: "1153", Message: err.Error(), Cause: err}
	}
	return err
}

// fillNames reads names from the message, the only place where the server
// tells them.
func fillNames(e *driver.Error, number uint16) {
	switch number {
	case 1062, 1586: // Duplicate entry 'Rex' for key 'pets.name'; MariaDB leaves the table out
		key := lastQuoted(e.Message, '\'')
		if table, name, found := strings.Cut(key, "."); found {
			e.Table, key = table, name
		}
		e.Constraint = key
	case 1048, 1364, 1406, 1264, 1265: // Column 'name' cannot be null
		if column := firstQuoted(e.Message, '\''); column != "" {
			e.Columns = []string{column}
		}
	case 1366: // Incorrect integer value: 'x' for column `test`.`pets`.`hunger` at row 1
		_, rest, _ := strings.Cut(e.Message, "for column ")
		fillColumn(e, rest)
	case 1451, 1452: // … (`test`.`toys`, CONSTRAINT `toys_ibfk_1` FOREIGN KEY (`pet`) REFERENCES …
		_, rest, _ := strings.Cut(strings.ReplaceAll(e.Message, `"`, "`"), "(") // " in the mode ANSI_QUOTES
		names, columns, _ := strings.Cut(rest, "FOREIGN KEY (")
		table, constraint, _ := strings.Cut(names, ", CONSTRAINT ")
		e.Table, e.Constraint = lastQuoted(table, '`'), firstQuoted(constraint, '`')
		columns, _, _ = strings.Cut(columns, ")")
		for name := range strings.SplitSeq(columns, ", ") {
			if column := firstQuoted(name, '`'); column != "" {
				e.Columns = append(e.Columns, column)
			}
		}
	case 3819: // Check constraint 'hungry' is violated.
		e.Constraint = firstQuoted(e.Message, '\'')
	case 4025: // CONSTRAINT `hungry` failed for `test`.`pets`
		e.Constraint, e.Table = firstQuoted(e.Message, '`'), lastQuoted(e.Message, '`')
	}
}

// fillColumn reads `database`.`table`.`column`, or just 'column'.
func fillColumn(e *driver.Error, text string) {
	text, _, _ = strings.Cut(text, " at row")
	if parts := strings.Split(text, "`.`"); len(parts) == 3 {
		e.Table, e.Columns = parts[1], []string{strings.TrimSuffix(parts[2], "`")}
	} else if column := firstQuoted(text, '\''); column != "" {
		e.Columns = []string{column}
	}
}

func firstQuoted(s string, quote byte) string {
	_, rest, _ := strings.Cut(s, string(quote))
	name, _, found := strings.Cut(rest, string(quote))
	if !found {
		return ""
	}
	return name
}

func lastQuoted(s string, quote byte) string {
	end := strings.LastIndexByte(s, quote)
	if end < 0 {
		return ""
	}
	return s[strings.LastIndexByte(s[:end], quote)+1 : end]
}
