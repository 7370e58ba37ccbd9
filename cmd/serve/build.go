package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/ormlab/ormlab/internal/site"
	"github.com/ormlab/ormlab/playground/toolchain"
)

// buildSite builds what is missing and puts the site together.
func buildSite(ctx context.Context, o *options) (*site.Site, error) {
	root, err := findRoot(o.root)
	if err != nil {
		return nil, err
	}
	var set *toolchain.Set
	if !o.noToolchain {
		if set, err = buildToolchain(ctx, o, root); err != nil {
			return nil, err
		}
	}
	return site.Build(ctx, site.Options{
		Root: root, Lessons: o.lessons, Toolchain: set,
		Release: o.release, Base: o.base, Progress: o.progress,
	})
}

func buildToolchain(ctx context.Context, o *options, root string) (*toolchain.Set, error) {
	compression := toolchain.Fast
	if o.release {
		compression = toolchain.Best
	}
	set, err := toolchain.Build(ctx, toolchain.Options{ModuleDir: root, Compression: compression, Progress: o.progress})
	if err != nil {
		return nil, err
	}
	for _, warning := range set.Warnings {
		fmt.Fprintf(o.progress, "serve: warning: %s\n", warning)
	}
	return set, nil
}

func writeSite(ctx context.Context, o *options) error {
	if o.base != "" && !strings.HasPrefix(o.base, "/") {
		return fmt.Errorf("-base %s: the path begins with a slash, as in /ormlab/", o.base)
	}
	s, err := buildSite(ctx, o)
	if err != nil {
		return err
	}
	if err := s.Write(o.out); err != nil {
		return err
	}
	fmt.Fprintf(o.stdout, "%d files in %s, with .br and .gz beside them: put the folder on any static host\n", len(s.Paths()), o.out)
	return nil
}
