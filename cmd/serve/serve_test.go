package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/internal/site/sitetest"
)

// serve runs the command and returns what it prints and its exit code.
func serve(t *testing.T, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(t.Context(), args, &out, &errs)
	return out.String(), errs.String(), code
}

func TestHelp(t *testing.T) {
	for _, args := range [][]string{{"help"}, {"-h"}, {"--help"}, {"build", "-h"}} {
		stdout, stderr, code := serve(t, args...)
		assert.Equal(t, usage, stdout, args)
		assert.Empty(t, stderr)
		assert.Equal(t, ok, code)
	}
}

func TestMisuse(t *testing.T) {
	for _, c := range []struct{ args, want string }{
		{"biuld", `unknown command or argument "biuld"`},
		{"build -addr :1", "flag provided but not defined: -addr"},
		{"-out x", "flag provided but not defined: -out"},
	} {
		stdout, stderr, code := serve(t, strings.Fields(c.args)...)
		assert.Empty(t, stdout)
		assert.Equal(t, "serve: "+c.want+"\nserve help lists the commands and flags\n", stderr)
		assert.Equal(t, misuse, code)
	}
}

func TestPortInUse(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer taken.Close()
	addr := taken.Addr().String()
	_, stderr, code := serve(t, "-addr", addr, "-root", t.TempDir())
	assert.Equal(t, "serve: listening on "+addr+": the port is in use: stop the other program, or choose another port, as in -addr :8081\n", stderr)
	assert.Equal(t, failed, code)
}

func TestOutsideACheckout(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	_, stderr, code := serve(t, "build")
	assert.Contains(t, stderr, "is not inside the module github.com/ormlab/ormlab: change to a clone of it, or name one with -root")
	assert.Equal(t, failed, code)
}

func TestInsideACheckout(t *testing.T) {
	root := sitetest.Checkout(t)
	t.Chdir(filepath.Join(root, "lessons", "shared"))
	stdout, stderr, code := serve(t, "build", "-no-toolchain")
	require.Equal(t, ok, code, stderr)
	assert.Regexp(t, `^\d+ files in dist, with .br and .gz beside them`, stdout)
	assert.FileExists(t, "dist/lessons/01-hello/index.html.br")
}

func TestBaseIsAPath(t *testing.T) {
	_, stderr, code := serve(t, "build", "-base", "ormlab", "-root", sitetest.Checkout(t))
	assert.Contains(t, stderr, "-base ormlab: the path begins with a slash, as in /ormlab/")
	assert.Equal(t, failed, code)
}

func TestMissingNode(t *testing.T) {
	root := sitetest.Checkout(t)
	require.NoError(t, os.RemoveAll(filepath.Join(root, "web", "node_modules")))
	t.Setenv("PATH", t.TempDir())
	_, stderr, code := serve(t, "build", "-root", root, "-no-toolchain")
	assert.Contains(t, stderr, "npm is not on the PATH: install Node 20 or newer")
	assert.Equal(t, failed, code)
}

func TestMissingGo(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, stderr, code := serve(t, "build", "-root", sitetest.Checkout(t))
	assert.Contains(t, stderr, "the go command is not on the PATH")
	assert.Equal(t, failed, code)
}

// TestMissingGoSource has a go command whose GOROOT is bare, as in
// distributions that package the sources apart.
func TestMissingGoSource(t *testing.T) {
	bare, bin := t.TempDir(), t.TempDir()
	script := fmt.Sprintf("#!/bin/sh\necho '{\"GOVERSION\": \"go1.26.8\", \"GOROOT\": %q}'\n", bare)
	require.NoError(t, os.WriteFile(filepath.Join(bin, "go"), []byte(script), 0o755))
	t.Setenv("PATH", bin+":/bin:/usr/bin")
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	_, stderr, code := serve(t, "build", "-root", sitetest.Checkout(t))
	assert.Contains(t, stderr, "the source of the Go tools is missing from GOROOT")
	assert.Contains(t, stderr, "install Go from go.dev/dl")
	assert.Equal(t, failed, code)
}

func TestMistakesInLessonsAreListed(t *testing.T) {
	root := sitetest.Checkout(t)
	require.NoError(t, os.WriteFile(filepath.Join(root, "lessons/02-two/lesson.md"), []byte("---\ntitle: x\n---\n::step 07-x\n"), 0o644))
	_, stderr, code := serve(t, "build", "-root", root, "-no-toolchain", "-out", filepath.Join(root, "dist"))
	assert.Contains(t, stderr, "  02-two/lesson.md:1: the front matter has no summary")
	assert.Contains(t, stderr, `  02-two/lesson.md:4: unknown step "07-x"`)
	assert.Equal(t, failed, code)
	assert.NoDirExists(t, filepath.Join(root, "dist"))
}

// TestHostsUntilCancelled starts the server, reads a page and stops it.
func TestHostsUntilCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	reader, writer := io.Pipe()
	root := sitetest.Checkout(t)
	var code int
	var done sync.WaitGroup
	done.Go(func() {
		code = run(ctx, []string{"-addr", "127.0.0.1:0", "-root", root, "-no-toolchain"}, writer, io.Discard)
		writer.Close()
	})
	line := make([]byte, 200)
	n, err := reader.Read(line)
	require.NoError(t, err)
	url := regexp.MustCompile(`http://127\.0\.0\.1:\d+/`).FindString(string(line[:n]))
	require.NotEmpty(t, url, string(line[:n]))
	response, err := http.Get(url)
	require.NoError(t, err)
	response.Body.Close()
	assert.Equal(t, 200, response.StatusCode)
	cancel()
	done.Wait()
	assert.Equal(t, ok, code)
	_, err = http.Get(url)
	assert.Error(t, err, "nobody listens any more")
}

func TestAddressToType(t *testing.T) {
	for addr, want := range map[string]string{
		"0.0.0.0:80": "http://localhost:80/", "[::]:8080": "http://localhost:8080/", "[::1]:1": "http://[::1]:1/",
	} {
		tcp, err := net.ResolveTCPAddr("tcp", addr)
		require.NoError(t, err)
		assert.Equal(t, want, address(tcp))
	}
}
