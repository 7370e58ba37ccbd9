package lesson

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Step is one runnable program of a lesson.
type Step struct {
	Name       string       // the folder: "01-declare"
	Path       string       // lesson and step: "01-models/01-declare"
	Files      []SourceFile // main.go first
	Output     string       // what the program prints
	Statements string       // the SQL it sends
}

// Key is a hash of the step's files: the name of the program that is built
// from them.
func (s *Step) Key() string {
	h := sha256.New()
	for _, f := range s.Files {
		fmt.Fprintf(h, "%s %d\n%s", f.Name, len(f.Text), f.Text)
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

// SourceFile is one Go file of a step.
type SourceFile struct {
	Name string
	Text string
}

// readSteps reads all steps of the lesson by name.
func (r *reader) readSteps() (map[string]*Step, error) {
	entries, err := fs.ReadDir(r.fsys, r.lesson.Name)
	if err != nil {
		return nil, fmt.Errorf("lesson: listing %s: %w", r.lesson.Name, err)
	}
	steps := map[string]*Step{}
	for _, entry := range entries {
		if !entry.IsDir() || !numbered.MatchString(entry.Name()) {
			continue
		}
		step, err := r.readStep(entry.Name())
		if err != nil {
			return nil, err
		}
		steps[step.Name] = step
	}
	return steps, nil
}

func (r *reader) readStep(name string) (*Step, error) {
	step := &Step{Name: name, Path: path.Join(r.lesson.Name, name)}
	entries, err := fs.ReadDir(r.fsys, step.Path)
	if err != nil {
		return nil, fmt.Errorf("lesson: listing %s: %w", step.Path, err)
	}
	for _, entry := range entries {
		if !isSource(entry) {
			continue
		}
		text, err := fs.ReadFile(r.fsys, path.Join(step.Path, entry.Name()))
		if err != nil {
			return nil, fmt.Errorf("lesson: reading %s: %w", path.Join(step.Path, entry.Name()), err)
		}
		step.Files = append(step.Files, SourceFile{entry.Name(), string(text)})
	}
	slices.SortStableFunc(step.Files, mainFirst)
	if len(step.Files) == 0 || step.Files[0].Name != "main.go" {
		r.reportAt(step.Path, "the step has no main.go")
	}
	if step.Output, err = r.readGolden(step, "output.txt"); err != nil {
		return nil, err
	}
	step.Statements, err = r.readGolden(step, "statements.txt")
	return step, err
}

func isSource(entry fs.DirEntry) bool {
	name := entry.Name()
	return !entry.IsDir() && strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go")
}

func mainFirst(a, b SourceFile) int {
	rank := func(f SourceFile) int {
		if f.Name == "main.go" {
			return 0
		}
		return 1
	}
	return cmp.Compare(rank(a), rank(b))
}

func (r *reader) readGolden(step *Step, name string) (string, error) {
	file := path.Join(step.Path, "testdata", name)
	text, err := fs.ReadFile(r.fsys, file)
	if errors.Is(err, fs.ErrNotExist) {
		r.reportAt(file, "the golden is missing: run make golden")
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("lesson: reading %s: %w", file, err)
	}
	return string(text), nil
}

// reportAt notes a problem of a file other than lesson.md.
func (r *reader) reportAt(file, message string) {
	r.problems = append(r.problems, Problem{File: file, Message: message})
}
