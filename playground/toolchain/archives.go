package toolchain

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
)

// archiveIndex says what is in archives.pack.
type archiveIndex struct {
	Importable []string
	Packages   map[string]Archive
}

// listedPackage is what go list -export tells of a package.
type listedPackage struct {
	ImportPath string
	Export     string
	Error      *struct{ Err string }
}

// addArchives compiles the importable packages and all they need, and packs
// the archives into one file.
func (b *builder) addArchives(ctx context.Context, p *parts) error {
	var err error
	if p.index.Importable, err = b.importable(ctx); err != nil {
		return err
	}
	var pkgs []listedPackage
	err = b.log.step(fmt.Sprintf("compiling %d importable packages and what they need", len(p.index.Importable)), func() error {
		pkgs, err = b.compilePackages(ctx, p.index.Importable)
		return err
	})
	if err != nil {
		return err
	}
	pack := filepath.Join(b.work, "archives.pack")
	p.files[archivesPack] = pack
	return writeOnce(pack, func(w io.Writer) error {
		p.index.Packages, err = packArchives(w, pkgs, p.index.Importable)
		return err
	})
}

// ownFlags leave inlining out of this module's packages: programs are compiled
// without it, so the bodies that inlining needs would be downloaded for nothing.
const ownFlags = "-gcflags=github.com/ormlab/ormlab/...=-dwarf=false -l"

func (b *builder) compilePackages(ctx context.Context, paths []string) ([]listedPackage, error) {
	args := append([]string{
		"list", "-export", "-deps", "-tags", "playground", "-trimpath",
		"-gcflags=all=-dwarf=false", ownFlags, "-json=ImportPath,Export,Error",
	}, paths...)
	out, err := b.goTool.run(ctx, b.module, listEnv(), args...)
	if err != nil {
		return nil, fmt.Errorf("compiling the packages that programs import: %w", err)
	}
	var pkgs []listedPackage
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var pkg listedPackage
		if err := dec.Decode(&pkg); errors.Is(err, io.EOF) {
			return pkgs, nil
		} else if err != nil {
			return nil, fmt.Errorf("reading go list: %w", err)
		}
		if pkg.Error != nil {
			return nil, fmt.Errorf("package %s: %s", pkg.ImportPath, pkg.Error.Err)
		}
		if pkg.Export != "" { // unsafe has none
			pkgs = append(pkgs, pkg)
		}
	}
}

// packArchives writes the archives one after another, in the order in which
// go list gives them: what is imported comes before what imports it. What
// programs cannot import goes without export data.
func packArchives(w io.Writer, pkgs []listedPackage, importable []string) (map[string]Archive, error) {
	index := map[string]Archive{}
	var offset int64
	for _, pkg := range pkgs {
		archive, err := os.ReadFile(pkg.Export)
		if _, found := slices.BinarySearch(importable, pkg.ImportPath); err == nil && !found {
			archive, err = withoutExports(archive)
		}
		if err != nil {
			return nil, fmt.Errorf("archive of %s: %w", pkg.ImportPath, err)
		}
		if _, err := w.Write(archive); err != nil {
			return nil, err
		}
		index[pkg.ImportPath] = Archive{Offset: offset, Size: int64(len(archive))}
		offset += int64(len(archive))
	}
	return index, nil
}
