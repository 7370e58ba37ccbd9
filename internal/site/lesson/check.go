package lesson

import (
	"bytes"
	"strings"

	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/yuin/goldmark/ast"
)

// checker walks a lesson's tree, collects steps and headings, and reports
// what a reader would stumble over.
type checker struct {
	reader    *reader
	steps     map[string]*Step
	mentioned map[string]int // step to line
}

func (c *checker) visit(node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	switch node := node.(type) {
	case *directive:
		c.checkDirective(node)
	case *ast.Heading:
		c.checkHeading(node)
	case *ast.FencedCodeBlock:
		language := string(node.Language(c.reader.source))
		if language != "" && lexers.Get(language) == nil {
			c.reader.report(c.line(node), "the code has the unknown language %q", language)
		}
	case *ast.HTMLBlock, *ast.RawHTML:
		c.reader.report(c.line(node), "HTML is not shown: write Markdown, or put code between backquotes")
	case *ast.Link:
		c.checkLink(node, string(node.Destination))
	case *ast.Image:
		c.reader.report(c.line(node), "the image %s would not be on the page: a lesson is text, code and steps", node.Destination)
	}
	return ast.WalkContinue, nil
}

func (c *checker) checkDirective(d *directive) {
	r, line := c.reader, c.lineAt(d.position)
	if d.name != "step" {
		r.report(line, "unknown directive ::%s: the only one is ::step NN-name", d.name)
		return
	}
	step, ok := c.steps[d.argument]
	if !ok {
		r.report(line, "unknown step %q: there is no folder %s/%s", d.argument, r.lesson.Name, d.argument)
		return
	}
	if first, ok := c.mentioned[step.Name]; ok {
		r.report(line, "the step %s already stands in line %d", step.Name, first)
		return
	}
	if c.mentioned == nil {
		c.mentioned = map[string]int{}
	}
	c.mentioned[step.Name] = line
	r.anchors[step.Name] = true
	r.lesson.Steps = append(r.lesson.Steps, step)
}

func (c *checker) checkHeading(h *ast.Heading) {
	text := plainText(h, c.reader.source)
	id, _ := h.AttributeString("id")
	anchor := string(id.([]byte))
	c.reader.anchors[anchor] = true
	if h.Level == 1 {
		c.reader.report(c.line(h), "the heading %q is of level 1, which is the title's: begin with ##", text)
	}
	if h.Level == 2 {
		c.reader.lesson.Contents = append(c.reader.lesson.Contents, Heading{ID: anchor, Text: text})
	}
}

// line is the line in lesson.md of a link's text, or where the block around
// node begins.
func (c *checker) line(node ast.Node) int {
	if text, ok := node.FirstChild().(*ast.Text); ok && node.Type() == ast.TypeInline {
		return c.lineAt(text.Segment.Start)
	}
	for ; node != nil; node = node.Parent() {
		if block, ok := node.(*ast.FencedCodeBlock); ok && block.Info != nil {
			return c.lineAt(block.Info.Segment.Start)
		}
		if raw, ok := node.(*ast.RawHTML); ok && raw.Segments.Len() > 0 {
			return c.lineAt(raw.Segments.At(0).Start)
		}
		if node.Type() == ast.TypeBlock && node.Lines() != nil && node.Lines().Len() > 0 {
			return c.lineAt(node.Lines().At(0).Start)
		}
	}
	return 0
}

func (c *checker) lineAt(position int) int {
	return c.reader.before + 1 + bytes.Count(c.reader.source[:position], []byte("\n"))
}

// plainText is the text below node without its markup.
func plainText(node ast.Node, source []byte) string {
	var text strings.Builder
	_ = ast.Walk(node, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok && entering {
			text.Write(t.Value(source))
		}
		return ast.WalkContinue, nil
	})
	return text.String()
}
