//go:build js && playground

package show

import (
	"os"

	"github.com/ormlab/ormlab/playground/client"
)

// put hands the table to the page, which shows it among what the program
// prints. A page that cannot take it gets the text.
func put(t *table) {
	if err := client.Show(t.document()); err != nil {
		complain(err.Error())
		_, _ = os.Stdout.WriteString(t.text())
	}
}

func complain(message string) {
	_, _ = os.Stderr.WriteString(message + "\n")
}
