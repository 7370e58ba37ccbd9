//go:build !js && !wasip1

package show

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestTablesLinkNoCharts builds a program that shows a table and looks for the
// code of charts in it, and one that draws to see that this finds it.
func TestTablesLinkNoCharts(t *testing.T) {
	for call, want := range map[string]bool{"Table": false, "Bar": true} {
		dir := t.TempDir()
		source := filepath.Join(dir, "main.go")
		text := "package main\n\nimport \"github.com/ormlab/ormlab/playground/show\"\n\nfunc main() { show." + call + "([]int{1}) }\n"
		require.NoError(t, os.WriteFile(source, []byte(text), 0o644))
		program := filepath.Join(dir, "program")
		message, err := exec.Command("go", "build", "-o", program, source).CombinedOutput()
		require.NoError(t, err, string(message))
		symbols, err := exec.Command("go", "tool", "nm", program).Output()
		require.NoError(t, err)
		assert.Contains(t, string(symbols), "playground/show.(*table).textOf")
		assert.Equal(t, want, strings.Contains(string(symbols), "playground/show.(*chart)"), call)
	}
}
