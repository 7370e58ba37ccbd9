package expr

import (
	"strconv"

	"github.com/ormlab/ormlab/orm/schema"
)

// ResultNames returns the name of each column of a result: its label, the
// column's own name, or one made from the function's, such as count_1. No two
// are equal unless labels are. The name of a [Text] is empty: only the database
// knows it.
func ResultNames(columns []Expr) []string {
	names := make([]string, len(columns))
	taken := map[string]bool{}
	for i, e := range columns {
		if l, ok := e.(Label); ok {
			names[i] = l.Name
			taken[l.Name] = true
		}
	}
	for i, e := range columns {
		if names[i] != "" {
			continue
		}
		if names[i] = nameFor(e, taken); names[i] != "" {
			taken[names[i]] = true
		}
	}
	return names
}

// nameFor is the first name for e that is not taken.
func nameFor(e Expr, taken map[string]bool) string {
	base, numbered := baseName(e)
	if base == "" || !numbered && !taken[base] {
		return base
	}
	for n := 1; ; n++ {
		number := "_" + strconv.Itoa(n)
		if name := schema.CutName(base, schema.MaxGeneratedName-len(number)) + number; !taken[name] {
			return name
		}
	}
}

// baseName is what the name of e begins with, and whether a number always
// follows.
func baseName(e Expr) (base string, numbered bool) {
	switch e := e.(type) {
	case Column:
		if e.Column != nil {
			return e.Name, false
		}
	case Excluded:
		if e.Column != nil {
			return e.Name, false
		}
	case Coerce:
		return baseName(e.Operand)
	case Cast:
		if c, ok := e.Operand.(Column); ok {
			return baseName(c)
		}
	case Func:
		return lastPart(e.Name), true
	case Construct:
		return lastPart(e.Name), true
	case Text:
		return "", false
	}
	return "anon", true
}

// lastPart is what stands behind the last dot.
func lastPart(name string) string {
	for i := len(name) - 1; i >= 0; i-- {
		if name[i] == '.' {
			return name[i+1:]
		}
	}
	return name
}

// ResultColumns describes the columns of the rows that a statement returns;
// nil if the tree does not tell.
func ResultColumns(s Stmt) []*schema.Column {
	switch s := s.(type) {
	case Select:
		return describe(s.Columns)
	case Compound:
		if len(s.Operands) > 0 {
			return ResultColumns(s.Operands[0])
		}
	case Insert:
		return describe(s.Returning)
	case Update:
		return describe(s.Returning)
	case Delete:
		return describe(s.Returning)
	case Text:
		return s.Columns
	}
	return nil
}

func describe(columns []Expr) []*schema.Column {
	list := make([]*schema.Column, len(columns))
	for i, name := range ResultNames(columns) {
		list[i] = &schema.Column{Name: name, Type: TypeOf(columns[i]), Nullable: true}
	}
	return list
}

// ResultTypes are the types of the columns of the rows that a statement
// returns; nil if the tree does not tell.
func ResultTypes(s Stmt) []schema.Type {
	switch s := s.(type) {
	case Select:
		return typesOf(s.Columns)
	case Compound:
		if len(s.Operands) > 0 {
			return ResultTypes(s.Operands[0])
		}
	case Insert:
		return typesOf(s.Returning)
	case Update:
		return typesOf(s.Returning)
	case Delete:
		return typesOf(s.Returning)
	case Text:
		types := make([]schema.Type, len(s.Columns))
		for i, c := range s.Columns {
			types[i] = c.Type
		}
		return types
	}
	return nil
}

func typesOf(columns []Expr) []schema.Type {
	types := make([]schema.Type, len(columns))
	for i, e := range columns {
		types[i] = TypeOf(e)
	}
	return types
}
