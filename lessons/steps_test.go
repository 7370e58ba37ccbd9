// Package lessons_test runs every step of every lesson, and compares what it
// prints and the SQL it sends with the step's goldens.
package lessons_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// step is one program of a lesson.
type step struct {
	dir string // "01-models/01-declare"
}

// pattern matches the folders of lessons and steps; the programs to begin with
// are steps of the scratch page.
const (
	pattern = "[0-9][0-9]-*"
	scratch = "scratch"
)

func allSteps(t *testing.T) []step {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(pattern, pattern, "main.go"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	templates, err := filepath.Glob(filepath.Join(scratch, pattern, "main.go"))
	require.NoError(t, err)
	require.NotEmpty(t, templates)
	files = append(files, templates...)
	steps := make([]step, len(files))
	for i, file := range files {
		steps[i] = step{filepath.ToSlash(filepath.Dir(file))}
	}
	return steps
}

// lessonSteps are the steps that a lesson leads through, without the programs to
// begin with.
func lessonSteps(t *testing.T) []step {
	return slices.DeleteFunc(allSteps(t), func(s step) bool { return s.lesson() == scratch })
}

func (s step) lesson() string {
	lesson, _, _ := strings.Cut(s.dir, "/")
	return lesson
}

// sources are the step's Go files.
func (s step) sources(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(filepath.FromSlash(s.dir), "*.go"))
	require.NoError(t, err)
	return files
}

func (s step) golden(name string) string {
	return filepath.Join(filepath.FromSlash(s.dir), "testdata", name)
}

func (s step) writeGolden(t *testing.T, name, text string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(s.golden(name)), 0o755))
	require.NoError(t, os.WriteFile(s.golden(name), []byte(text), 0o644))
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err, "goldens are written by go test ./lessons -update")
	return string(text)
}
