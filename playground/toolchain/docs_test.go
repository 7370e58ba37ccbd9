package toolchain

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestDocs(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"a.go": `// Package a is short.
//
// It has more to say.
package a

// T is a type.
type T[X any] struct {
	// F is a field.
	F int
	g int // hidden
	H int // H is beside
}

// M is a method, of
// two lines.
func (t *T[X]) M() {}

// hidden is not told.
func hidden() {}

// The errors.
var (
	ErrA = 1 // ErrA is one
	ErrB = 2
)

type I interface {
	// N is of an interface.
	N()
}
`, "other.go": "package other\n\n// X is not importable.\nvar X = 1\n"})
	g, err := findGo(t.Context(), ".")
	require.NoError(t, err)
	b := &builder{work: t.TempDir(), goTool: g}
	p := &parts{files: map[string]string{}, index: archiveIndex{Importable: []string{"example.com/a"}}}
	require.NoError(t, b.addDocs(p, []listedPackage{{ImportPath: "example.com/a", Dir: dir, GoFiles: []string{"a.go"}}, {ImportPath: "example.com/other", Dir: dir, GoFiles: []string{"other.go"}}}))
	text, err := os.ReadFile(p.files[docsJSON])
	require.NoError(t, err)
	var got docs
	require.NoError(t, json.Unmarshal(text, &got))
	assert.Equal(t, map[string]string{
		"": "Package a is short.", "T": "T is a type.", "T.F": "F is a field.", "T.H": "H is beside", "T.M": "M is a method, of two lines.",
		"ErrA": "ErrA is one", "ErrB": "The errors.", "I.N": "N is of an interface.",
	}, got["example.com/a"])
	assert.NotContains(t, got, "example.com/other")
	assert.Contains(t, got["builtin"]["len"], "The len built-in function returns the length of v")
}
