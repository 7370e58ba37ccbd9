// Package mysql is the dialect of MySQL and MariaDB.
//
// Import it for its effect: it makes URLs that begin with mysql:// or
// mariadb:// known, such as
//
//	mysql://ann:secret@db.example.org:3306/shop?tls=true
//
// The options are those of github.com/go-sql-driver/mysql, and unix_socket for
// the path of a socket. Sessions are in UTC unless the option time_zone says
// otherwise, and an UPDATE counts the rows that it found, as on other
// databases, even if it did not change them.
//
// In a WebAssembly build there is no driver: statements can be compiled, not
// run.
package mysql

import (
	"fmt"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// Dialect is MySQL, 8.0.31 or later.
var Dialect dialect.Dialect = mysql{"mysql", &features}

// MariaDB is MariaDB, 10.6 or later, which has grown apart from MySQL.
var MariaDB dialect.Dialect = mysql{"mariadb", &mariaFeatures}

type mysql struct {
	name     string
	features *dialect.Features
}

var features = dialect.Features{
	DDL: ddlFeatures,

	Quote:            '`',
	MaxArgs:          65535,
	BooleanLiterals:  true,
	ConcatFunction:   true,
	BackslashEscapes: true,
	EmptySelect:      "SELECT 1 FROM (SELECT 1) AS nothing WHERE 1!=1",
	OffsetOnly:       dialect.OffsetLimitMax,
	BlobLiteral:      "X'{}'",
	TimeLiteral:      "2006-01-02 15:04:05.000000",
	FloatExponent:    true,
	LastInsertID:     true,
	BatchKeys:        dialect.KeysFromFirst,

	HashComments:          true,
	TextFoldsCase:         true,
	Explain:               "EXPLAIN ",
	ExplainAnalyze:        "EXPLAIN ANALYZE ",
	DivisionKeepsFraction: true,
	DistinctFrom:          dialect.DistinctSpaceship,
	Regexp:                " REGEXP ",
	NotRegexp:             " NOT REGEXP ",
	Extract:               extract,
	JSON:                  jsonForms,
	Quantified:            true,
	BitXor:                " ^ ",
	BitsUnsigned:          true,
	FullText:              "MATCH ({}) AGAINST ({})",
	GroupConcat:           true,
	Groupings:             dialect.GroupingsRollup,
	Lateral:               true,
	Values:                dialect.ValuesRow,
	AggregateOrder:        true,
	LockOf:                true,
	CompoundParentheses:   true,
	SetOperationsAll:      true,
	WithChange:            true,
	UpdateFrom:            dialect.ChangeTables,
	DeleteUsing:           dialect.ChangeTables,
	Conflict:              dialect.ConflictOnDuplicate,
}

// mariaFeatures are the features of MySQL but for what MariaDB has of its own.
var mariaFeatures = func() dialect.Features {
	f := features
	f.Returning, f.DeleteReturning, f.WithTies, f.FrameLiterals = true, true, true, true
	f.Lateral, f.LockOf, f.WithChange = false, false, false
	f.Values = dialect.ValuesUnion
	f.ExplainAnalyze = "ANALYZE "
	f.Locks = dialect.LocksShareMode
	f.DDL = mariaDDL(f.DDL)
	return f
}()

// extract are the parts of an instant that EXTRACT does not have.
var extract = map[expr.DatePart]string{
	expr.Week:      "WEEK({}, 3)",
	expr.DayOfYear: "DAYOFYEAR({})",
	expr.DayOfWeek: "(DAYOFWEEK({}) - 1)",
	expr.Epoch:     "TIMESTAMPDIFF(SECOND, '1970-01-01', {})",
}

func (d mysql) Name() string                { return d.name }
func (d mysql) Features() *dialect.Features { return d.features }
func (mysql) Reserved(word string) bool     { return reserved.Has(word) }

// CastDDL has other names for the types than CREATE TABLE.
func (d mysql) CastDDL(t schema.Type) (string, error) {
	switch t.Kind {
	case schema.SmallInteger, schema.Integer, schema.BigInteger, schema.Boolean:
		return "SIGNED INTEGER", nil
	case schema.String, schema.Text:
		if t.Size > 0 {
			return fmt.Sprintf("CHAR(%d)", t.Size), nil
		}
		return "CHAR", nil
	case schema.LargeBinary:
		return "BINARY", nil
	}
	return d.TypeDDL(t)
}

// HasTable asks for views too, because a table cannot have the name of one.
func (mysql) HasTable(name string) expr.Stmt {
	return expr.Text{
		Parts: []expr.TextPart{
			{SQL: "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ", Bind: "name"},
			{},
		},
		Binds: map[string]expr.Bind{"name": {Value: name}},
	}
}
