// Package runner_test runs the tests of the page's runner under node, against a tool set built from the local GOROOT.
package runner_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/playground/toolchain"
)

func TestRunner(t *testing.T) {
	h := newHarness(t)
	dir := bundle(t, "*.test.ts", "node-worker.ts")
	scripts, err := filepath.Glob(filepath.Join(dir, "*.test.mjs"))
	require.NoError(t, err)
	require.NotEmpty(t, scripts)
	for _, script := range scripts {
		t.Run(strings.TrimSuffix(filepath.Base(script), ".test.mjs"), func(t *testing.T) {
			h.node(t, "--test", "--test-reporter=spec", "--test-timeout=300000", script)
		})
	}
}

// builtProgram is built ahead, for the tests of what the site does so with.
const builtProgram = `package main

import "fmt"

func main() {
	fmt.Println("built")
}
`

// BenchmarkRunner prints how long the stages of a run take, and the bridge.
func BenchmarkRunner(b *testing.B) {
	h := newHarness(b)
	dir := bundle(b, "bench.ts")
	for b.Loop() {
		h.node(b, filepath.Join(dir, "bench.mjs"))
	}
}

// TestProgramsThatCannotBeBuilt are told with the compiler's words, and leave nothing behind.
func TestProgramsThatCannotBeBuilt(t *testing.T) {
	opts := toolchain.Options{Progress: os.Stderr, Compression: toolchain.None}
	set, err := toolchain.Build(t.Context(), opts)
	require.NoError(t, err)
	programs := toolchain.NewPrograms(set, opts)
	defer programs.Close()
	for want, source := range map[string]toolchain.Source{
		"main.go:4:2: undefined: x":              {Name: "main.go", Text: "package main\n\nfunc main() {\n\tx()\n}\n"},
		`main.go:3:8: could not import net/http`: {Name: "main.go", Text: "package main\n\nimport \"net/http\"\n\nfunc main() { http.Get(\"\") }\n"},
		`"../main.go" is not the name of a file`: {Name: "../main.go", Text: "package main\n"},
	} {
		path, err := programs.Build(t.Context(), "runner-test-broken", []toolchain.Source{source})
		require.ErrorContains(t, err, want)
		require.Empty(t, path)
		require.NoFileExists(t, filepath.Join(set.Dir, "programs", "runner-test-broken.wasm"))
	}
}

// harness is node, and a server of the tool set.
type harness struct {
	path string
	env  []string
}

func newHarness(t testing.TB) *harness {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed, so the page's runner is not tested")
	}
	opts := toolchain.Options{Progress: os.Stderr, Compression: toolchain.None}
	set, err := toolchain.Build(t.Context(), opts)
	require.NoError(t, err)
	programs := toolchain.NewPrograms(set, opts)
	defer programs.Close()
	program, err := programs.Build(t.Context(), "runner-test", []toolchain.Source{{Name: "main.go", Text: builtProgram}})
	require.NoError(t, err)
	mux := http.NewServeMux()
	mux.Handle("/", http.FileServer(http.Dir(set.Dir)))
	mux.HandleFunc("/program.wasm", func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, program) })
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	root, err := filepath.Abs("../../..")
	require.NoError(t, err)
	return &harness{path: node, env: append(os.Environ(),
		"ORMLAB_MANIFEST="+server.URL+"/manifest.json",
		"ORMLAB_WIRE="+filepath.Join(root, "playground/wire/testdata"),
		"ORMLAB_PROGRAM="+builtProgram,
		"ORMLAB_STEP="+filepath.Join(root, "lessons/01-models/06-unique"),
	)}
}

func (h *harness) node(t testing.TB, args ...string) {
	cmd := exec.CommandContext(t.Context(), h.path, append([]string{"--enable-source-maps"}, args...)...)
	cmd.Env = h.env
	out, err := cmd.CombinedOutput()
	t.Logf("%s", out)
	require.NoError(t, err)
}

// bundle turns each source into one script that node can run.
func bundle(t testing.TB, patterns ...string) string {
	var sources []string
	for _, pattern := range patterns {
		found, err := filepath.Glob(pattern)
		require.NoError(t, err)
		sources = append(sources, found...)
	}
	dir := t.TempDir()
	result := api.Build(api.BuildOptions{
		EntryPoints: sources, Bundle: true, Write: true, Outdir: dir,
		Platform: api.PlatformNode, Format: api.FormatESModule, Target: api.ES2022,
		Sourcemap:    api.SourceMapInline,
		OutExtension: map[string]string{".js": ".mjs"},
	})
	for _, message := range result.Errors {
		t.Errorf("%s: %s", message.Location.File, message.Text)
	}
	require.Empty(t, result.Errors)
	return dir
}
