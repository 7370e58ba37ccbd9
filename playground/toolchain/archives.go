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

// archiveIndex says what is in archives.pack and exports.pack.
type archiveIndex struct {
	Importable []string
	Packages   map[string]Archive
	Exports    map[string]Archive
}

// listedPackage is what go list -export tells of a package.
type listedPackage struct {
	ImportPath string
	Export     string
	Dir        string
	GoFiles    []string
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
	p.files[archivesPack] = filepath.Join(b.work, archivesPack)
	p.files[exportsPack] = filepath.Join(b.work, exportsPack)
	err = writeOnce(p.files[archivesPack], func(archives io.Writer) error {
		return writeOnce(p.files[exportsPack], func(exports io.Writer) error {
			return p.index.pack(archives, exports, pkgs)
		})
	})
	if err != nil {
		return err
	}
	return b.addDocs(p, pkgs)
}

// archiveFlags leave inlining out: programs are compiled without it, so the
// bodies that inlining needs would be downloaded for nothing, and archives
// with bodies inlined into others are a seventh bigger.
const archiveFlags = "-gcflags=all=-dwarf=false -l"

func (b *builder) compilePackages(ctx context.Context, paths []string) ([]listedPackage, error) {
	args := append([]string{
		"list", "-export", "-deps", "-tags", "playground", "-trimpath",
		archiveFlags, "-json=ImportPath,Export,Dir,GoFiles,Error",
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

// pack writes the archives one after another, in the order in which go list
// gives them: what is imported comes before what imports it. They are for the
// linker alone; the export data, which compiler and checker read, stands in a
// pack of its own, for those packages that programs can import.
func (x *archiveIndex) pack(archives, exports io.Writer, pkgs []listedPackage) error {
	x.Packages, x.Exports = map[string]Archive{}, map[string]Archive{}
	var code, data packer
	for _, pkg := range pkgs {
		archive, err := os.ReadFile(pkg.Export)
		if err != nil {
			return fmt.Errorf("archive of %s: %w", pkg.ImportPath, err)
		}
		head, rest, err := splitExports(archive)
		if err != nil {
			return fmt.Errorf("archive of %s: %w", pkg.ImportPath, err)
		}
		if x.Packages[pkg.ImportPath], err = code.add(archives, rest); err != nil {
			return err
		}
		if _, found := slices.BinarySearch(x.Importable, pkg.ImportPath); found {
			if x.Exports[pkg.ImportPath], err = data.add(exports, head); err != nil {
				return err
			}
		}
	}
	return nil
}

// packer knows where the next file of a pack begins.
type packer struct{ offset int64 }

func (p *packer) add(w io.Writer, content []byte) (Archive, error) {
	at := Archive{Offset: p.offset, Size: int64(len(content))}
	p.offset += at.Size
	_, err := w.Write(content)
	return at, err
}
