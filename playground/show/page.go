//go:build js && playground

package show

import (
	"os"

	"github.com/ormlab/ormlab/playground/client"
)

// put hands the table to the page, which shows it among what the program
// prints.
func put(t *table) {
	client.Show(t.document())
}

func complain(message string) {
	_, _ = os.Stderr.WriteString(message + "\n")
}
