package toolchain

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"

	"github.com/ormlab/ormlab/playground/checker"
)

// docs are the first paragraphs of doc comments by package and name; a method
// or field is Type.Member, the package itself the empty name.
type docs map[string]map[string]string

// addDocs extracts from the sources of the importable packages, and of Go's
// builtins, what the editor says about a name.
func (b *builder) addDocs(p *parts, pkgs []listedPackage) error {
	all := docs{}
	for _, pkg := range append(pkgs, listedPackage{ImportPath: "builtin", Dir: filepath.Join(b.goTool.Root, "src", "builtin"), GoFiles: []string{"builtin.go"}}) {
		if _, found := slices.BinarySearch(p.index.Importable, pkg.ImportPath); !found && pkg.ImportPath != "builtin" {
			continue
		}
		all[pkg.ImportPath] = map[string]string{}
		for _, name := range pkg.GoFiles {
			file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(pkg.Dir, name), nil, parser.ParseComments|parser.SkipObjectResolution)
			if err != nil {
				return fmt.Errorf("reading the documentation of %s: %w", pkg.ImportPath, err)
			}
			all.addFile(pkg.ImportPath, file)
		}
	}
	text, err := json.Marshal(all)
	if err != nil {
		return err
	}
	p.files[docsJSON] = filepath.Join(b.work, docsJSON)
	return writeBytes(p.files[docsJSON], text)
}

func (d docs) addFile(path string, file *ast.File) {
	d.add(path, "", file.Doc)
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			name := decl.Name.Name
			if decl.Recv != nil && len(decl.Recv.List) == 1 {
				name = baseName(decl.Recv.List[0].Type) + "." + name
			}
			if decl.Name.IsExported() || path == "builtin" {
				d.add(path, name, decl.Doc)
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				d.addSpec(path, decl, spec)
			}
		}
	}
}

func (d docs) addSpec(path string, decl *ast.GenDecl, spec ast.Spec) {
	switch spec := spec.(type) {
	case *ast.TypeSpec:
		d.add(path, spec.Name.Name, spec.Doc, decl.Doc)
		var members *ast.FieldList
		switch t := spec.Type.(type) {
		case *ast.StructType:
			members = t.Fields
		case *ast.InterfaceType:
			members = t.Methods
		default:
			return
		}
		for _, field := range members.List {
			for _, name := range field.Names {
				if name.IsExported() {
					d.add(path, spec.Name.Name+"."+name.Name, field.Doc, field.Comment)
				}
			}
		}
	case *ast.ValueSpec:
		for _, name := range spec.Names {
			if name.IsExported() || path == "builtin" {
				d.add(path, name.Name, spec.Doc, spec.Comment, decl.Doc)
			}
		}
	}
}

// add takes the first comment that says something.
func (d docs) add(path, name string, comments ...*ast.CommentGroup) {
	for _, comment := range comments {
		if text := checker.Synopsis(comment.Text()); text != "" {
			d[path][name] = text
			return
		}
	}
}

// baseName is the name of a receiver's type.
func baseName(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.Ident:
		return t.Name
	case *ast.StarExpr:
		return baseName(t.X)
	case *ast.IndexExpr:
		return baseName(t.X)
	case *ast.IndexListExpr:
		return baseName(t.X)
	case *ast.ParenExpr:
		return baseName(t.X)
	}
	return ""
}
