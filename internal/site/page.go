package site

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"strings"

	"github.com/ormlab/ormlab/internal/site/bundle"
	"github.com/ormlab/ormlab/internal/site/lesson"
	"github.com/ormlab/ormlab/playground/toolchain"
)

//go:embed templates
var templateFiles embed.FS

// templates holds one template a page; each fills the frame of page.html.
var templates = parseTemplates("index", "lesson", "scratch", "embed", "frame", "404")

func parseTemplates(names ...string) map[string]*template.Template {
	parsed := map[string]*template.Template{}
	for _, name := range names {
		parsed[name] = template.Must(template.ParseFS(templateFiles, "templates/page.html", "templates/"+name+".html"))
	}
	return parsed
}

// pages is what all pages of a site share.
type pages struct {
	lessons   []*lesson.Lesson
	scratch   *lesson.Lesson // nil where there is none
	assets    *bundle.Result
	toolchain *toolchain.Set
	version   string // empty where nothing is kept for times without a network
}

// page is the data of one page.
type page struct {
	Root        string // relative path of the site's root: "./" or "../../"; empty is unknown
	Title       string
	Description string
	Policy      string
	Script      string // this and the next are relative to the root
	Theme       string
	Style       string
	Runner      string
	Checker     string
	Toolchain   string
	Offline     string // the version that the service worker keeps; empty is none

	Lessons []*lesson.Lesson
	Scratch *lesson.Lesson // the programs to begin with
	Step    *lesson.Step   // the step of a page in a frame
	Within  string         // where that step stands, below the root
	Lesson  *lesson.Lesson // the lesson of a lesson's page
	Number  int
	Prev    *lesson.Lesson
	Next    *lesson.Lesson
}

func (ps *pages) page(root, title, description string) *page {
	return &page{
		Root: root, Title: title, Description: description, Policy: PagePolicy(),
		Script: ps.assets.Page, Theme: ps.assets.Theme, Style: ps.assets.Style, Runner: ps.assets.Runner, Checker: ps.assets.Checker,
		Toolchain: toolchainManifest(ps.toolchain), Lessons: ps.lessons, Scratch: ps.scratch, Offline: ps.version,
	}
}

func (s *Site) addPages(base string) error {
	index := s.pages.page("./", "ormlab: learn a Go ORM by running it", "Lessons on a Go ORM whose programs are compiled and run in the page by the real Go compiler, with the SQL they send beside the results.")
	if err := s.addPage("index.html", "index", index); err != nil {
		return err
	}
	for i, l := range s.pages.lessons {
		p := s.pages.page("../../", l.Title+" · ormlab", l.Summary)
		p.Lesson, p.Number = l, i+1
		if i > 0 {
			p.Prev = s.pages.lessons[i-1]
		}
		if i+1 < len(s.pages.lessons) {
			p.Next = s.pages.lessons[i+1]
		}
		if err := s.addPage("lessons/"+l.Name+"/index.html", "lesson", p); err != nil {
			return err
		}
	}
	if l := s.pages.scratch; l != nil {
		if err := s.addPage("scratch/index.html", "scratch", s.pages.page("../", l.Title+" · ormlab", l.Summary)); err != nil {
			return err
		}
	}
	content, err := s.NotFound(base)
	if err != nil {
		return err
	}
	s.add(newFile("404.html", content))
	return nil
}

func (s *Site) addPage(path, name string, p *page) error {
	content, err := render(name, p)
	if err != nil {
		return err
	}
	s.add(newFile(path, content))
	return nil
}

// NotFound is the page for a path that leads nowhere. A host sends it at any
// depth, so it can link to the rest of the site only if it knows where that
// is: root is a path with a slash at its end, or empty.
func (s *Site) NotFound(root string) ([]byte, error) {
	if root != "" && !strings.HasSuffix(root, "/") {
		root += "/"
	}
	return render("404", s.pages.page(root, "Not found · ormlab", "There is no page here."))
}

func render(name string, p *page) ([]byte, error) {
	var b bytes.Buffer
	if err := templates[name].ExecuteTemplate(&b, "page.html", p); err != nil {
		return nil, fmt.Errorf("site: writing the page %s: %w", name, err)
	}
	return b.Bytes(), nil
}
