package lessons_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// buildAll builds one program for node that runs all steps one after the other,
// each a package of its own, and leaves what each prints and its statements in
// its folder below the argument. Linking SQLite into a WebAssembly program and
// starting it takes too long to do it for every step.
func buildAll(t *testing.T, steps []step) string {
	t.Helper()
	dir := t.TempDir()
	files := overlay{}
	files.replace(t, "allsteps/recorded.go", "testdata/overlay/statements.go")
	files.replace(t, "allsteps/steps.go", "testdata/overlay/steps.go")
	files.replace(t, "../orm/dialect/sqlite/driver_native.go", "testdata/overlay/driver_js.go")
	var imports, list strings.Builder
	for i, s := range steps {
		for j, file := range s.sources(t) {
			copied := filepath.Join(dir, fmt.Sprintf("step%d-%d.go", i, j))
			require.NoError(t, os.WriteFile(copied, asPackage(t, file), 0o644))
			files.replace(t, file, copied)
		}
		fmt.Fprintf(&imports, "import step%d %q\n", i, "github.com/ormlab/ormlab/lessons/"+s.dir)
		fmt.Fprintf(&list, "\t{%q, step%d.Main},\n", s.dir, i)
	}
	table := filepath.Join(dir, "table.go")
	text := "package main\n\n" + imports.String() + "\nvar steps = []step{\n" + list.String() + "}\n"
	require.NoError(t, os.WriteFile(table, []byte(text), 0o644))
	files.replace(t, "allsteps/table.go", table)
	program := filepath.Join(dir, "allsteps.wasm")
	files.goBuild(t, program, []string{"./allsteps"}, "GOOS=js", "GOARCH=wasm")
	return program
}

var packageMain = regexp.MustCompile(`(?m)^package main$`)

// asPackage is a file of a step for a package that others can import. Its
// lines keep their numbers.
func asPackage(t *testing.T, file string) []byte {
	t.Helper()
	text := readFile(t, file)
	require.Regexp(t, packageMain, text)
	text = packageMain.ReplaceAllString(text, "package step")
	if strings.Contains(text, "\nfunc main() {") {
		text += "\nfunc Main() { main() }\n"
	}
	return []byte(text)
}
