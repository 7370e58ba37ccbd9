package dialect

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

type plainDialect struct{ Dialect }

func (plainDialect) Name() string        { return "plain" }
func (plainDialect) Features() *Features { return &Features{MaxArgs: 100} }

// Every node of package expr has a key, but for those that the cache leaves
// out on purpose.
func TestEveryNodeHasAKey(t *testing.T) {
	if _, err := os.Stat("../expr"); err != nil {
		t.Skip("the sources of package expr are not here: ", err)
	}
	table, err := schema.NewTable("t", &schema.Column{Name: "c", Type: schema.Type{Kind: schema.Integer}})
	require.NoError(t, err)
	c := expr.Column{Column: table.Columns[0]}
	query := expr.Select{Columns: []expr.Expr{c}}
	cte := &expr.CTE{Name: "w", Query: query}
	known := []any{c, expr.Bind{}, expr.Null{}, expr.Bool{}, expr.Binary{Left: c, Right: c}, expr.Junction{}, expr.Not{Operand: c},
		expr.In{Operand: c}, expr.Between{}, expr.Like{}, expr.IsNull{}, expr.Label{}, expr.Order{}, expr.Name{}, expr.Func{}, expr.Text{},
		expr.Neg{}, expr.Custom{}, expr.Match{}, expr.Is{}, expr.Collate{}, expr.Cast{}, expr.Coerce{}, expr.Case{}, expr.Extract{},
		expr.Tuple{}, expr.Excluded{Column: c.Column}, expr.Scalar{Query: query}, expr.Exists{Query: query}, expr.Quantified{Query: query}, expr.Window{},
		expr.Elements{}, expr.BitNot{Operand: c}, expr.FullText{}, expr.Grouping{},
		expr.Construct{Forms: []expr.Form{{}}}, expr.JSONValue{Operand: c},
		query, expr.Compound{}, expr.Insert{Table: table}, expr.Update{Table: table}, expr.Delete{Table: table},
		expr.Table{Table: table}, &expr.Alias{Of: table}, &expr.Subquery{Query: query}, cte, &expr.CTEAlias{Of: cte},
		&expr.Values{}, &expr.TableFunc{}, &expr.Join{Left: cte, Right: cte}}
	left := []string{"Invalid", "CreateTable", "DropTable", "AddForeignKey", "DropForeignKey", "CreateIndex", "DropIndex", "SetComment",
		"CreateType", "DropType", "CreateSequence", "DropSequence", "CreateView", "CreateViewOf", "CreateTableOf", "DropView", "CreateSchema"}
	var names []string
	keys := map[string]any{}
	for _, node := range known {
		w := &keyWriter{dialect: plainDialect{}, features: plainDialect{}.Features()}
		switch n := node.(type) {
		case expr.Expr:
			w.expr(n)
		case expr.Stmt:
			w.stmt(n)
		case expr.Source:
			w.source(n)
		}
		assert.False(t, w.unknown, "%T has no key", node)
		checkFields(t, reflect.TypeOf(node))
		assert.NotContains(t, keys, string(w.key), "%T", node)
		keys[string(w.key)] = node
		names = append(names, strings.TrimPrefix(strings.TrimPrefix(reflect.TypeOf(node).String(), "*"), "expr."))
	}
	want := nodeNames(t)
	slices.Sort(names)
	names = slices.Compact(append(names, left...))
	slices.Sort(names)
	assert.Equal(t, want, names, "give a new node a key in key_*.go and an example here, or leave it out on purpose")
}

// keyFields are the fields that keys cover, by type.
var keyFields = map[reflect.Type]string{
	reflect.TypeFor[expr.Column]():     "Column Of",
	reflect.TypeFor[expr.Bind]():       "Value Type Near Standalone",
	reflect.TypeFor[expr.Null]():       "",
	reflect.TypeFor[expr.Bool]():       "Value",
	reflect.TypeFor[expr.Binary]():     "Op Left Right",
	reflect.TypeFor[expr.Junction]():   "Or Operands",
	reflect.TypeFor[expr.Not]():        "Operand",
	reflect.TypeFor[expr.In]():         "Operand List Query Negated",
	reflect.TypeFor[expr.Between]():    "Operand Low High Negated",
	reflect.TypeFor[expr.Like]():       "Operand Pattern Escape Negated FoldCase",
	reflect.TypeFor[expr.IsNull]():     "Operand Negated",
	reflect.TypeFor[expr.Label]():      "Name Operand",
	reflect.TypeFor[expr.Order]():      "Operand Descending Nulls",
	reflect.TypeFor[expr.Name]():       "Name",
	reflect.TypeFor[expr.Func]():       "Name Args Star Type Distinct OrderBy WithinGroup Filter",
	reflect.TypeFor[expr.Text]():       "Parts Binds Question Columns",
	reflect.TypeFor[expr.TextPart]():   "SQL Bind",
	reflect.TypeFor[expr.Neg]():        "Operand",
	reflect.TypeFor[expr.Custom]():     "Op Left Right Type",
	reflect.TypeFor[expr.Match]():      "Operand Pattern Negated",
	reflect.TypeFor[expr.Is]():         "Operand Value Negated",
	reflect.TypeFor[expr.Collate]():    "Operand Name",
	reflect.TypeFor[expr.Cast]():       "Operand Type",
	reflect.TypeFor[expr.Coerce]():     "Operand Type",
	reflect.TypeFor[expr.Case]():       "Operand Whens Else",
	reflect.TypeFor[expr.When]():       "Condition Result",
	reflect.TypeFor[expr.Extract]():    "Part Operand",
	reflect.TypeFor[expr.Tuple]():      "Items",
	reflect.TypeFor[expr.Excluded]():   "Column",
	reflect.TypeFor[expr.Scalar]():     "Query",
	reflect.TypeFor[expr.Exists]():     "Query Negated",
	reflect.TypeFor[expr.Quantified](): "Op Left All Query",
	reflect.TypeFor[expr.Window]():     "Func PartitionBy OrderBy Frame",
	reflect.TypeFor[expr.Frame]():      "Unit Start End",
	reflect.TypeFor[expr.Bound]():      "Kind Offset",
	reflect.TypeFor[expr.Elements]():   "Op Left All Array",
	reflect.TypeFor[expr.BitNot]():     "Operand",
	reflect.TypeFor[expr.FullText]():   "Operand Query Negated",
	reflect.TypeFor[expr.Grouping]():   "Kind Sets",
	reflect.TypeFor[expr.Construct]():  "Name Forms Parameters Operands Type",
	reflect.TypeFor[expr.Form]():       "Dialect Text",
	reflect.TypeFor[expr.JSONValue]():  "Operand Path Type",
	reflect.TypeFor[expr.JSONStep]():   "Key Index IsIndex",
	reflect.TypeFor[expr.Select]():     "Distinct DistinctOn Columns From Correlate Where GroupBy Having OrderBy Limit Offset WithTies Lock Samples",
	reflect.TypeFor[expr.Lock]():       "Strength Wait Of",
	reflect.TypeFor[expr.Sample]():     "Of Method Percent Seed",
	reflect.TypeFor[expr.Compound]():   "Op All Operands OrderBy Limit Offset",
	reflect.TypeFor[expr.Insert]():     "Table Columns Rows Query Conflict Returning",
	reflect.TypeFor[expr.Conflict]():   "Columns Constraint Partial Set Where",
	reflect.TypeFor[expr.Update]():     "Table Set From Where AllRows Returning",
	reflect.TypeFor[expr.Assignment](): "Column Value",
	reflect.TypeFor[expr.Delete]():     "Table Using Where AllRows Returning",
	reflect.TypeFor[expr.Table]():      "Table",
	reflect.TypeFor[expr.Alias]():      "Of Name",
	reflect.TypeFor[expr.Subquery]():   "Query Columns Name Lateral",
	reflect.TypeFor[expr.CTE]():        "Name Query Columns Recursive Materialized",
	reflect.TypeFor[expr.CTEAlias]():   "Of Name",
	reflect.TypeFor[expr.Values]():     "Name Columns Rows",
	reflect.TypeFor[expr.TableFunc]():  "Func Name Columns Ordinality",
	reflect.TypeFor[expr.Join]():       "Kind Left Right On",
	reflect.TypeFor[schema.Type]():     "Kind Scale Size Detail",
	reflect.TypeFor[schema.Detail]():   "Name Values Element Variants",
}

// checkFields makes sure that the type, and those in it, have the fields that
// keys cover.
func checkFields(t *testing.T, typ reflect.Type) {
	if typ.Kind() != reflect.Struct {
		if typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice || typ.Kind() == reflect.Map {
			checkFields(t, typ.Elem())
		}
		return
	}
	if typ == reflect.TypeFor[schema.Column]() || typ == reflect.TypeFor[schema.Table]() {
		return
	}
	want, known := keyFields[typ]
	var names []string
	for i := range typ.NumField() {
		names = append(names, typ.Field(i).Name)
	}
	if assert.True(t, known, "%s: give it a key in key_*.go, and a line here", typ) {
		assert.Equal(t, want, strings.Join(names, " "), "%s: give the new field a part in the key in key_*.go, and here", typ)
	}
	if typ == reflect.TypeFor[schema.Detail]() {
		return
	}
	for i := range typ.NumField() {
		checkFields(t, typ.Field(i).Type)
	}
}

// nodeNames are the types of package expr that have one of the private methods
// of its interfaces.
func nodeNames(t *testing.T) []string {
	entries, err := os.ReadDir("../expr")
	require.NoError(t, err)
	var names []string
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), "../expr/"+e.Name(), nil, 0)
		require.NoError(t, err)
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Recv == nil || !slices.Contains([]string{"exprNode", "stmtNode", "sourceNode"}, f.Name.Name) {
				continue
			}
			receiver := f.Recv.List[0].Type
			if star, ok := receiver.(*ast.StarExpr); ok {
				receiver = star.X
			}
			names = append(names, receiver.(*ast.Ident).Name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
