package toolchain

import (
	"errors"
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// What the linker keeps of other architectures once their back ends are gone:
// their assemblers, because a package variable that names them is set when the
// program starts; a table of all instructions; and SIMD, which is an
// experiment on amd64. None of it is ever reached on wasm.

// otherAssemblers are the sources that name the assembler of an architecture.
var otherAssemblers = []string{
	"arm/obj5.go", "arm64/obj7.go", "loong64/obj.go", "mips/obj0.go", "ppc64/obj9.go",
	"riscv/obj.go", "s390x/objz.go", "x86/obj6.go",
}

func init() {
	for _, name := range otherAssemblers {
		trims["src/cmd/internal/obj/"+name] = dropAssembler
	}
	trims["src/cmd/compile/internal/ssa/opGen.go"] = emptyOtherOps
	trims["src/cmd/compile/internal/ssagen/intrinsics.go"] = dropSIMD
}

// dropAssembler removes the variables of type obj.LinkArch, which only the
// dropped back ends use.
func dropAssembler(file *ast.File) error {
	before := len(file.Decls)
	file.Decls = slices.DeleteFunc(file.Decls, func(d ast.Decl) bool {
		gen, ok := d.(*ast.GenDecl)
		if !ok || gen.Tok != token.VAR || len(gen.Specs) != 1 {
			return false
		}
		spec := gen.Specs[0].(*ast.ValueSpec)
		if len(spec.Values) != 1 {
			return false
		}
		lit, ok := spec.Values[0].(*ast.CompositeLit)
		return ok && isSelector(lit.Type, "obj", "LinkArch")
	})
	if len(file.Decls) == before {
		return errors.New("no obj.LinkArch found")
	}
	dropUnusedImports(file)
	return nil
}

// otherOps begin the names of the constants for other architectures' instructions.
var otherOps = strings.Fields("Op386 OpAMD64 OpARM OpLOONG64 OpMIPS OpPPC64 OpRISCV64 OpS390X")

// emptyOtherOps leaves the instructions of other architectures their places in
// the table, and nothing in them.
func emptyOtherOps(file *ast.File) error {
	var names []string
	var table *ast.CompositeLit
	for _, decl := range file.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok {
			continue
		}
		for i, spec := range gen.Specs {
			spec, ok := spec.(*ast.ValueSpec)
			switch {
			case !ok:
			case gen.Tok == token.CONST && i == 0 && spec.Names[0].Name == "OpInvalid":
				names = constNames(gen)
			case gen.Tok == token.VAR && spec.Names[0].Name == "opcodeTable" && len(spec.Values) == 1:
				table, _ = spec.Values[0].(*ast.CompositeLit)
			}
		}
	}
	if table == nil || len(names) == 0 || len(table.Elts) != len(names) {
		return errors.New("no table of instructions that goes with their constants")
	}
	for i, name := range names {
		if slices.ContainsFunc(otherOps, func(other string) bool { return strings.HasPrefix(name, other) }) {
			table.Elts[i] = &ast.CompositeLit{}
		}
	}
	dropUnusedImports(file)
	return nil
}

func constNames(gen *ast.GenDecl) []string {
	var names []string
	for _, spec := range gen.Specs {
		names = append(names, spec.(*ast.ValueSpec).Names[0].Name)
	}
	return names
}

// dropSIMD puts what the experiment adds behind a condition that never holds.
func dropSIMD(file *ast.File) error {
	found := false
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.IfStmt); ok && isSIMD(s.Cond) {
			s.Cond, found = ast.NewIdent("false"), true
		}
		return true
	})
	if !found {
		return errors.New("nothing depends on the experiment SIMD")
	}
	dropUnusedImports(file)
	return nil
}

func isSIMD(e ast.Expr) bool {
	s, ok := e.(*ast.SelectorExpr)
	return ok && s.Sel.Name == "SIMD" && isSelector(s.X, "buildcfg", "Experiment")
}

func isSelector(e ast.Expr, pkg, name string) bool {
	s, ok := e.(*ast.SelectorExpr)
	return ok && isIdent(s.X, pkg) && s.Sel.Name == name
}
