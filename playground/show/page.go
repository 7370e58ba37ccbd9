//go:build js && playground

package show

import (
	"os"

	"github.com/ormlab/ormlab/playground/client"
)

// put hands a table or a chart to the page, which shows it among what the
// program prints. A page that cannot take it gets the text.
func put(s shown) {
	if err := client.Show(s.document()); err != nil {
		complain(err.Error())
		_, _ = os.Stdout.WriteString(s.text())
	}
}

func complain(message string) {
	_, _ = os.Stderr.WriteString(message + "\n")
}
