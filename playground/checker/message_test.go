package checker

import (
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// message puts texts together as the page does.
func message(texts ...string) (out []byte) {
	for _, text := range texts {
		out = binary.AppendUvarint(out, uint64(len(text)))
		out = append(out, text...)
	}
	return out
}

func loaded(t testing.TB) *Service {
	t.Helper()
	exports, err := theExports()
	require.NoError(t, err)
	texts := []string{"load", "go1.26"}
	for path, data := range exports {
		texts = append(texts, path, string(data))
	}
	s := &Service{}
	value, failed := ask(t, s, texts...)
	require.Empty(t, failed)
	require.Nil(t, value)
	return s
}

func TestMessages(t *testing.T) {
	s := loaded(t)
	text, place := at(t, body("\tstrings.ToUp|per(`\"\\`, x)", "strings"))
	where := func(op, extra string) []string {
		return []string{op, "main.go", itoa(place), extra, "main.go", text}
	}
	value, failed := ask(t, s, where("diagnose", "")...)
	assert.Empty(t, failed)
	assert.Equal(t, []any{map[string]any{"file": "main.go", "from": 69.0, "to": 70.0, "message": "undefined: x", "fixes": []any{}}}, value)
	value, failed = ask(t, s, where("hover", "")...)
	assert.Empty(t, failed)
	assert.Equal(t, map[string]any{"file": "main.go", "from": 55.0, "to": 62.0, "code": "func strings.ToUpper(s string) string", "doc": []any{"strings", "ToUpper"}}, value)
	value, failed = ask(t, s, where("definition", "")...)
	assert.Empty(t, failed)
	assert.Nil(t, value)
	value, _ = ask(t, s, where("complete", "")...)
	assert.Equal(t, 55.0, value.(map[string]any)["from"])
	_, failed = ask(t, s, where("rename", "x")...)
	assert.Equal(t, "ToUpper belongs to Go or to a package, not to this program", failed)
	_, failed = ask(t, s, where("dance", "")...)
	assert.Equal(t, "the checker cannot dance: page and checker are not of one build", failed)
}

func TestBadMessages(t *testing.T) {
	s := loaded(t)
	for _, bad := range [][]byte{nil, {200}, {5, 'a'}, message("diagnose"), message("hover", "main.go", "x", ""), message("hover", "main.go", "1", "", "main.go"), message("load")} {
		assert.Contains(t, string(s.Handle(bad)), `"error":"the message cannot be read`, "%q", bad)
	}
	assert.Contains(t, string((&Service{}).Handle(message("hover", "main.go", "0", ""))), "has no packages yet")
	for _, op := range []string{"hover", "signature", "definition", "complete"} {
		for _, place := range []string{"-5", "999999"} {
			assert.NotContains(t, string(s.Handle(message(op, "main.go", place, "", "main.go", "package main\n"))), "error", op)
			assert.NotContains(t, string(s.Handle(message(op, "other.go", place, "", "main.go", "package main\n"))), "error", op)
		}
	}
}

// FuzzHandle looks for texts and places at which the checker fails: Handle
// turns a panic into an error that begins like this.
func FuzzHandle(f *testing.F) {
	s := loaded(f)
	f.Add("main.go", pets, 200, "x")
	f.Add("main.go", "package main\nfunc f(){ f(`", 25, "")
	f.Add("main.go", body("\tfor i := range x. {"), 40, "a\tb")
	f.Fuzz(func(t *testing.T, name, text string, place int, extra string) {
		for _, op := range []string{"diagnose", "complete", "hover", "signature", "definition", "format", "rename", "models"} {
			answer := string(s.Handle(message(op, name, itoa(place), extra, "main.go", text)))
			assert.NotContains(t, answer, "the checker failed", op)
		}
	})
}
