package lesson

import (
	"net/url"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// link is a link to a lesson, which can be followed when all are read.
type link struct {
	line        int
	destination string
	lesson      string // its folder
	anchor      string // a place on its page, or empty
}

// checkLink wants links that work wherever the site stands: to another site
// by https, to a lesson by ../NN-name/, to a place on the page by #anchor.
func (c *checker) checkLink(node ast.Node, destination string) {
	r, line := c.reader, c.line(node)
	u, err := url.Parse(destination)
	switch {
	case err != nil:
		r.report(line, "the link %q is not a URL", destination)
	case u.Scheme == "https":
	case u.Scheme != "" || u.Host != "":
		r.report(line, "the link %q is not an https link", destination)
	case u.Path == "":
		r.links = append(r.links, link{line, destination, r.lesson.Name, u.Fragment})
	case strings.HasPrefix(u.Path, "../") && strings.HasSuffix(u.Path, "/"):
		r.links = append(r.links, link{line, destination, u.Path[len("../") : len(u.Path)-1], u.Fragment})
	default:
		r.report(line, "the link %q does not lead to a lesson: write ../NN-name/, which works wherever the site stands", destination)
	}
}

// follow reports the links that lead nowhere.
func (r *reader) follow(all map[string]*reader) {
	for _, l := range r.links {
		target, ok := all[l.lesson]
		switch {
		case !ok:
			r.report(l.line, "the link %q leads to no lesson: there is no folder %s", l.destination, l.lesson)
		case l.anchor != "" && !target.anchors[l.anchor]:
			r.report(l.line, "the link %q leads to no heading or step of %s", l.destination, l.lesson)
		}
	}
}
