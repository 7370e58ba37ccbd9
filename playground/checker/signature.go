package checker

import (
	"go/ast"
	"go/types"
	"strings"
)

// Signature is the function whose arguments are being written.
type Signature struct {
	Label  string
	Params [][2]int // parts of the label, in UTF-16 units
	Active int      // the parameter at the place, -1 if there is none
	Text   string   // what the program says about it
	Doc    DocKey
}

// Signature tells of the call around a place; ok is false where there is none.
func (c *Checker) Signature(files []File, name string, at int) (s Signature, ok bool) {
	p := c.load(files)
	pos, file, ok := p.pos(name, at)
	if !ok {
		return s, false
	}
	for _, n := range path(p.asts[file], pos) {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.BlockStmt:
			return s, false
		case *ast.CallExpr:
			if pos <= n.Lparen || n.Rparen.IsValid() && n.Rparen > n.Lparen && pos > n.Rparen {
				continue
			}
			sig, isFunc := p.info.TypeOf(n.Fun).(*types.Signature)
			if !isFunc {
				return s, false
			}
			text := p.files[file].Text
			lparen, here := p.tokens[file].Offset(n.Lparen), p.tokens[file].Offset(pos)
			return p.signature(n, sig, commas(text[lparen+1:here])), true
		}
	}
	return s, false
}

// commas counts those between arguments: not within brackets or strings.
func commas(text string) (n int) {
	depth := 0
	var quote rune
	escaped := false
	for _, r := range text {
		switch {
		case escaped:
			escaped = false
		case quote != 0 && r == '\\' && quote != '`':
			escaped = true
		case quote != 0:
			if r == quote {
				quote = 0
			}
		case r == '"' || r == '\'' || r == '`':
			quote = r
		case strings.ContainsRune("([{", r):
			depth++
		case strings.ContainsRune(")]}", r):
			depth--
		case r == ',' && depth == 0:
			n++
		}
	}
	return n
}

func (p *program) signature(call *ast.CallExpr, sig *types.Signature, active int) (s Signature) {
	qualify := qualify(p.pkg)
	var b strings.Builder
	length := func() int { return toUTF16(b.String(), b.Len()) }
	var obj types.Object
	if id := calleeName(call.Fun); id != nil {
		b.WriteString(id.Name)
		obj = p.object(id)
	} else {
		b.WriteString("func")
	}
	b.WriteByte('(')
	for i := range sig.Params().Len() {
		if i > 0 {
			b.WriteString(", ")
		}
		from := length()
		param := sig.Params().At(i)
		if param.Name() != "" {
			b.WriteString(param.Name() + " ")
		}
		t := types.TypeString(param.Type(), qualify)
		if sig.Variadic() && i == sig.Params().Len()-1 {
			t = "..." + strings.TrimPrefix(t, "[]")
		}
		b.WriteString(t)
		s.Params = append(s.Params, [2]int{from, length()})
	}
	b.WriteByte(')')
	switch results := sig.Results(); {
	case results.Len() == 1 && results.At(0).Name() == "":
		b.WriteString(" " + types.TypeString(results.At(0).Type(), qualify))
	case results.Len() > 0:
		b.WriteString(" " + types.TypeString(results, qualify))
	}
	s.Label = b.String()
	if sig.Variadic() {
		active = min(active, len(s.Params)-1)
	}
	if s.Active = active; active >= len(s.Params) {
		s.Active = -1
	}
	if f, ok := obj.(*types.Func); ok {
		if f.Pkg() == p.pkg {
			s.Text = p.docOf(f.Origin())
		} else {
			s.Doc = docKey(f, receiver(f))
		}
	}
	return s
}

// calleeName is the name in front of the arguments, or nil.
func calleeName(fun ast.Expr) *ast.Ident {
	switch fun := ast.Unparen(fun).(type) {
	case *ast.Ident:
		return fun
	case *ast.SelectorExpr:
		return fun.Sel
	case *ast.IndexExpr:
		return calleeName(fun.X)
	case *ast.IndexListExpr:
		return calleeName(fun.X)
	}
	return nil
}
