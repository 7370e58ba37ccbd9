// Package postgres is the dialect of PostgreSQL.
//
// Import it for its effect: it makes URLs that begin with postgresql:// known,
// such as
//
//	postgresql://ann:secret@db.example.org:5432/shop?sslmode=verify-full
//
// User, password, hosts, database and options are those of libpq; environment
// variables such as PGHOST and PGPASSWORD fill in what a URL leaves out.
// Sessions are in UTC unless the option timezone says otherwise.
//
// In a WebAssembly build there is no driver: statements can be compiled, not
// run.
package postgres

import (
	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/expr"
)

// Dialect is PostgreSQL, 13 or later.
var Dialect dialect.Dialect = postgres{}

type postgres struct{}

var features = dialect.Features{
	DDL: ddlFeatures,

	NumberedPlaceholders: true,
	Quote:                '"',
	MaxName:              63,
	MaxArgs:              65535,
	BooleanLiterals:      true,
	BooleanConditions:    true,
	EmptySelect:          "SELECT CAST(NULL AS %s) WHERE 1!=1",
	OffsetOnly:           dialect.OffsetLimitAll,
	DefaultValues:        true,
	BlobLiteral:          `CAST('\x{}' AS BYTEA)`,
	TimeLiteral:          "2006-01-02 15:04:05.999999-07",
	SpecialFloats:        dialect.FloatsNamed,
	Returning:            true,
	Explain:              "EXPLAIN ",
	ExplainAnalyze:       "EXPLAIN ANALYZE ",
	OrderedRows:          orderedRows,
	TransactionalDDL:     true,

	TypedPlaceholders:    true,
	TrueDivisor:          "CAST({} AS NUMERIC)",
	Regexp:               " ~ ",
	NotRegexp:            " !~ ",
	ILike:                true,
	Extract:              extract,
	JSON:                 jsonForms,
	JSONPathArrays:       true,
	Quantified:           true,
	ArrayElements:        true,
	ArrayLists:           true,
	BitXor:               " # ",
	FullText:             "{} @@ plainto_tsquery({})",
	Ordinality:           true,
	Samples:              true,
	Groupings:            dialect.GroupingsAll,
	FullJoin:             true,
	Lateral:              true,
	Values:               dialect.ValuesNamed,
	TableFunctionColumns: true,
	DistinctOn:           true,
	AggregateFilter:      true,
	AggregateOrder:       true,
	WithinGroup:          true,
	FrameGroups:          true,
	NullsOrder:           true,
	WithTies:             true,
	KeyLocks:             true,
	LockOf:               true,
	CompoundParentheses:  true,
	SetOperationsAll:     true,
	Materialized:         true,
	ChangeInCTE:          true,
	WithChange:           true,
	WithInsert:           true,
	UpdateFrom:           dialect.ChangeFromList,
	DeleteUsing:          dialect.ChangeFromList,
	UpdateReturning:      true,
	DeleteReturning:      true,
	Conflict:             dialect.ConflictStandard,
	ConflictConstraint:   true,
}

// extract are the parts of an instant as whole numbers: EXTRACT gives a
// NUMERIC.
var extract = map[expr.DatePart]string{
	expr.Year:      "CAST(EXTRACT(year FROM {}) AS INTEGER)",
	expr.Quarter:   "CAST(EXTRACT(quarter FROM {}) AS INTEGER)",
	expr.Month:     "CAST(EXTRACT(month FROM {}) AS INTEGER)",
	expr.Week:      "CAST(EXTRACT(week FROM {}) AS INTEGER)",
	expr.Day:       "CAST(EXTRACT(day FROM {}) AS INTEGER)",
	expr.DayOfYear: "CAST(EXTRACT(doy FROM {}) AS INTEGER)",
	expr.DayOfWeek: "CAST(EXTRACT(dow FROM {}) AS INTEGER)",
	expr.Hour:      "CAST(EXTRACT(hour FROM {}) AS INTEGER)",
	expr.Minute:    "CAST(EXTRACT(minute FROM {}) AS INTEGER)",
	expr.Second:    "CAST(FLOOR(EXTRACT(second FROM {})) AS INTEGER)",
	expr.Epoch:     "CAST(FLOOR(EXTRACT(epoch FROM {})) AS BIGINT)",
}

func (postgres) Name() string                { return "postgresql" }
func (postgres) Features() *dialect.Features { return &features }
func (postgres) Reserved(word string) bool   { return reserved.Has(word) }

// HasTable asks for views too, because a table cannot have the name of one.
func (postgres) HasTable(name string) expr.Stmt {
	return expr.Text{
		Parts: []expr.TextPart{
			{SQL: "SELECT relname FROM pg_catalog.pg_class WHERE relname = ", Bind: "name"},
			{SQL: " AND relkind IN ('r', 'p', 'f', 'v', 'm') AND pg_catalog.pg_table_is_visible(oid)"},
		},
		Binds: map[string]expr.Bind{"name": {Value: name}},
	}
}
