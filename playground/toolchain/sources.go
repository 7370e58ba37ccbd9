package toolchain

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// sourceDirs are the folders of the module whose Go files (and data, which may
// be embedded in them) go into a set.
var sourceDirs = []string{"orm", "playground", "lessons", "cmd/wasm"}

// sourceKey hashes what a set is made from: the Go version, the options that
// change it, and the module's sources.
func (b *builder) sourceKey() (string, error) {
	h := sha256.New()
	fmt.Fprintf(h, "%s %s %d %v\n", b.goTool.Version, b.goTool.Root, b.opts.Compression, b.opts.Stock)
	// This package may be newer than the one in the module's folder.
	fmt.Fprintf(h, "%v %v %v %v %v %v %s %s\n", toolFlags, archiveFlags, checkerFlags, newArgs(minGo), importableStd, importableOurs, wasmExecHead, overlayRules)
	add := func(path string) error {
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(b.module, path)
		fmt.Fprintf(h, "%s %d\n", filepath.ToSlash(rel), len(text))
		h.Write(text)
		return err
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		if err := add(filepath.Join(b.module, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	for _, dir := range sourceDirs {
		err := filepath.WalkDir(filepath.Join(b.module, dir), func(path string, d fs.DirEntry, err error) error {
			switch {
			case errors.Is(err, fs.ErrNotExist):
				return nil
			case err != nil:
				return err
			case d.IsDir() && ignoredDir(d.Name()):
				return filepath.SkipDir
			case d.IsDir() || ignoredFile(d.Name()):
				return nil
			}
			return add(path)
		})
		if err != nil {
			return "", fmt.Errorf("hashing sources: %w", err)
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:16], nil
}

func ignoredDir(name string) bool {
	return name == "testdata" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_")
}

// ignoredFile leaves out tests and prose; other files may be embedded.
func ignoredFile(name string) bool {
	return strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, ".md") || strings.HasPrefix(name, ".")
}
