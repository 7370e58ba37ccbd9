package lessons_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// fold turns recorded statements into the form of the golden, which DESIGN.md
// describes: one line each, but those that ran again at once from the same
// line are one line with their number and without arguments.
func fold(recorded string) string {
	var b strings.Builder
	var last, args string
	times := 0
	end := func() {
		switch {
		case times > 1:
			fmt.Fprintf(&b, "%s × %d\n", last, times)
		case times == 1 && args != "":
			fmt.Fprintf(&b, "%s [%s]\n", last, args)
		case times == 1:
			fmt.Fprintln(&b, last)
		}
	}
	for line := range strings.Lines(recorded) {
		place, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		sql, newArgs, _ := strings.Cut(rest, "\t")
		if statement := place + " " + sql; statement != last {
			end()
			last, times = statement, 0
		}
		args = newArgs
		times++
	}
	end()
	return b.String()
}

func TestFold(t *testing.T) {
	recorded := "main.go:1\tBEGIN\t\n" +
		"main.go:2\tINSERT INTO a VALUES (?)\t1\n" +
		"main.go:2\tINSERT INTO a VALUES (?)\t2\n" +
		"main.go:3\tINSERT INTO a VALUES (?)\t3\n" +
		"main.go:4\tCOMMIT\t\n"
	assert.Equal(t, "main.go:1 BEGIN\n"+
		"main.go:2 INSERT INTO a VALUES (?) × 2\n"+
		"main.go:3 INSERT INTO a VALUES (?) [3]\n"+
		"main.go:4 COMMIT\n", fold(recorded))
	assert.Empty(t, fold(""))
}
