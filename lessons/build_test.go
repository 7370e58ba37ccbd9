package lessons_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// overlay is for go build: files that stand in for others, or that are not
// there otherwise, by absolute path.
type overlay map[string]string

func (o overlay) replace(t *testing.T, file, by string) {
	o[absolute(t, file)] = absolute(t, by)
}

// goBuild builds packages into out, a folder if it ends with a separator.
func (o overlay) goBuild(t *testing.T, out string, packages []string, env ...string) {
	t.Helper()
	text, err := json.Marshal(map[string]overlay{"Replace": o})
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "overlay.json")
	require.NoError(t, os.WriteFile(file, text, 0o644))
	args := append([]string{"build", "-ldflags=-s -w", "-overlay", file, "-o", out}, packages...)
	cmd := exec.Command("go", args...)
	cmd.Env = append(os.Environ(), env...)
	report, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", report)
}

func absolute(t *testing.T, path string) string {
	t.Helper()
	path, err := filepath.Abs(path)
	require.NoError(t, err)
	return path
}

// buildEach builds every step as it stands, but for a file that records
// statements, and returns the folder in which each program has its step's path.
func buildEach(t *testing.T, steps []step) string {
	t.Helper()
	dir := t.TempDir()
	files := overlay{}
	packages := map[string][]string{}
	for _, s := range steps {
		files.replace(t, filepath.Join(s.dir, "recorded.go"), "testdata/overlay/statements.go")
		packages[s.lesson()] = append(packages[s.lesson()], "./"+s.dir)
	}
	for lesson, paths := range packages {
		files.goBuild(t, filepath.Join(dir, lesson)+string(filepath.Separator), paths)
	}
	return dir
}
