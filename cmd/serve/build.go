package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/ormlab/ormlab/internal/site"
	"github.com/ormlab/ormlab/playground/toolchain"
)

// buildSite builds what is missing and puts the site together. Programs of
// steps are made only when they are asked for; done ends the making.
func buildSite(ctx context.Context, o *options) (s *site.Site, done func(), err error) {
	root, err := findRoot(o.root)
	if err != nil {
		return nil, nil, err
	}
	what := site.Options{Root: root, Lessons: o.lessons, NoOffline: o.noOffline, Release: o.release, Base: o.base, Progress: o.progress}
	done = func() {}
	if !o.noToolchain {
		set, programs, err := buildToolchain(ctx, o, root)
		if err != nil {
			return nil, nil, err
		}
		what.Toolchain, what.Programs = set, programs
		done = func() { _ = programs.Close() } // what is left is a folder in the cache
	}
	s, err = site.Build(ctx, what)
	return s, done, err
}

func buildToolchain(ctx context.Context, o *options, root string) (*toolchain.Set, *toolchain.Programs, error) {
	opts := toolchain.Options{ModuleDir: root, Compression: toolchain.Fast, Progress: o.progress}
	if o.release {
		opts.Compression = toolchain.Best
	}
	set, err := toolchain.Build(ctx, opts)
	if err != nil {
		return nil, nil, err
	}
	for _, warning := range set.Warnings {
		fmt.Fprintf(o.progress, "serve: warning: %s\n", warning)
	}
	return set, toolchain.NewPrograms(set, opts), nil
}

func writeSite(ctx context.Context, o *options) error {
	if o.base != "" && !strings.HasPrefix(o.base, "/") {
		return fmt.Errorf("-base %s: the path begins with a slash, as in /ormlab/", o.base)
	}
	s, done, err := buildSite(ctx, o)
	if err != nil {
		return err
	}
	defer done()
	if err := s.Write(ctx, o.out); err != nil {
		return err
	}
	fmt.Fprintf(o.stdout, "%d files in %s, with .br and .gz beside them: put the folder on any static host\n", len(s.Paths()), o.out)
	return nil
}
