package checker

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"
	"unicode"
)

// isSQL says whether a string is SQL: an argument for a parameter that this
// module's packages call sql, alone or joined to others.
func (p *program) isSQL(nodes []ast.Node, lit *ast.BasicLit) bool {
	var x ast.Expr = lit
	for _, n := range nodes {
		switch n := n.(type) {
		case *ast.BinaryExpr, *ast.ParenExpr:
			x = n.(ast.Expr)
		case *ast.CallExpr:
			sig, ok := p.info.TypeOf(n.Fun).(*types.Signature)
			i := slices.Index(n.Args, x)
			if !ok || i < 0 || sig.Params().Len() == 0 {
				return false
			}
			param := sig.Params().At(min(i, sig.Params().Len()-1))
			return param.Name() == "sql" && param.Pkg() != nil && strings.HasPrefix(param.Pkg().Path(), ormPath)
		}
	}
	return false
}

// models are the tables that the program declares, as far as its text tells.
func (p *program) models() (tables []Table) {
	for _, t := range p.tables() {
		names := make([]string, len(t.columns))
		for i, c := range t.columns {
			names[i] = c.name
		}
		tables = append(tables, Table{t.name, names})
	}
	return tables
}

// snakeCase is how the mapper names columns: UserID is user_id.
func snakeCase(name string) string {
	var b strings.Builder
	r := []rune(name)
	upper := func(i int) bool { return i >= 0 && i < len(r) && r[i] >= 'A' && r[i] <= 'Z' }
	for i, c := range r {
		if upper(i) && i > 0 && r[i-1] != '_' && (!upper(i-1) || i+1 < len(r) && !upper(i+1) && r[i+1] != '_') {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(c))
	}
	return b.String()
}

// words are the words of a text of SQL, and its other characters one by one,
// without white space and quotes of names.
func words(sql string) (list []string) {
	start := -1
	for i, r := range sql + " " {
		word := r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r)
		if word && start < 0 {
			start = i
		}
		if !word && start >= 0 {
			list, start = append(list, sql[start:i]), -1
		}
		if !word && !unicode.IsSpace(r) && r != '"' {
			list = append(list, string(r))
		}
	}
	return list
}

// beforeTable says whether the name of a table comes after a word.
func beforeTable(word string) bool {
	switch strings.ToLower(word) {
	case "from", "join", "into", "update", "table":
		return true
	}
	return false
}

// sources are the tables of a statement by the names that it gives them.
func sources(sql string) map[string]string {
	named := map[string]string{}
	list := words(sql)
	for i, word := range list {
		if i == 0 || !beforeTable(list[i-1]) && list[i-1] != "," {
			continue
		}
		named[word] = word
		rest := list[i+1:]
		if len(rest) > 1 && strings.EqualFold(rest[0], "as") {
			rest = rest[1:]
		}
		if len(rest) > 0 {
			named[rest[0]] = word
		}
	}
	return named
}

// sqlItems completes the names of tables and columns in SQL: columns of the
// tables that the statement names, or of all while it names none.
func sqlItems(sql string, at int, tables []Table) (from int, items []Item) {
	before := sql[:at]
	if strings.Count(before, "'")%2 == 1 {
		return at, nil
	}
	from = len(strings.TrimRightFunc(before, func(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }))
	list := words(before[:from])
	last := func(n int) string {
		if n > len(list) {
			return ""
		}
		return list[len(list)-n]
	}
	named := sources(sql)
	switch {
	case last(1) == "." && named[last(2)] != "":
		return from, columnItems(tables, func(name string) bool { return name == named[last(2)] })
	case last(1) == ".":
		return from, columnItems(tables, func(name string) bool { return name == last(2) })
	case beforeTable(last(1)):
		return from, tableItems(tables)
	}
	mentioned := func(name string) bool { return named[name] != "" }
	if !slices.ContainsFunc(tables, func(t Table) bool { return mentioned(t.Name) }) {
		mentioned = func(string) bool { return true }
	}
	return from, append(columnItems(tables, mentioned), tableItems(tables)...)
}

func tableItems(tables []Table) (items []Item) {
	seen := map[string]bool{}
	for _, t := range tables {
		if !seen[t.Name] {
			seen[t.Name] = true
			items = append(items, Item{Label: t.Name, Kind: "table", Detail: strings.Join(t.Columns, ", ")})
		}
	}
	return items
}

func columnItems(tables []Table, want func(string) bool) (items []Item) {
	seen := map[string]bool{}
	for _, t := range tables {
		for _, column := range t.Columns {
			if want(t.Name) && !seen[t.Name+"."+column] {
				seen[t.Name+"."+column] = true
				items = append(items, Item{Label: column, Kind: "column", Detail: t.Name, Boost: 20})
			}
		}
	}
	return items
}
