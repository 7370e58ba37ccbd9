package lessons_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestProgramsStaySmall counts the functions that the compiler makes for the
// main package of a step, most of which are instances of generic code of
// package orm: the learner waits for them at every Run. The rules that keep
// them few stand at the type term in orm/term.go.
func TestProgramsStaySmall(t *testing.T) {
	for step, most := range map[string]int{
		"./02-sessions/02-update": 330, // a model and a session
		"./03-census/05-logic":    190, // conditions on a table
	} {
		list := exec.Command("go", "list", "-tags", "playground", "-export", "-f", "{{.Export}}", step)
		list.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
		archive, err := list.Output()
		require.NoError(t, err)
		symbols, err := exec.Command("go", "tool", "nm", strings.TrimSpace(string(archive))).Output()
		require.NoError(t, err)
		require.LessOrEqual(t, strings.Count(string(symbols), " T "), most, step)
	}
}
