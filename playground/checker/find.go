package checker

import (
	"go/ast"
	"go/token"
	"slices"
)

// path is the nodes around a place, the innermost first. A place at the end of
// a node belongs to it; where two meet, to the name, or else to the later one.
func path(root ast.Node, pos token.Pos) (nodes []ast.Node) {
	var stack []ast.Node
	named := false
	ast.Inspect(root, func(n ast.Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
			return false
		}
		if pos < n.Pos() || pos > n.End() {
			return false
		}
		stack = append(stack, n)
		if _, name := n.(*ast.Ident); name || !named {
			nodes, named = slices.Clone(stack), name
		}
		return true
	})
	slices.Reverse(nodes)
	return nodes
}

// parent is the first node of a type among the nodes around a place.
func parent[N ast.Node](nodes []ast.Node) (found N, ok bool) {
	for _, n := range nodes {
		if found, ok = n.(N); ok {
			return found, true
		}
	}
	return found, false
}

// identAt is the identifier at a place, or nil.
func (p *program) identAt(file int, pos token.Pos) (*ast.Ident, []ast.Node) {
	nodes := path(p.asts[file], pos)
	if len(nodes) > 0 {
		if id, ok := nodes[0].(*ast.Ident); ok && id.Name != "_" {
			return id, nodes
		}
	}
	return nil, nodes
}
