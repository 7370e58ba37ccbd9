//go:build !(js && playground)

package show

import "os"

// put prints a table or a chart.
func put(s shown) {
	_, _ = os.Stdout.WriteString(s.text()) // as with fmt.Println, nobody hears of a closed terminal
}

func complain(message string) {
	_, _ = os.Stderr.WriteString(message + "\n")
}
