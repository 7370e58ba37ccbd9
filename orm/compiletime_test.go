//go:build !js && !wasip1

package orm_test

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// snippets are statements of a program in which id and age are Expr[int64],
// name is an Expr[string], full is that of a Null, and admin is an Expr[bool].
// Those with an error must not compile.
var snippets = []struct{ code, err string }{
	{`_ = age.Eq(5)`, ""},
	{`_ = age.Eq("x")`, "cannot use \"x\""},
	{`_ = name.Eq(5)`, "cannot use 5"},
	{`_ = name.In("a", 1)`, "cannot use 1"},
	{`_ = full.Eq("x")`, ""},
	{`_ = full.Eq(nil)`, "cannot use nil"},
	{`_ = age.EqExpr(id)`, ""},
	{`_ = age.EqExpr(name)`, "cannot use name"},
	{`_ = age.LtExpr(full)`, "cannot use full"},
	{`_ = orm.Add(age, "x")`, "x"},
	{`_ = orm.AddExpr(age, name)`, "does not match"},
	{`_ = orm.Div(age, 2).Eq(1.5)`, ""},
	{`_ = orm.Add(age, 2).Eq(1.5)`, "cannot use 1.5"},
	{`_ = users.Select().Where(orm.Truth(admin))`, ""},
	{`_ = age.Set("x")`, "cannot use \"x\""},
	{`_ = age.SetExpr(name)`, "cannot use name"},
	{`_ = users.Select().Where("age = 1")`, "cannot use \"age = 1\""},
	{`_ = users.Select().Where(age)`, "cannot use age"},
	{`_ = users.Select().OrderBy("age")`, "cannot use \"age\""},
	{`_ = orm.Coalesce(full, name)`, ""},
	{`_ = orm.Coalesce(full, age)`, "does not match"},
	{`_ = orm.Case(age.Gt(1), "a").Else("b").Eq("a")`, ""},
	{`_ = orm.Case(age.Gt(1), "a").Else(2)`, "cannot use 2"},
	{`_ = orm.Sum(age).Gt("x")`, "cannot use \"x\""},
	{`_ = orm.Tuple2(id, name).In(orm.MakeRow2(int64(1), "x"))`, ""},
	{`_ = orm.Tuple2(id, name).In(orm.MakeRow2("x", int64(1)))`, "cannot use"},
	{`_ = orm.Excluded(age).Eq("x")`, "cannot use \"x\""},
	{`_ = orm.ScalarSubquery[int64](orm.Select(age)).Gt("x")`, "cannot use \"x\""},
}

func TestWrongComparisonsDoNotCompile(t *testing.T) {
	imports := exportData(t)
	for _, s := range snippets {
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, "snippet.go", `package snippet
import "github.com/ormlab/ormlab/orm"
type user struct {
	ID, Age int64
	Name string
	Full orm.Null[string]
	Admin bool
}
func f(users *orm.Model[user]) {
	id, age, name := orm.C(&users.F.ID), orm.C(&users.F.Age), orm.C(&users.F.Name)
	full, admin := orm.N(&users.F.Full), orm.C(&users.F.Admin)
	_, _, _, _, _ = id, age, name, full, admin
	`+s.code+`
}`, 0)
		require.NoError(t, err, s.code)
		config := types.Config{Importer: importer.ForCompiler(fset, "gc", imports)}
		_, err = config.Check("snippet", fset, []*ast.File{file}, nil)
		if s.err == "" {
			assert.NoError(t, err, s.code)
		} else {
			assert.ErrorContains(t, err, s.err, s.code)
		}
	}
}

// exportData finds what the compiler knows of the packages that orm needs.
func exportData(t *testing.T) func(path string) (io.ReadCloser, error) {
	out, err := exec.Command("go", "list", "-export", "-deps", "-f", "{{.ImportPath}} {{.Export}}", "github.com/ormlab/ormlab/orm").Output()
	if err != nil {
		t.Skipf("the go command does not list the packages: %v", err)
	}
	files := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), " ")
		files[path] = file
	}
	return func(path string) (io.ReadCloser, error) { return os.Open(files[path]) }
}
