package expr_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/expr"
)

// marked gives the SQL back with each bind as {name}.
func marked(t expr.Text) string {
	var b strings.Builder
	for _, p := range t.Parts {
		b.WriteString(p.SQL)
		if p.Bind != "" {
			b.WriteString("{" + p.Bind + "}")
		}
	}
	return b.String()
}

func TestParseText(t *testing.T) {
	for in, want := range map[string]string{
		"SELECT 1":                        "SELECT 1",
		"a = :x AND b = :y_2":             "a = {x} AND b = {y_2}",
		":a, :b, :a":                      "{a}, {b}, {a}",
		":a:b":                            "{a}:b",
		"(:größe)":                        "({größe})",
		"'12:30' :x":                      "'12:30' {x}",
		"':foo' = :x":                     "':foo' = {x}",
		"'it''s :a' || :b":                "'it''s :a' || {b}",
		"'\\' || :b":                      "'\\' || {b}",
		`":a" = :b`:                       `":a" = {b}`,
		`"say "":a""" = :b`:               `"say "":a""" = {b}`,
		"`a:b :c` = :d":                   "`a:b :c` = {d}",
		"[:a]":                            "[{a}]",
		"arr[1:2], arr[1 :n], arr[lo:hi]": "arr[1:2], arr[1 {n}], arr[lo:hi]",
		"a -- :b\n:c":                     "a -- :b\n{c}",
		"a -- :b":                         "a -- :b",
		"a - -:b":                         "a - -{b}",
		"/* :a */ :b":                     "/* :a */ {b}",
		"/* /* :a */ :b */ :c":            "/* /* :a */ :b */ {c}",
		"/*/ :a */ :b":                    "/*/ :a */ {b}",
		"/**/:b":                          "/**/{b}",
		"a / :b * :c":                     "a / {b} * {c}",
		"$$ :a 'x $$ :b":                  "$$ :a 'x $$ {b}",
		"$f$ $$ :a $f$ :b":                "$f$ $$ :a $f$ {b}",
		"$$a$$$$ :b$$ :c":                 "$$a$$$$ :b$$ {c}",
		"a$b, x$$ :c":                     "a$b, x$$ {c}",
		"$ :a":                            "$ {a}",
		"a::int = :b::text":               "a::int = {b}::text",
		"a:::b":                           "a::{b}",
		"@x := :v":                        "@x := {v}",
		"@x:=:v":                          "@x:={v}",
		`\:x, \:\:y, '\:z'`:               `:x, ::y, '\:z'`,
		`arr[1\::n]`:                      `arr[1:{n}]`,
		"data -> :a ->> :b":               "data -> {a} ->> {b}",
		"x = :1 AND y = :":                "x = :1 AND y = :",
		"INTERVAL '1:00' + :a/* end":      "",
		"SELECT 'a' /* ':x' */, \":y\" -- :z\n, :w": "SELECT 'a' /* ':x' */, \":y\" -- :z\n, {w}",
		"E'it''s' || :a":                   "E'it''s' || {a}",
		"CASE WHEN :a THEN :b ELSE :c END": "CASE WHEN {a} THEN {b} ELSE {c} END",
		"VALUES(:a,:b),(:c,:d)":            "VALUES({a},{b}),({c},{d})",
		"SELECT '\xff:x' || :a":            "SELECT '\xff:x' || {a}",
	} {
		got, err := expr.ParseText(in)
		if want == "" {
			assert.Error(t, err, in)
			continue
		}
		require.NoError(t, err, in)
		assert.Equal(t, want, marked(got), in)
		assert.Empty(t, got.Parts[len(got.Parts)-1].Bind, "the last part ends the text")
	}
}

func TestParseTextErrors(t *testing.T) {
	for in, want := range map[string]string{
		"":                       "it is empty",
		" \n":                    "it is empty",
		"SELECT 'x":              "the ' at line 1, column 8 has no counterpart (inside quotes, write it twice; a backslash does not escape it)",
		"SELECT 1,\n  \"ä\", \"": `the " at line 2, column 8 has no counterpart`,
		"`":                      "the ` at line 1, column 1 has no counterpart",
		`'it\'s'`:                "the ' at line 1, column 7 has no counterpart",
		"a /* b":                 "the comment that begins at line 1, column 3 does not end",
		"a /* /* b */":           "the comment that begins at line 1, column 3 does not end",
		"/*/":                    "the comment that begins at line 1, column 1 does not end",
		"$a$ $$":                 "the string that begins with $a$ at line 1, column 1 does not end",
		"a = $1":                 "the argument at line 1, column 5 has a number; give it a name, as in :name",
		"a\n\x00":                "there is a NUL character at line 2, column 1",
		"'\x00'":                 "there is a NUL character at line 1, column 2",
	} {
		_, err := expr.ParseText(in)
		assert.ErrorContains(t, err, "expr: reading a text: "+want, "%q", in)
	}
}

func TestParseTextQuestion(t *testing.T) {
	for in, want := range map[string]bool{"a ? b": true, "'?'": false, "-- ?": false, "/*?*/": false, `"?"`: false, "$$?$$": false} {
		got, err := expr.ParseText(in)
		require.NoError(t, err, in)
		assert.Equal(t, want, got.Question, in)
	}
}

func TestTextNames(t *testing.T) {
	got, err := expr.ParseText(":b, :a, :b")
	require.NoError(t, err)
	assert.Equal(t, []string{"b", "a"}, got.Names())
}

// The parts, joined by their binds, give back the input, and reading a part
// again finds no bind in it.
func FuzzParseText(f *testing.F) {
	for _, s := range []string{"a = :x AND b = ':y' -- :z\n", "/* :a /* */ */ :b::text $t$ :c $t$", `\:x "a"":b" :c`, "$$a$$$$ :b$$", ":a:b::c:=d", "E'\\'' || :é"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		text, err := expr.ParseText(in)
		if err != nil {
			return
		}
		var back strings.Builder
		for i, p := range text.Parts {
			back.WriteString(p.SQL)
			if p.Bind != "" {
				back.WriteString(":" + p.Bind)
			}
			require.Equal(t, i == len(text.Parts)-1, p.Bind == "", "only the last part has no bind")
		}
		if !strings.Contains(in, `\:`) {
			require.Equal(t, in, back.String())
		}
	})
}

func ExampleParseText() {
	t, err := expr.ParseText("SELECT name FROM students WHERE age > :x AND note <> ':y'")
	fmt.Println(t.Names(), err)
	_, err = expr.ParseText("SELECT name FROM students WHERE note <> 'it's'")
	fmt.Println(err)
	// Output:
	// [x] <nil>
	// expr: reading a text: the ' at line 1, column 46 has no counterpart (inside quotes, write it twice; a backslash does not escape it)
}
