package lesson

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"strings"
)

//go:embed step.html
var stepHTML string

// stepTemplate writes a step as DESIGN.md fixes it: the page's script and
// its tests rely on each element.
var stepTemplate = template.Must(template.New("step").Funcs(template.FuncMap{
	"highlight": highlight,
	"verbatim":  verbatim,
}).Parse(stepHTML))

// HTML is the step as it stands in a page.
func (s *Step) HTML() (template.HTML, error) {
	var b bytes.Buffer
	if err := stepTemplate.Execute(&b, s); err != nil {
		return "", fmt.Errorf("lesson: writing the step %s: %w", s.Path, err)
	}
	return template.HTML(b.String()), nil
}

// verbatim keeps a first newline that HTML would drop at the start of a pre.
func verbatim(text string) string {
	if strings.HasPrefix(text, "\n") {
		return "\n" + text
	}
	return text
}
