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

// BenchmarkRunner prints how long the stages of a run take, and the bridge.
func BenchmarkRunner(b *testing.B) {
	h := newHarness(b)
	dir := bundle(b, "bench.ts")
	for b.Loop() {
		h.node(b, filepath.Join(dir, "bench.mjs"))
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
	set, err := toolchain.Build(t.Context(), toolchain.Options{Progress: os.Stderr, Compression: toolchain.None})
	require.NoError(t, err)
	server := httptest.NewServer(http.FileServer(http.Dir(set.Dir)))
	t.Cleanup(server.Close)
	root, err := filepath.Abs("../../..")
	require.NoError(t, err)
	return &harness{path: node, env: append(os.Environ(),
		"ORMLAB_MANIFEST="+server.URL+"/manifest.json",
		"ORMLAB_WIRE="+filepath.Join(root, "playground/wire/testdata"),
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
