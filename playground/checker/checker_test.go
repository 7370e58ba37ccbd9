package checker

import (
	"encoding/json"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// theExports are the export data of what the tests import, made once by the go
// command as the tool set has them.
var theExports = sync.OnceValues(func() (map[string][]byte, error) {
	list := exec.Command("go", "list", "-export", "-tags", "playground", "-f", "{{.ImportPath}} {{.Export}}",
		"context", "errors", "fmt", "math/rand", "math/rand/v2", "os", "strings", "strconv", "time",
		ormPath, ormPath+"/dialect/sqlite", ormPath+"/schema", ormPath+"/driver")
	list.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	list.Stderr = os.Stderr
	out, err := list.Output()
	exports := map[string][]byte{}
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), " ")
		if exports[path], err = os.ReadFile(file); err != nil {
			return nil, err
		}
	}
	return exports, err
})

func newChecker(t testing.TB) *Checker {
	t.Helper()
	exports, err := theExports()
	require.NoError(t, err)
	require.NotEmpty(t, exports)
	return New(Options{GoVersion: "go1.26", Exports: exports})
}

// at takes the | out of a text and says where it was.
func at(t testing.TB, text string) (string, int) {
	t.Helper()
	before, after, ok := strings.Cut(text, "|")
	require.True(t, ok, "the text has no | where the cursor is")
	return before + after, toUTF16(before, len(before))
}

// body is a program whose main has these statements.
func body(statements string, imports ...string) string {
	text := "package main\n"
	for _, path := range imports {
		text += "\nimport \"" + path + "\"\n"
	}
	return text + "\nfunc main() {\n" + statements + "\n}\n"
}

func one(text string) []File { return []File{{"main.go", text}} }

// pets is a program with a model and a session.
const pets = `package main

import (
	"context"
	"fmt"

	"github.com/ormlab/ormlab/orm"
)

// Pet is one row of the table pets.
//
// There is more to say.
type Pet struct {
	ID     int64  ` + "`orm:\"primary_key\"`" + `
	Name   string // what it is called
	UserID int64  ` + "`orm:\"name:owner\"`" + `
}

// Pets maps Pet.
var Pets = orm.Declare[Pet]("pets")

func main() {
	ctx := context.Background()
	engine, err := orm.Open("sqlite://", orm.Options{})
	session := orm.NewSession(engine)
	pet := Pets.New()
	session.Add(pet)
	fmt.Println(pet.Name, err, session.Commit(ctx))
	_ = 0 // BODY
}
`

func inMain(statements string) string { return strings.Replace(pets, "_ = 0 // BODY", statements, 1) }

// applied makes edits of one file.
func applied(files []File, edits []Edit) []File {
	changed := append([]File(nil), files...)
	for i := range changed {
		var own []Edit
		for _, e := range edits {
			if e.File == changed[i].Name {
				own = append(own, e)
			}
		}
		changed[i].Text = Apply(changed[i].Text, own)
	}
	return changed
}

// ask sends a message and reads the answer.
func ask(t testing.TB, s *Service, texts ...string) (value any, failed string) {
	t.Helper()
	var answer struct {
		Value any
		Error string
	}
	text := s.Handle(message(texts...))
	require.NoError(t, json.Unmarshal(text, &answer), "%s", text)
	return answer.Value, answer.Error
}

func itoa(n int) string { return strconv.Itoa(n) }
