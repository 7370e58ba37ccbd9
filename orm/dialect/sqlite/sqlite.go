// Package sqlite is the dialect of SQLite, and the driver for it.
//
// Import it for its effect: it makes URLs that begin with sqlite:// known.
package sqlite

import (
	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// Dialect is SQLite, 3.46 or later.
var Dialect dialect.Dialect = sqlite{}

type sqlite struct{}

var features = dialect.Features{
	DDL: ddlFeatures,

	Quote:            '"',
	MaxArgs:          32766,
	EmptySelect:      "SELECT 1 FROM (SELECT 1) WHERE 1!=1",
	EmptyInSelect:    true,
	OffsetOnly:       dialect.OffsetLimitMinus,
	DefaultValues:    true,
	BlobLiteral:      "X'{}'",
	TextOfBytes:      "CAST(X'{}' AS TEXT)",
	TimeLiteral:      "2006-01-02 15:04:05.000000",
	SpecialFloats:    dialect.FloatsOverflow,
	Returning:        true,
	Explain:          "EXPLAIN QUERY PLAN ",
	LastInsertID:     true,
	BatchKeys:        dialect.KeysToLast,
	TransactionalDDL: true,

	TrueDivisor:     "({} + 0.0)",
	DistinctFrom:    dialect.DistinctIs,
	TuplesAreValues: true,
	FullText:        "{} MATCH {}",
	DistinctAlone:   true,
	Functions: map[string]dialect.Function{
		"now":         {Name: "CURRENT_TIMESTAMP", Bare: true},
		"char_length": {Name: "length"},
		"greatest":    {Name: "max"},
		"least":       {Name: "min"},
	},
	Extract:            extract,
	JSON:               jsonForms,
	FullJoin:           true,
	Values:             dialect.ValuesNumbered,
	AggregateFilter:    true,
	AggregateOrder:     true,
	FrameGroups:        true,
	NullsOrder:         true,
	Locks:              dialect.LocksImplied,
	Materialized:       true,
	WithChange:         true,
	WithInsert:         true,
	UpdateFrom:         dialect.ChangeFromList,
	UpdateReturning:    true,
	DeleteReturning:    true,
	Conflict:           dialect.ConflictStandard,
	ConflictNeedsWhere: true,
}

// extract are the parts of an instant: SQLite keeps instants as text.
var extract = map[expr.DatePart]string{
	expr.Year:      "CAST(STRFTIME('%Y', {}) AS INTEGER)",
	expr.Quarter:   "((CAST(STRFTIME('%m', {}) AS INTEGER) + 2) / 3)",
	expr.Month:     "CAST(STRFTIME('%m', {}) AS INTEGER)",
	expr.Week:      "CAST(STRFTIME('%V', {}) AS INTEGER)",
	expr.Day:       "CAST(STRFTIME('%d', {}) AS INTEGER)",
	expr.DayOfYear: "CAST(STRFTIME('%j', {}) AS INTEGER)",
	expr.DayOfWeek: "CAST(STRFTIME('%w', {}) AS INTEGER)",
	expr.Hour:      "CAST(STRFTIME('%H', {}) AS INTEGER)",
	expr.Minute:    "CAST(STRFTIME('%M', {}) AS INTEGER)",
	expr.Second:    "CAST(STRFTIME('%S', {}) AS INTEGER)",
	expr.Epoch:     "CAST(STRFTIME('%s', {}) AS INTEGER)",
}

func (sqlite) Name() string                { return "sqlite" }
func (sqlite) Features() *dialect.Features { return &features }
func (sqlite) Reserved(word string) bool   { return reserved.Has(word) }

// CastDDL keeps an instant as the text that it is: a cast to DATETIME would
// make its year of it.
func (d sqlite) CastDDL(t schema.Type) (string, error) {
	if t.Kind == schema.DateTime {
		return "TEXT", nil
	}
	return d.TypeDDL(t)
}

// HasTable asks for views too, because a table cannot have the name of one.
func (sqlite) HasTable(name string) expr.Stmt {
	return expr.Text{
		Parts: []expr.TextPart{
			{SQL: "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name = ", Bind: "name"},
			{SQL: " COLLATE NOCASE"},
		},
		Binds: map[string]expr.Bind{"name": {Value: name}},
	}
}
