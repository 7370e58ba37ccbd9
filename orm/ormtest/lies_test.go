package ormtest

import (
	"context"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// parts are the interfaces that SQLite's dialect has.
type parts interface {
	dialect.Dialect
	dialect.CastWriter
	dialect.Reflector
}

// liar is SQLite's dialect with something about it that is false.
type liar struct {
	parts
	features dialect.Features
	// reserved, hasTable and typeDDL are used in place of the dialect's own.
	reserved func(word string) bool
	hasTable func(name string) expr.Stmt
	typeDDL  func(t schema.Type) (string, error)
	// forget is applied to what is reflected of the table users.
	forget func(t *schema.Table)
}

func newLiar() *liar {
	honest := sqlite.Dialect.(parts)
	return &liar{honest, *honest.Features(), honest.Reserved, honest.HasTable, honest.TypeDDL, nil}
}

func (l *liar) Features() *dialect.Features           { return &l.features }
func (l *liar) Reserved(word string) bool             { return l.reserved(word) }
func (l *liar) HasTable(name string) expr.Stmt        { return l.hasTable(name) }
func (l *liar) TypeDDL(t schema.Type) (string, error) { return l.typeDDL(t) }

func (l *liar) ReflectTable(ctx context.Context, ask dialect.Asker, space, name string) (*schema.Table, error) {
	t, err := l.parts.ReflectTable(ctx, ask, space, name)
	if l.forget != nil && name == "users" && err == nil {
		l.forget(t)
	}
	return t, err
}

// lies are what a dialect may have wrong, by the case that must find it.
var lies = map[string][]struct {
	lie  string
	tell func(l *liar)
}{
	"names/columns": {
		{"another quote", func(l *liar) { l.features.Quote = '[' }},
		{"no word is reserved", func(l *liar) { l.reserved = func(string) bool { return false } }},
	},
	"tables/created and dropped": {{"no table is ever there", func(l *liar) {
		l.hasTable = func(string) expr.Stmt { return dialect.Ask("SELECT 1 WHERE 1 = 2") }
	}}},
	"tables/a circle of foreign keys": {{"foreign keys by ALTER TABLE", func(l *liar) { l.features.DDL.AlterKeys, l.features.DDL.DropKey = true, "CONSTRAINT" }}},
	"tables/defaults":                 {{"backslashes in literals", func(l *liar) { l.features.BackslashEscapes = true }}},
	"tables/what only some have": {
		{"covering indexes", func(l *liar) { l.features.DDL.IncludeColumns = true }},
		{"sequences", func(l *liar) { l.features.DDL.Sequences = true }},
	},
	"tables/comments": {
		{"inline comments", func(l *liar) { l.features.DDL.InlineComments = true }},
		{"COMMENT ON", func(l *liar) { l.features.DDL.CommentStatements = true }},
	},
	"tables/namespaces":                     {{"namespaces", func(l *liar) { l.features.DDL.Schemas = true }}},
	"reflection/the world":                  {{"no foreign keys", func(l *liar) { l.forget = func(t *schema.Table) { t.Column("team_id").References = nil } }}},
	"values/documents":                      {{"documents as numbers", func(l *liar) { l.typeDDL = renamed(l.typeDDL, schema.JSON, "REAL") }}},
	"values/big integers":                   {{"integers as floats", func(l *liar) { l.typeDDL = renamed(l.typeDDL, schema.BigInteger, "REAL") }}},
	"values/texts":                          {{"texts as numbers", func(l *liar) { l.typeDDL = renamed(l.typeDDL, schema.String, "NUMERIC COLLATE NOCASE CHECK (v <> '')") }}},
	"values/other values of an enumeration": {{"types for enumerations", func(l *liar) { l.features.DDL.EnumTypes = true }}},
	"select/conditions": {
		{"a query without rows that has one", func(l *liar) { l.features.EmptySelect = "SELECT 1" }},
		{"<=>", func(l *liar) { l.features.DistinctFrom = dialect.DistinctSpaceship }},
		{"ILIKE", func(l *liar) { l.features.ILike = true }},
		{"regular expressions", func(l *liar) { l.features.Regexp, l.features.NotRegexp = " ~ ", " !~ " }},
		{"ANY and ALL", func(l *liar) { l.features.Quantified = true }},
	},
	"select/expressions": {
		{"division", func(l *liar) { l.features.TrueDivisor = "" }},
		{"concat()", func(l *liar) { l.features.ConcatFunction = true }},
		{"names of functions", func(l *liar) { l.features.Functions = nil }},
		{"EXTRACT", func(l *liar) { l.features.Extract = nil }},
	},
	"select/order and limits": {
		{"LIMIT ALL", func(l *liar) { l.features.OffsetOnly = dialect.OffsetLimitAll }},
		{"DISTINCT ON", func(l *liar) { l.features.DistinctOn = true }},
		{"WITH TIES", func(l *liar) { l.features.WithTies = true }},
	},
	"select/groups and windows": {{"WITHIN GROUP", func(l *liar) { l.features.WithinGroup = true }}},
	"select/sources": {
		{"LATERAL", func(l *liar) { l.features.Lateral = true }},
		{"VALUES with names", func(l *liar) { l.features.Values = dialect.ValuesNamed }},
		{"VALUES ROW", func(l *liar) { l.features.Values = dialect.ValuesRow }},
		{"changes in a CTE", func(l *liar) { l.features.ChangeInCTE = true }},
	},
	"select/set operations": {
		{"parentheses", func(l *liar) { l.features.CompoundParentheses = true }},
		{"INTERSECT ALL", func(l *liar) { l.features.SetOperationsAll = true }},
	},
	"select/locks": {
		{"FOR UPDATE", func(l *liar) { l.features.Locks = dialect.LocksStandard }},
		{"LOCK IN SHARE MODE", func(l *liar) { l.features.Locks = dialect.LocksShareMode }},
	},
	"select/as many arguments as there can be": {{"more arguments", func(l *liar) { l.features.MaxArgs = 40000 }}},
	"changes/a row of defaults":                {{"VALUES ()", func(l *liar) { l.features.DefaultValues = false }}},
	"changes/insert of what is there": {
		{"ON DUPLICATE KEY", func(l *liar) { l.features.Conflict = dialect.ConflictOnDuplicate }},
		{"ON CONSTRAINT", func(l *liar) { l.features.ConflictConstraint = true }},
		{"a query before ON CONFLICT", func(l *liar) { l.features.ConflictNeedsWhere = false }},
	},
	"changes/update and delete": {
		{"UPDATE of two tables", func(l *liar) { l.features.UpdateFrom = dialect.ChangeTables }},
		{"DELETE USING", func(l *liar) { l.features.DeleteUsing = dialect.ChangeFromList }},
	},
}

// renamed writes a type as the database does not mean it.
func renamed(own func(schema.Type) (string, error), kind schema.Kind, name string) func(schema.Type) (string, error) {
	return func(t schema.Type) (string, error) {
		if t.Kind == kind {
			return name, nil
		}
		return own(t)
	}
}

// TestTheSuiteFindsLies has a dialect say something false, and the suite fail;
// without the lie it passes.
func TestTheSuiteFindsLies(t *testing.T) {
	if runtime.GOARCH == "wasm" {
		t.Skip("what this proves of the suite it proves natively, in a tenth of the time")
	}
	config := Config{URL: func(testing.TB) string { return "liar://" }, OneConnection: true}
	entry, err := dialect.Lookup("sqlite")
	require.NoError(t, err)
	tried := 0
	for _, g := range groups() {
		for _, k := range g.cases {
			list, ok := lies[g.name+"/"+k.name]
			if !ok {
				continue
			}
			entry.Dialect = newLiar()
			dialect.Register("liar", entry)
			r := record(t, k, config)
			assert.Empty(t, r.failures, "%s passes for the truth", k.name)
			if r.skipped {
				tried += len(list)
				continue
			}
			for _, c := range list {
				tried++
				l := newLiar()
				c.tell(l)
				entry.Dialect = l
				dialect.Register("liar", entry)
				r := record(t, k, config)
				assert.NotEmpty(t, r.failures, "%s/%s has not found the lie: %s", g.name, k.name, c.lie)
			}
		}
	}
	all := 0
	for _, list := range lies {
		all += len(list)
	}
	assert.Equal(t, all, tried, "every lie belongs to a case")
}
