package lesson

import (
	"bytes"
	"fmt"
	"html/template"
	"slices"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// readBody turns the Markdown into HTML and checks it against the steps.
func (r *reader) readBody(steps map[string]*Step) error {
	md := newMarkdown(steps)
	ids := parser.NewContext()
	for name := range steps {
		ids.IDs().Put([]byte(name)) // no heading may take a step's anchor
	}
	doc := md.Parser().Parse(text.NewReader(r.source), parser.WithContext(ids))
	c := &checker{reader: r, steps: steps}
	if err := ast.Walk(doc, c.visit); err != nil {
		return fmt.Errorf("lesson: reading %s: %w", r.file, err)
	}
	c.checkAllMentioned()
	if len(r.problems) > 0 {
		return nil
	}
	var body bytes.Buffer
	if err := md.Renderer().Render(&body, r.source, doc); err != nil {
		return fmt.Errorf("lesson: rendering %s: %w", r.file, err)
	}
	r.lesson.Body = template.HTML(body.String())
	return nil
}

// newMarkdown is goldmark without raw HTML, with tables, the step directive
// and highlighted code. Nothing in its output needs an inline style.
func newMarkdown(steps map[string]*Step) goldmark.Markdown {
	return goldmark.New(
		goldmark.WithExtensions(extension.NewTable(
			extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute))),
		goldmark.WithParserOptions(
			parser.WithAutoHeadingID(),
			parser.WithBlockParsers(util.Prioritized(directiveParser{}, 50))),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(
			util.Prioritized(&nodeRenderer{steps}, 50))),
	)
}

// nodeRenderer writes the nodes that goldmark would write otherwise or not
// at all.
type nodeRenderer struct{ steps map[string]*Step }

// RegisterFuncs is goldmark's way to ask for the nodes rendered here.
func (n *nodeRenderer) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(directiveKind, n.renderDirective)
	reg.Register(ast.KindFencedCodeBlock, n.renderCode)
}

func (n *nodeRenderer) renderDirective(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	return ast.WalkSkipChildren, stepTemplate.Execute(w, n.steps[node.(*directive).argument])
}

func (n *nodeRenderer) renderCode(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	block := node.(*ast.FencedCodeBlock)
	code, err := highlight(string(block.Language(source)), string(block.Lines().Value(source)))
	if err != nil {
		return ast.WalkStop, err
	}
	_, err = fmt.Fprintf(w, "<pre class=\"chroma\" tabindex=\"0\"><code>%s</code></pre>\n", code)
	return ast.WalkSkipChildren, err
}

// checkAllMentioned reports the steps that have a folder and no place in
// the text.
func (c *checker) checkAllMentioned() {
	var missing []string
	for name := range c.steps {
		if _, ok := c.mentioned[name]; !ok {
			missing = append(missing, name)
		}
	}
	slices.Sort(missing)
	for _, name := range missing {
		c.reader.report(0, "the step %s has a folder and no line ::step %s in the text", name, name)
	}
}
