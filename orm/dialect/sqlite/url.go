package sqlite

import (
	"fmt"
	"strings"
)

// fileName turns what stands behind sqlite:// into a file's name. Single says
// that the database lives in the memory of one connection.
func fileName(rest string) (name string, single bool, err error) {
	switch {
	case rest == "" || rest == "/" || rest == "/:memory:":
		return ":memory:", true, nil
	case !strings.HasPrefix(rest, "/"):
		return "", false, fmt.Errorf("sqlite: reading the URL sqlite://%s: SQLite has no host; write sqlite:// for a database in memory, sqlite:///pets.db for a file in the current folder, sqlite:////srv/pets.db for a file anywhere", rest)
	case strings.ContainsAny(rest, "?\x00"):
		return "", false, fmt.Errorf("sqlite: reading the URL sqlite://%s: there are no options behind a ?, and a file's name has neither ? nor NUL", strings.ReplaceAll(rest, "\x00", `\0`))
	}
	return rest[1:], false, nil
}
