//go:build !js

package main

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite testdata")

// build makes a js/wasm program of a package.
func build(t testing.TB, output, pkg string, flags ...string) {
	t.Helper()
	args := append([]string{"build", "-trimpath", "-ldflags=-s -w", "-o", output}, flags...)
	cmd := exec.Command("go", append(args, pkg)...)
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
}

// runProgram runs the test program against engine.wasm under node.
func runProgram(t testing.TB, args ...string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("builds engine.wasm")
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed")
	}
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	require.NoError(t, err)
	dir := t.TempDir()
	engine, program := filepath.Join(dir, "engine.wasm"), filepath.Join(dir, "program.wasm")
	build(t, engine, ".")
	build(t, program, "./testdata/program", "-tags=playground")
	wasmExec := filepath.Join(strings.TrimSpace(string(goroot)), "lib", "wasm", "wasm_exec.js")
	out, err := exec.Command(node, append([]string{filepath.Join("testdata", "host.mjs"), wasmExec, engine, program}, args...)...).CombinedOutput()
	require.NoError(t, err, "%s", out)
	return string(out)
}

func TestBridge(t *testing.T) {
	out := regexp.MustCompile(`"us":\d+`).ReplaceAllString(runProgram(t), `"us":0`)
	golden := filepath.Join("testdata", "output.txt")
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(out), 0o666))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	assert.Equal(t, string(want), out)
}

// BenchmarkBridge prints what the test program measures: run it with
// -benchtime=1x.
func BenchmarkBridge(b *testing.B) {
	for range b.N {
		for line := range strings.Lines(runProgram(b, "bench")) {
			if !strings.HasPrefix(line, "event ") {
				b.Log(strings.TrimSpace(line))
			}
		}
	}
}
