package site

import (
	"context"

	"github.com/ormlab/ormlab/internal/site/lesson"
	"github.com/ormlab/ormlab/playground/toolchain"
)

// Programs builds a program and says where it is, with its compressed forms
// beside it. The key is a hash of the sources.
type Programs interface {
	Build(ctx context.Context, key string, sources []toolchain.Source) (string, error)
}

// addPrograms adds the program of each step, as the page's own tools would
// build it, so that a step that nobody changed runs without them. A program
// is built when it is first asked for.
func (s *Site) addPrograms(programs Programs) {
	if programs == nil || s.pages.toolchain == nil {
		return
	}
	for _, step := range s.pages.steps() {
		s.add(programFile(s.pages.toolchain.ID, programs, step))
	}
}

// steps are those of all lessons and of the scratch page.
func (ps *pages) steps() []*lesson.Step {
	var steps []*lesson.Step
	for _, l := range ps.lessons {
		steps = append(steps, l.Steps...)
	}
	if ps.scratch != nil {
		steps = append(steps, ps.scratch.Steps...)
	}
	return steps
}

func programFile(set string, programs Programs, step *lesson.Step) *File {
	name := "toolchain/" + set + "/programs/" + step.Key() + ".wasm"
	var sources []toolchain.Source
	for _, f := range step.Files {
		sources = append(sources, toolchain.Source{Name: f.Name, Text: f.Text})
	}
	return &File{
		Path: name, Type: contentType(name), Hash: set + "-" + step.Key(), Immutable: true,
		making: &making{build: func(ctx context.Context) (string, error) {
			return programs.Build(ctx, step.Key(), sources)
		}},
	}
}

// MakeAll makes what is otherwise made when it is asked for. It goes on
// after a failure, and returns the first.
func (s *Site) MakeAll(ctx context.Context) error {
	var first error
	for _, path := range s.Paths() {
		if err := s.files[path].Make(ctx); err != nil && first == nil {
			first = err
		}
	}
	return first
}
