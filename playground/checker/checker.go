// Package checker tells an editor about a program while it is written: what is wrong, what fits here, what a name means.
//
// A [Checker] has the export data of the packages that a program may import,
// and no source but the program's. Each request brings the whole program, a
// few files; what was found out about it is kept, so that several questions
// about one text cost one check. Positions are counted as an editor in a page
// counts them: in UTF-16 units from the start of a file.
//
// It judges as the compiler of the page does, which has the same type checker:
// for GOOS=js and GOARCH=wasm, in the language version of the tool set.
package checker

import (
	"bytes"
	"errors"
	"go/ast"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"slices"
	"strings"
)

// File is a file of a program: its name without folder, and its text.
type File struct{ Name, Text string }

// Options say what programs are checked against.
type Options struct {
	// GoVersion is the language version, such as "go1.26".
	GoVersion string
	// Exports has an archive with the export data of each package that a program may import.
	Exports map[string][]byte
}

// Checker answers questions about programs. It is not for several goroutines.
type Checker struct {
	options    Options
	importable []string
	fset       *token.FileSet
	importer   types.Importer
	kept       []*program // the last programs that were checked, newest first
}

// New makes a checker.
func New(options Options) *Checker {
	c := &Checker{options: options, fset: token.NewFileSet()}
	for path := range options.Exports {
		c.importable = append(c.importable, path)
	}
	slices.Sort(c.importable)
	c.importer = importer.ForCompiler(c.fset, "gc", func(path string) (io.ReadCloser, error) {
		data, ok := options.Exports[path]
		if !ok {
			return nil, errors.New("it is not importable")
		}
		return io.NopCloser(bytes.NewReader(data)), nil
	})
	return c
}

// keep is how many programs are remembered: the one in the editor, and one or
// two variants that a question about it needs.
const keep = 3

// load parses and checks a program, unless it is one of the last.
func (c *Checker) load(files []File) *program {
	at := slices.IndexFunc(c.kept, func(p *program) bool { return slices.Equal(p.files, files) })
	if at >= 0 {
		p := c.kept[at]
		c.kept = slices.Insert(slices.Delete(c.kept, at, at+1), 0, p)
		return p
	}
	p := c.check(slices.Clone(files))
	c.kept = slices.Insert(c.kept, 0, p)
	if len(c.kept) > keep {
		for _, file := range c.kept[keep].tokens {
			c.fset.RemoveFile(file)
		}
		c.kept = c.kept[:keep]
	}
	return p
}

// imported is a package that programs may import, or nil.
func (c *Checker) imported(path string) *types.Package {
	if _, ok := c.options.Exports[path]; !ok {
		return nil
	}
	pkg, err := c.importer.Import(path)
	if err != nil {
		return nil
	}
	return pkg
}

// named are the importable packages of a name.
func (c *Checker) named(name string) (paths []string) {
	for _, path := range c.importable {
		if packageName(path) == name {
			paths = append(paths, path)
		}
	}
	return paths
}

// packageName is the name of the package at a path: its last element, or the
// one before a major version.
func packageName(path string) string {
	elements := strings.Split(path, "/")
	last := elements[len(elements)-1]
	if len(elements) > 1 && len(last) > 1 && last[0] == 'v' && strings.Trim(last[1:], "0123456789") == "" {
		last = elements[len(elements)-2]
	}
	return last
}

// qualify names packages in the types that are shown: the program's own has no name.
func qualify(own *types.Package) types.Qualifier {
	return func(pkg *types.Package) string {
		if pkg == own {
			return ""
		}
		return pkg.Name()
	}
}

// spec is what an import spec imports.
func specPath(spec *ast.ImportSpec) string { return strings.Trim(spec.Path.Value, "\"`") }
