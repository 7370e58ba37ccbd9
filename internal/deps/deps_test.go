package deps

import (
	"errors"
	"go/build"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	module = "github.com/ormlab/ormlab/"
	root   = "../.."
)

// builds are those in which imports are read: they differ by build lines.
var builds = []build.Context{
	forBuild("linux", "amd64"),
	forBuild("js", "wasm"),
	forBuild("js", "wasm", "playground"),
}

func forBuild(system, machine string, tags ...string) build.Context {
	c := build.Default
	c.GOOS, c.GOARCH, c.BuildTags, c.CgoEnabled = system, machine, tags, false
	c.GOROOT = runtime.GOROOT()
	return c
}

func name(c build.Context) string {
	return strings.Join(append([]string{c.GOOS}, c.BuildTags...), " ")
}

// packages returns the folders of the module that hold Go files, below its
// root and with slashes.
func packages(t *testing.T) []string {
	t.Helper()
	var dirs []string
	require.NoError(t, filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		if n := d.Name(); p != root && (strings.HasPrefix(n, ".") || n == "testdata" || n == "node_modules" || n == "dist") {
			return fs.SkipDir
		}
		relative, err := filepath.Rel(root, p)
		dirs = append(dirs, filepath.ToSlash(relative))
		return err
	}))
	return dirs
}

// imports returns what the package in dir imports, without its tests, and
// nil if it has no files in this build.
func imports(t *testing.T, c build.Context, dir string) []string {
	t.Helper()
	p, err := c.ImportDir(filepath.FromSlash(dir), 0)
	var none *build.NoGoError
	if errors.As(err, &none) {
		return nil
	}
	require.NoError(t, err)
	return p.Imports
}

func isStd(imported string) bool {
	first, _, _ := strings.Cut(imported, "/")
	return !strings.Contains(first, ".")
}

func TestPolicy(t *testing.T) {
	rules, err := parse(policy)
	require.NoError(t, err)
	checked := 0
	for _, pkg := range packages(t) {
		for _, c := range builds {
			imported := imports(t, c, path.Join(root, pkg))
			if len(imported) == 0 {
				continue
			}
			checked++
			allowed, ok := allowedFor(rules, pkg, c.BuildTags)
			if !assert.True(t, ok, "the package %s has no line in the policy: add one to internal/deps/deps.go", pkg) {
				break
			}
			for _, i := range imported {
				assert.True(t, isStd(i) || matchAny(allowed, strings.TrimPrefix(i, module)), "%s may not import %s (build: %s)", pkg, i, name(c))
			}
		}
	}
	assert.Greater(t, checked, 30, "the walk has found the module")
}

// TestLightPackages follows imports down to the bottom of the standard library.
func TestLightPackages(t *testing.T) {
	forbidden := strings.Fields(heavy)
	for _, c := range builds {
		starts := strings.Fields(light)
		if slices.Contains(c.BuildTags, "playground") {
			starts = append(starts, strings.Fields(lightInPage)...)
		}
		for _, start := range starts {
			w := walk{t: t, build: c, seen: map[string]string{}}
			w.visit(module+start, "")
			require.Contains(t, w.seen, "internal/abi", "%s: the walk has reached the bottom", start)
			for pkg := range w.seen {
				assert.False(t, matchAny(forbidden, pkg), "%s reaches %s by %s (build: %s)", start, pkg, w.way(pkg), name(c))
			}
		}
	}
}

// walk visits all packages that one reaches.
type walk struct {
	t     *testing.T
	build build.Context
	seen  map[string]string // package to the one that imported it
}

func (w *walk) visit(pkg, from string) {
	if _, ok := w.seen[pkg]; ok || pkg == "unsafe" {
		return
	}
	w.seen[pkg] = from
	dir := filepath.Join(w.build.GOROOT, "src", filepath.FromSlash(pkg))
	if ours, ok := strings.CutPrefix(pkg, module); ok {
		dir = filepath.Join(root, filepath.FromSlash(ours))
	} else if !isStd(pkg) {
		vendored := filepath.Join(w.build.GOROOT, "src", "vendor", filepath.FromSlash(pkg))
		if _, err := os.Stat(vendored); err != nil {
			return // another module: the policy decides about it
		}
		dir = vendored
	}
	for _, imported := range imports(w.t, w.build, dir) {
		w.visit(imported, pkg)
	}
}

// way is the chain of imports that leads to a package.
func (w *walk) way(pkg string) string {
	chain := []string{pkg}
	for from := w.seen[pkg]; from != ""; from = w.seen[from] {
		chain = append(chain, strings.TrimPrefix(from, module))
	}
	slices.Reverse(chain)
	return strings.Join(chain, " > ")
}

var wasmDirective = regexp.MustCompile(`(?m)^//go:wasm(import|export) `)

func TestOnlyTheBridgeKnowsJavaScript(t *testing.T) {
	mayBridge := strings.Fields(bridging)
	for _, pkg := range packages(t) {
		if matchAny(mayBridge, pkg) {
			continue
		}
		for _, c := range builds {
			assert.NotContains(t, imports(t, c, path.Join(root, pkg)), "syscall/js", pkg)
		}
		files, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(pkg), "*.go"))
		require.NoError(t, err)
		for _, file := range files {
			source, err := os.ReadFile(file)
			require.NoError(t, err)
			assert.False(t, wasmDirective.Match(source), "%s has an import or export of WebAssembly", file)
		}
	}
}

func TestTable(t *testing.T) {
	rules, err := parse("a/...: b\na/x: c # why\na/x [tag]: d e\n")
	require.NoError(t, err)
	for _, c := range []struct {
		pkg  string
		tags []string
		want []string
		ok   bool
	}{
		{"a", nil, []string{"b"}, true},
		{"a/y/z", []string{"tag"}, []string{"b"}, true},
		{"a/x", nil, []string{"c"}, true},
		{"a/x", []string{"tag"}, []string{"c", "d", "e"}, true},
		{"ab", nil, nil, false},
	} {
		got, ok := allowedFor(rules, c.pkg, c.tags)
		assert.Equal(t, c.want, got, c.pkg)
		assert.Equal(t, c.ok, ok, c.pkg)
	}
	_, err = parse("a b")
	assert.ErrorContains(t, err, `no colon in "a b"`)
}
