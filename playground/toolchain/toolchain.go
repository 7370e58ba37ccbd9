// Package toolchain builds the compiler, linker and package archives for the browser from the local GOROOT.
//
// [Build] makes a tool set: a folder of files, named after a hash of its
// content, that a page loads to compile and run Go programs without a server.
// Everything in it comes from one Go installation and one state of this
// module, and is described by its [Manifest].
//
// A set is kept in a cache and made anew only when the Go version or a source
// that goes into it has changed. The compiler and the linker depend on the Go
// version alone, so a change to this module rebuilds archives and engine only.
package toolchain

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// Options says how to build a tool set. Its zero value builds the module of
// the current folder into the user's cache folder, compressed quickly.
type Options struct {
	// ModuleDir is a folder of the ormlab module, which holds the packages
	// that programs may import; empty means the current folder.
	ModuleDir string

	// CacheDir keeps built sets and their parts; empty means the folder
	// "ormlab" in the user's cache folder.
	CacheDir string

	// Compression is how hard to compress the files.
	Compression Compression

	// Progress is told, in lines of text, what is being built; nil means nobody is.
	Progress io.Writer

	// Stock builds compiler and linker with all their back ends, as they are.
	Stock bool
}

// Set is a tool set on disk.
type Set struct {
	// ID is the hash of the set's content, which is also its folder's name.
	ID string

	// Dir is the folder of the set: the files of the manifest, .br and .gz
	// beside each of them, and manifest.json.
	Dir string

	// Manifest is the content of manifest.json.
	Manifest Manifest

	// Warnings are what a person who builds a site should know, such as a
	// compiler that could not be made smaller.
	Warnings []string
}

// Build makes the tool set, or finds it in the cache.
func Build(ctx context.Context, opts Options) (*Set, error) {
	b, err := newBuilder(ctx, opts)
	if err != nil {
		return nil, fmt.Errorf("toolchain: %w", err)
	}
	set, err := b.build(ctx)
	if err != nil {
		return nil, fmt.Errorf("toolchain: %w", err)
	}
	return set, nil
}

// builder holds what the steps of one build share.
type builder struct {
	opts     Options
	module   string // the module's root folder
	cache    string
	work     string // a folder of this build alone
	goTool   goTool
	log      logger
	warnings []string
}

func newBuilder(ctx context.Context, opts Options) (*builder, error) {
	b := &builder{opts: opts, log: logger{opts.Progress}}
	var err error
	if b.module, err = findModule(opts.ModuleDir); err != nil {
		return nil, err
	}
	if b.cache, err = cacheDir(opts.CacheDir); err != nil {
		return nil, err
	}
	if b.goTool, err = findGo(ctx, b.module); err != nil {
		return nil, err
	}
	return b, nil
}

func (b *builder) build(ctx context.Context) (*Set, error) {
	start := time.Now()
	key, err := b.sourceKey()
	if err != nil {
		return nil, err
	}
	if set, ok := b.findSet(key); ok {
		b.prune(set)
		return set, nil
	}
	if b.work, err = os.MkdirTemp(b.cache, ".build-"); err != nil {
		return nil, err
	}
	defer os.RemoveAll(b.work)
	parts, err := b.makeParts(ctx)
	if err != nil {
		return nil, err
	}
	set, err := b.assemble(ctx, key, parts)
	if err != nil {
		return nil, err
	}
	b.log.printf("tool set %s ready in %s", set.ID, time.Since(start).Round(100*time.Millisecond))
	return set, nil
}

// parts are the files of a set before they have names of their own.
type parts struct {
	files map[string]string // name in the manifest -> where it is
	index archiveIndex
}

func (b *builder) makeParts(ctx context.Context) (*parts, error) {
	p := &parts{files: map[string]string{}}
	if err := b.addTools(ctx, p); err != nil {
		return nil, err
	}
	if err := b.addArchives(ctx, p); err != nil {
		return nil, err
	}
	if err := b.addEngine(ctx, p); err != nil {
		return nil, err
	}
	if err := b.addChecker(ctx, p); err != nil {
		return nil, err
	}
	return p, b.addWasmExec(p)
}

func cacheDir(dir string) (string, error) {
	if dir == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return "", fmt.Errorf("no folder for the cache, set Options.CacheDir: %w", err)
		}
		dir = filepath.Join(user, "ormlab")
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	return dir, os.MkdirAll(dir, 0o755)
}
