package dialect

import (
	"slices"
	"strings"

	"github.com/ormlab/ormlab/orm/expr"
)

// construct writes somebody's SQL around expressions.
func (c *compiler) construct(e expr.Construct, least precedence) {
	form, ok := formFor(e.Forms, c.dialect.Name())
	if !ok {
		c.fail("%s has no form for %s, nor one for all databases; give it one with On", e.Name, c.dialect.Name())
		return
	}
	if form.Question && !c.features.NumberedPlaceholders {
		c.fail("%s has a ? outside quotes, which %s takes for an argument", e.Name, c.dialect.Name())
		return
	}
	operands, problem := operandsOf(e)
	if problem != "" {
		c.fail("%s %s", e.Name, problem)
		return
	}
	call := isCall(form)
	own := precedenceOr
	if call {
		own = precedencePrimary
	}
	c.open(own, least)
	for i, part := range form.Parts {
		c.write(part.SQL)
		if part.Bind == "" {
			continue
		}
		list, ok := operands[part.Bind]
		if !ok {
			c.fail("%s has no operand :%s", e.Name, part.Bind)
			return
		}
		place := precedencePrimary
		if standsAlone(form.Parts, i) {
			place = precedenceNone
		}
		for j, operand := range list {
			c.separate(j)
			c.expr(operand, place)
		}
	}
	if n := len(form.Parts); n > 0 && hasLineComment(form.Parts[n-1].SQL) {
		c.write("\n")
	}
	c.close(own, least)
}

// formFor is the form of that dialect, or the one for all.
func formFor(forms []expr.Form, dialect string) (expr.Text, bool) {
	for _, name := range []string{dialect, ""} {
		if i := slices.IndexFunc(forms, func(f expr.Form) bool { return f.Dialect == name }); i >= 0 {
			return forms[i].Text, true
		}
	}
	return expr.Text{}, false
}

// operandsOf gives the operands their names.
func operandsOf(e expr.Construct) (named map[string][]expr.Expr, problem string) {
	named = map[string][]expr.Expr{}
	rest := e.Operands
	for i, name := range e.Parameters {
		if base, many := strings.CutSuffix(name, "..."); many && i == len(e.Parameters)-1 {
			if len(rest) == 0 {
				return nil, "needs at least one operand for :" + base
			}
			named[base], rest = rest, nil
			break
		}
		if len(rest) == 0 {
			return nil, "needs an operand for :" + name
		}
		named[name], rest = rest[:1], rest[1:]
	}
	if len(rest) > 0 {
		return nil, "has more operands than parameters, which are :" + strings.Join(e.Parameters, ", :")
	}
	return named, ""
}

// standsAlone says whether the bind behind part i is all that stands between
// parentheses or commas.
func standsAlone(parts []expr.TextPart, i int) bool {
	before := strings.TrimSpace(parts[i].SQL)
	after := ""
	if i+1 < len(parts) {
		after = strings.TrimSpace(parts[i+1].SQL)
	}
	return before != "" && strings.IndexByte("(,", before[len(before)-1]) >= 0 &&
		after != "" && strings.IndexByte("),", after[0]) >= 0
}

// isCall says whether a form is the call of a function and nothing else, so
// that it needs no parentheses.
func isCall(t expr.Text) bool {
	depth, seen := 0, false
	for i, part := range t.Parts {
		sql := part.SQL
		if i == 0 {
			n := strings.IndexByte(sql, '(')
			if n < 0 || !isFunctionName(sql[:n]) {
				return false
			}
		}
		if strings.ContainsAny(sql, "'\"`$-/") {
			return false // quotes and comments may hold parentheses
		}
		for _, b := range []byte(sql) {
			if seen {
				return false
			}
			switch b {
			case '(':
				depth++
			case ')':
				depth--
				seen = depth == 0
			}
		}
		if seen && part.Bind != "" {
			return false
		}
	}
	return seen
}
