package lesson

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// directive is a line "::name argument" of a lesson.
type directive struct {
	ast.BaseBlock
	name, argument string
	position       int // of the line in the source
}

var directiveKind = ast.NewNodeKind("Directive")

// Kind is goldmark's name for the node.
func (d *directive) Kind() ast.NodeKind { return directiveKind }

// Dump prints the node for debugging.
func (d *directive) Dump(source []byte, level int) {
	ast.DumpHelper(d, source, level, map[string]string{"name": d.name, "argument": d.argument}, nil)
}

type directiveParser struct{}

func (directiveParser) Trigger() []byte { return []byte{':'} }

func (directiveParser) Open(_ ast.Node, reader text.Reader, _ parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	rest, ok := strings.CutPrefix(strings.TrimSpace(string(line)), "::")
	if !ok {
		return nil, parser.NoChildren
	}
	name, argument, _ := strings.Cut(rest, " ")
	reader.AdvanceToEOL()
	return &directive{name: name, argument: strings.TrimSpace(argument), position: segment.Start}, parser.NoChildren
}

func (directiveParser) Continue(ast.Node, text.Reader, parser.Context) parser.State {
	return parser.Close
}

func (directiveParser) Close(ast.Node, text.Reader, parser.Context) {}
func (directiveParser) CanInterruptParagraph() bool                 { return true }
func (directiveParser) CanAcceptIndentedLine() bool                 { return false }
