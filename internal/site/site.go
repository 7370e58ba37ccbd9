// Package site makes lessons, web and toolchain into one set of static files.
//
// [Build] gives the files; [Site.Write] puts them into a folder for any
// static host, and the package host serves them. All links in the pages are
// relative, so the site works under any path.
package site

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/ormlab/ormlab/internal/site/bundle"
	"github.com/ormlab/ormlab/internal/site/lesson"
	"github.com/ormlab/ormlab/playground/toolchain"
)

// Options says what a site is made of.
type Options struct {
	Root      string         // a checkout of the module: lessons/ and web/ are in it
	Lessons   string         // another folder of lessons; empty is Root/lessons
	Toolchain *toolchain.Set // nil makes a site whose programs cannot run
	Programs  Programs       // builds the steps' programs ahead; nil leaves that to the page
	Release   bool           // best compression, no source maps
	NoOffline bool           // no service worker, and browsers that have one lose it
	Base      string         // the path the site will stand at, for 404.html only; empty is unknown
	Progress  io.Writer      // where to tell about slow steps; nil is nowhere
}

// Site is the files of a site.
type Site struct {
	files map[string]*File
	pages pages
}

// Build makes the site. Mistakes in the lessons are [lesson.Problems].
func Build(ctx context.Context, o Options) (*Site, error) {
	if o.Lessons == "" {
		o.Lessons = filepath.Join(o.Root, "lessons")
	}
	lessons, scratch, err := readLessons(o.Lessons)
	if err != nil {
		return nil, err
	}
	bundled, err := bundle.Build(ctx, bundle.Options{Web: filepath.Join(o.Root, "web"), Release: o.Release, Progress: o.Progress})
	if err != nil {
		return nil, err
	}
	s := &Site{files: map[string]*File{}, pages: pages{lessons: lessons, scratch: scratch, assets: bundled, toolchain: o.Toolchain}}
	if !o.NoOffline {
		s.pages.version = version(bundled, &s.pages)
	}
	for path, content := range bundled.Files {
		s.add(newFile(path, content))
	}
	if err := s.addPages(o.Base); err != nil {
		return nil, err
	}
	if err := errors.Join(s.addEmbedding(), s.addStatic(), s.addToolchain(o.Toolchain)); err != nil {
		return nil, err
	}
	s.addPrograms(o.Programs)
	if err := s.addOffline(bundled.Offline, s.pages.version); err != nil {
		return nil, err
	}
	return s, s.compress(o.Release)
}

func readLessons(dir string) (lessons []*lesson.Lesson, scratch *lesson.Lesson, err error) {
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil, nil, fmt.Errorf("site: reading the lessons: there is no folder %s", dir)
	}
	lessons, err = lesson.ReadAll(os.DirFS(dir))
	if err == nil {
		scratch, err = lesson.ReadScratch(os.DirFS(dir))
	}
	if err != nil {
		return nil, nil, fmt.Errorf("site: reading %s: %w", dir, err)
	}
	if len(lessons) == 0 {
		return nil, nil, fmt.Errorf("site: reading the lessons: %s has no folder NN-name with a lesson.md", dir)
	}
	return lessons, scratch, nil
}

// Lookup returns the file at a path below the site's root, without a slash
// in front.
func (s *Site) Lookup(path string) (*File, bool) {
	f, ok := s.files[path]
	return f, ok
}

// Paths returns the paths of all files, sorted.
func (s *Site) Paths() []string {
	return slices.Sorted(maps.Keys(s.files))
}

func (s *Site) add(f *File) {
	s.files[f.Path] = f
}
