// Package lesson reads the lessons' folders into what a page shows: title,
// text as HTML, steps with their files and goldens.
//
// DESIGN.md, "Lessons on disk and on the page", says what the folders hold.
// Everything that is wrong in any lesson is reported at once, as [Problems].
package lesson

import (
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"regexp"
)

// Lesson is one folder NN-name with its text and steps.
type Lesson struct {
	Name     string        // the folder: "01-models"
	Title    string        // from the front matter
	Summary  string        // from the front matter, one sentence
	Body     template.HTML // the text, with each step where it stands
	Contents []Heading     // the second-level headings, in order
	Steps    []*Step       // in the order of the text
}

// Heading is a section of a lesson that a page can link to.
type Heading struct {
	ID   string
	Text string
}

// numbered matches the folders that are lessons and steps; other folders
// beside them are Go packages that lessons share.
var numbered = regexp.MustCompile(`^[0-9][0-9]-[a-z0-9][a-z0-9-]*$`)

// ReadAll reads every lesson in fsys, in the order of their numbers. The
// error is [Problems] when the lessons are at fault.
func ReadAll(fsys fs.FS) ([]*Lesson, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, fmt.Errorf("lesson: listing the lessons: %w", err)
	}
	var lessons []*Lesson
	readers := map[string]*reader{}
	for _, entry := range entries {
		if !entry.IsDir() || !numbered.MatchString(entry.Name()) {
			continue
		}
		r := &reader{fsys: fsys, lesson: &Lesson{Name: entry.Name()}, anchors: map[string]bool{}}
		if err := r.read(); err != nil {
			return nil, err
		}
		lessons = append(lessons, r.lesson)
		readers[entry.Name()] = r
	}
	if err := follow(readers); err != nil {
		return nil, err
	}
	return lessons, nil
}

// ReadScratch reads the programs to begin with, which are written as a lesson
// is, in the folder scratch. Without that folder there are none.
func ReadScratch(fsys fs.FS) (*Lesson, error) {
	const name = "scratch"
	if _, err := fs.Stat(fsys, name); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	r := &reader{fsys: fsys, lesson: &Lesson{Name: name}, anchors: map[string]bool{}}
	if err := r.read(); err != nil {
		return nil, err
	}
	return r.lesson, follow(map[string]*reader{name: r})
}

// follow follows the links, and returns what is wrong with any lesson.
func follow(readers map[string]*reader) error {
	var problems Problems
	for _, r := range readers {
		r.follow(readers)
		problems = append(problems, r.problems...)
	}
	if len(problems) == 0 {
		return nil
	}
	problems.sort()
	return problems
}

// reader reads one lesson and collects what is wrong with it.
type reader struct {
	fsys     fs.FS
	lesson   *Lesson
	problems Problems

	file   string // path of lesson.md
	source []byte // lesson.md after its front matter
	before int    // lines of front matter

	anchors map[string]bool // places on the page to which a link can lead
	links   []link
}

func (r *reader) read() error {
	r.file = r.lesson.Name + "/lesson.md"
	text, err := fs.ReadFile(r.fsys, r.file)
	if errors.Is(err, fs.ErrNotExist) {
		r.report(0, "there is no lesson.md in this folder: write it, with a title and a summary between two lines ---")
		return nil
	}
	if err != nil {
		return fmt.Errorf("lesson: reading %s: %w", r.file, err)
	}
	r.readFrontMatter(text)
	steps, err := r.readSteps()
	if err != nil {
		return err
	}
	return r.readBody(steps)
}

// report notes a problem at a line of lesson.md; 0 is the file as a whole.
func (r *reader) report(line int, format string, args ...any) {
	r.problems = append(r.problems, Problem{File: r.file, Line: line, Message: fmt.Sprintf(format, args...)})
}
