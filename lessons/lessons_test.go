package lessons_test

import (
	"bytes"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite the goldens of the lessons")

// TestNative runs every step as go run does, twice in one folder: what a step
// prints is the same on a fresh database and on the one that it left.
func TestNative(t *testing.T) {
	steps := allSteps(t)
	programs := buildEach(t, steps)
	for _, s := range steps {
		t.Run(s.dir, func(t *testing.T) {
			dir := t.TempDir()
			first := run(t, dir, filepath.Join(programs, s.dir))
			if *update {
				s.writeGolden(t, "output.txt", first.output)
				s.writeGolden(t, "statements.txt", first.statements)
			}
			s.compare(t, first)
			assert.Equal(t, first.output, run(t, dir, filepath.Join(programs, s.dir)).output, "the second run")
		})
	}
}

// TestNode runs every step in a plain build for GOOS=js, SQLite in the program.
func TestNode(t *testing.T) {
	if testing.Short() {
		t.Skip("building for WebAssembly takes a while")
	}
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("node is not installed")
	}
	steps := allSteps(t)
	dir := t.TempDir()
	launcher := filepath.Join(runtime.GOROOT(), "lib", "wasm", "wasm_exec_node.js")
	out, err := exec.Command("node", "--stack-size=8192", launcher, buildAll(t, steps), dir).CombinedOutput()
	require.NoError(t, err, "%s", out)
	for _, s := range steps {
		t.Run(s.dir, func(t *testing.T) {
			s.compare(t, result{
				output:     readFile(t, filepath.Join(dir, s.dir, "output.txt")),
				statements: fold(readFile(t, filepath.Join(dir, s.dir, "statements.tsv"))),
			})
		})
	}
}

// result is what a program left.
type result struct{ output, statements string }

func (s step) compare(t *testing.T, got result) {
	t.Helper()
	assert.Equal(t, readFile(t, s.golden("output.txt")), got.output)
	assert.Equal(t, readFile(t, s.golden("statements.txt")), got.statements)
}

// run runs a program in dir.
func run(t *testing.T, dir, program string) result {
	t.Helper()
	record := filepath.Join(t.TempDir(), "statements.tsv")
	var stdout, stderr bytes.Buffer
	cmd := exec.Command(program)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &stdout, &stderr
	cmd.Env = append(os.Environ(), "ORMLAB_STATEMENTS="+record)
	require.NoError(t, cmd.Run(), "%s", stderr.String())
	return result{stdout.String(), fold(readFile(t, record))}
}
