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
		query, expr.Compound{}, expr.Insert{Table: table}, expr.Update{Table: table}, expr.Delete{Table: table},
		expr.Table{Table: table}, &expr.Alias{Of: table}, &expr.Subquery{Query: query}, cte, &expr.CTEAlias{Of: cte},
		&expr.Values{}, &expr.TableFunc{}, &expr.Join{Left: cte, Right: cte}}
	left := []string{"Invalid", "CreateTable", "DropTable", "AddForeignKey", "DropForeignKey", "CreateIndex", "DropIndex", "SetComment",
		"CreateType", "DropType", "CreateSequence", "DropSequence", "CreateView", "DropView", "CreateSchema"}
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
