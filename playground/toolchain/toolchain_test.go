package toolchain

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func write(t *testing.T, root string, files map[string]string) {
	for name, text := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	}
}

func TestModuleIsFoundFromBelow(t *testing.T) {
	root := t.TempDir()
	write(t, root, map[string]string{
		"go.mod":           "// A comment.\nmodule " + modulePath + " // another\n\ngo 1.26\n",
		"nested/x/go.mod":  "module example.com/other\n",
		"nested/x/y/a.txt": "",
	})
	for _, dir := range []string{"", "nested", "nested/x/y"} {
		found, err := findModule(filepath.Join(root, dir))
		require.NoError(t, err)
		assert.Equal(t, root, found)
	}
}

func TestModuleNotFound(t *testing.T) {
	dir := t.TempDir()
	_, err := Build(context.Background(), Options{ModuleDir: dir, CacheDir: t.TempDir()})
	require.Error(t, err)
	assert.Equal(t, "toolchain: "+dir+" is not inside the module "+modulePath+"; set Options.ModuleDir to a checkout of it", err.Error())
}

func TestGoMustBeRecentAndHaveItsSources(t *testing.T) {
	root := t.TempDir()
	err := goTool{Version: "go1.25.3", Root: root}.check()
	assert.EqualError(t, err, "go1.25.3 is too old, Go 1.26 or later is needed")
	err = goTool{Version: "go1.26.1", Root: root}.check()
	assert.ErrorContains(t, err, "the source of the Go tools is missing from GOROOT")
	assert.ErrorContains(t, err, "src/cmd/compile/main.go")
	write(t, root, map[string]string{"src/cmd/compile/main.go": "", "src/cmd/link/main.go": ""})
	assert.NoError(t, goTool{Version: "go1.26.1", Root: root}.check())
	assert.NoError(t, goTool{Version: "devel go1.27-abcdef", Root: root}.check())
}

func TestImportable(t *testing.T) {
	for path, want := range map[string]bool{
		"/orm": true, "/playground/show": true, "/lessons/census": true,
		"/lessons": false, "/lessons/01-models/01-declare": false, "/lessons/census/deep": false,
	} {
		assert.Equal(t, want, offered(modulePath+path, "x"), path)
		assert.False(t, offered(modulePath+path, "main"), path)
	}
	for _, path := range []string{"unsafe", "syscall", "syscall/js", "os/exec", "net", "net/http", "plugin", "embed", "internal/abi"} {
		assert.NotContains(t, importableStd, path)
	}
}

func TestSourceKeyFollowsWhatGoesIntoASet(t *testing.T) {
	root := t.TempDir()
	b := &builder{module: root, goTool: goTool{Version: "go1.26.8"}}
	key := func() string {
		k, err := b.sourceKey()
		require.NoError(t, err)
		return k
	}
	write(t, root, map[string]string{"go.mod": "module x\n", "orm/a.go": "package orm\n", "lessons/census/census.csv": "1\n"})
	first := key()
	assert.Equal(t, first, key())
	write(t, root, map[string]string{"orm/a_test.go": "x", "orm/testdata/x.txt": "x", "README.md": "x", "lessons/01/lesson.md": "x", "web/a.ts": "x"})
	assert.Equal(t, first, key(), "tests, prose and the page do not go into a set")
	for _, change := range []map[string]string{
		{"orm/a.go": "package orm // changed\n"}, {"lessons/census/census.csv": "2\n"}, {"go.sum": "x"}, {"cmd/wasm/main.go": "package main"},
	} {
		before := key()
		write(t, root, change)
		assert.NotEqual(t, before, key(), change)
	}
	before := key()
	b.goTool.Version = "go1.26.9"
	assert.NotEqual(t, before, key())
}

func TestWasmExecIsWrapped(t *testing.T) {
	_, err := wrapWasmExec([]byte("nothing"))
	assert.ErrorContains(t, err, "does not define globalThis.Go")
	text, err := wrapWasmExec([]byte("globalThis.Go = class {}"))
	require.NoError(t, err)
	assert.True(t, strings.HasPrefix(string(text), "//"))
	assert.Contains(t, string(text), "export default function (globalThis) {")
}

func TestSplitExports(t *testing.T) {
	member := func(name, content string) string {
		header := name + strings.Repeat(" ", 48-len(name)) + "          `\n"
		return header[:48] + padded(len(content)) + header[58:] + content + strings.Repeat("\n", len(content)%2)
	}
	archive := arMagic + member("__.PKGDEF", "exports") + member("_go_.o", "code")
	exports, rest, err := splitExports([]byte(archive))
	require.NoError(t, err)
	assert.Equal(t, arMagic+member("__.PKGDEF", "exports"), string(exports))
	assert.Equal(t, arMagic+member("_go_.o", "code"), string(rest))
	for _, broken := range []string{"", "text", arMagic, arMagic + member("_go_.o", "code"), strings.Replace(archive, "7         ", "99999     ", 1), strings.Replace(archive, "7         ", "-2        ", 1)} {
		_, _, err := splitExports([]byte(broken))
		assert.Error(t, err, "%q", broken)
	}
}

func padded(n int) string {
	text := []byte("          ")
	copy(text, []byte{byte('0' + n)})
	return string(text)
}

func TestOnceMakesCompleteFolders(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	assert.ErrorContains(t, once(dir, func(tmp string) error {
		require.NoError(t, os.WriteFile(filepath.Join(tmp, "half"), nil, 0o644))
		return assert.AnError
	}), assert.AnError.Error())
	assert.NoDirExists(t, dir)
	times := 0
	for range 2 {
		require.NoError(t, once(dir, func(tmp string) error {
			times++
			return os.WriteFile(filepath.Join(tmp, "whole"), []byte("x"), 0o644)
		}))
	}
	assert.Equal(t, 1, times)
	assert.NoError(t, fstest.TestFS(os.DirFS(dir), "whole"))
	left, err := os.ReadDir(filepath.Dir(dir))
	require.NoError(t, err)
	assert.Len(t, left, 1, "nothing half done is left")
}

func TestCompressionIsMadeOnceForEachContent(t *testing.T) {
	b := &builder{cache: t.TempDir(), opts: Options{Compression: Fast}}
	path := filepath.Join(t.TempDir(), "a.wasm")
	require.NoError(t, os.WriteFile(path, bytes.Repeat([]byte("compress me "), 1000), 0o644))
	hash, err := hashFile(path)
	require.NoError(t, err)
	forms := b.compressedForms(path, hash)
	require.Len(t, forms, 2)
	require.NoError(t, b.compressAll(t.Context(), forms))
	for _, form := range forms {
		assert.Less(t, fileSize(form.path), int64(500), form.ext)
	}
	require.NoError(t, os.Remove(path))
	assert.NoError(t, b.compressAll(t.Context(), b.compressedForms(path, hash)), "it is not read again")
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	require.NoError(t, os.WriteFile(path, []byte("other"), 0o644))
	assert.ErrorIs(t, b.compressAll(cancelled, b.compressedForms(path, "other")), context.Canceled)
	assert.Empty(t, (&builder{opts: Options{Compression: None}}).compressedForms(path, hash))
}
