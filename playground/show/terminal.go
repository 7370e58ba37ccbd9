//go:build !(js && playground)

package show

import "os"

// put prints the table.
func put(t *table) {
	_, _ = os.Stdout.WriteString(t.text()) // as with fmt.Println, nobody hears of a closed terminal
}

func complain(message string) {
	_, _ = os.Stderr.WriteString(message + "\n")
}
