package lesson

import (
	_ "embed"
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

// verbatim keeps a first newline that HTML would drop at the start of a pre.
func verbatim(text string) string {
	if strings.HasPrefix(text, "\n") {
		return "\n" + text
	}
	return text
}
