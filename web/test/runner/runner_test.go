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
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed, so the page's runner is not tested")
	}
	set, err := toolchain.Build(t.Context(), toolchain.Options{ModuleDir: os.Getenv("ORMLAB_MODULE"), Progress: os.Stderr, Compression: toolchain.None})
	require.NoError(t, err)
	server := httptest.NewServer(http.FileServer(http.Dir(set.Dir)))
	defer server.Close()

	wire, err := filepath.Abs("../../../playground/wire/testdata")
	require.NoError(t, err)
	dir := bundle(t)
	scripts, err := filepath.Glob(filepath.Join(dir, "*.test.mjs"))
	require.NoError(t, err)
	require.NotEmpty(t, scripts)
	for _, script := range scripts {
		t.Run(strings.TrimSuffix(filepath.Base(script), ".test.mjs"), func(t *testing.T) {
			cmd := exec.CommandContext(t.Context(), node, "--test", "--test-reporter=spec", "--test-timeout=180000", "--enable-source-maps", script)
			cmd.Env = append(os.Environ(), "ORMLAB_MANIFEST="+server.URL+"/manifest.json", "ORMLAB_WIRE="+wire)
			out, err := cmd.CombinedOutput()
			t.Logf("%s", out)
			require.NoError(t, err)
		})
	}
}

// bundle turns each test into one script that node can run.
func bundle(t *testing.T) string {
	sources, err := filepath.Glob("*.test.ts")
	require.NoError(t, err)
	sources = append(sources, "node-worker.ts")
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
