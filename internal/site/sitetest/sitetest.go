// Package sitetest makes a small checkout and a small tool set for the tests
// of the site and of what serves it.
package sitetest

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/playground/toolchain"
)

// Checkout copies the fixture in internal/site/testdata into a folder that
// looks like a checkout with its npm packages fetched.
func Checkout(t *testing.T) string {
	t.Helper()
	_, here, _, ok := runtime.Caller(0)
	require.True(t, ok)
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS(filepath.Join(filepath.Dir(here), "..", "testdata", "checkout"))))
	write(t, filepath.Join(dir, "go.mod"), "module github.com/ormlab/ormlab\n")
	write(t, filepath.Join(dir, "web", "node_modules", ".package-lock.json"), "{}")
	return dir
}

// ToolchainID is the name of the tool set's folder.
const ToolchainID = "feedc0de"

// Compiler is the content of the tool set's only tool in its three forms;
// they differ so that a test sees which one it got.
var Compiler = map[string]string{"": "\x00asm and more than its compressed forms", ".br": "brotli", ".gz": "gzip form"}

// Toolchain makes a tool set of one file.
func Toolchain(t *testing.T) *toolchain.Set {
	t.Helper()
	dir := t.TempDir()
	for suffix, content := range Compiler {
		write(t, filepath.Join(dir, "compile.0123.wasm"+suffix), content)
	}
	write(t, filepath.Join(dir, "manifest.json"), "{}")
	return &toolchain.Set{ID: ToolchainID, Dir: dir, Manifest: toolchain.Manifest{
		ID: ToolchainID, Files: map[string]toolchain.File{"compile.wasm": {Path: "compile.0123.wasm"}},
	}}
}

func write(t *testing.T, name, content string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
	require.NoError(t, os.WriteFile(name, []byte(content), 0o644))
}
