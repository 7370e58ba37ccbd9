// Package docs holds the tests of the documents in the repository's root.
package docs

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
)

const root = "../.."

// TestREADMEProgram runs the program of the README and compares what it
// prints with what the README says.
func TestREADMEProgram(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join(root, "README.md"))
	require.NoError(t, err)
	program := block(t, readme, "go")
	want := block(t, readme, "text")
	file := filepath.Join(t.TempDir(), "main.go")
	require.NoError(t, os.WriteFile(file, program, 0o600))
	run := exec.Command("go", "run", file)
	run.Dir = root
	got, err := run.CombinedOutput()
	require.NoError(t, err, string(got))
	require.Equal(t, string(want), string(got))
}

// block returns the first code block of that language.
func block(t *testing.T, text []byte, language string) []byte {
	m := regexp.MustCompile("(?s)```" + language + "\n(.*?)```").FindSubmatch(text)
	require.NotNil(t, m, "the README has no %s block", language)
	return m[1]
}
