package lesson

import (
	"fmt"
	"html/template"
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
)

// highlight marks code up with chroma's class names. The text of the result
// is exactly the code: chroma's own formatter would wrap each line, and its
// lexers add a last newline.
func highlight(language, code string) (template.HTML, error) {
	lexer := lexers.Get(language)
	if lexer == nil {
		return template.HTML(template.HTMLEscapeString(code)), nil
	}
	tokens, err := chroma.Coalesce(lexer).Tokenise(&chroma.TokeniseOptions{State: "root"}, code)
	if err != nil {
		return "", fmt.Errorf("lesson: highlighting %s: %w", language, err)
	}
	var b strings.Builder
	for token := tokens(); token != chroma.EOF; token = tokens() {
		writeToken(&b, token)
	}
	return template.HTML(b.String()), nil
}

func writeToken(b *strings.Builder, token chroma.Token) {
	text := template.HTMLEscapeString(token.Value)
	if class := chroma.StandardTypes[token.Type]; class != "" && strings.TrimSpace(token.Value) != "" {
		text = `<span class="` + class + `">` + text + `</span>`
	}
	b.WriteString(text)
}
