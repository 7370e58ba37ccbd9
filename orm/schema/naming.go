package schema

import (
	"hash/fnv"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Naming is how constraints and indexes that have no name get one. A pattern
// holds tokens; an empty pattern leaves the name to the database.
//
//	{table}           the table; %(table_name)s in SQLAlchemy
//	{column}          the first column; %(column_0_name)s
//	{columns}         all columns, joined by _; %(column_0_N_name)s
//	{target}          the table that a foreign key refers to; %(referred_table_name)s
//	{target_columns}  the columns there; %(referred_column_0_N_name)s
//	{name}            what a check is called; %(constraint_name)s
type Naming struct {
	PrimaryKey, Unique, Check, ForeignKey, Index string
}

// DefaultNaming gives names such as pk_pets, uq_pets_name, ck_pets_hunger,
// fk_pets_owner_id_owners and ix_pets_species.
var DefaultNaming = Naming{
	PrimaryKey: "pk_{table}",
	Unique:     "uq_{table}_{columns}",
	Check:      "ck_{table}_{name}",
	ForeignKey: "fk_{table}_{columns}_{target}",
	Index:      "ix_{table}_{columns}",
}

// MaxGeneratedName is the length at which a generated name is cut: what all
// databases take.
const MaxGeneratedName = 60

// Apply gives names to the constraints of a table that has not been defined
// yet. The name of a check, and only that, is taken as its {name}.
func (n Naming) Apply(t *Table) {
	t.named = true
	if n.PrimaryKey != "" && t.KeyName == "" && len(t.PrimaryKey()) > 0 {
		t.KeyName = n.fill(n.PrimaryKey, t, parts{columns: keyNames(t)})
	}
	if n.Unique != "" {
		n.uniques(t)
	}
	for i, c := range t.Checks {
		if n.Check != "" {
			t.Checks[i] = &Check{Name: n.check(t, i, c), SQL: c.SQL}
		}
	}
	n.keys(t)
	for _, index := range t.Indexes {
		if index.Name == "" {
			index.Name = n.index(t, index)
		}
	}
}

func (n Naming) uniques(t *Table) {
	for _, u := range t.Uniques {
		if u.Name == "" {
			u.Name = n.fill(n.Unique, t, parts{columns: u.Columns})
		}
	}
	for _, c := range t.Columns {
		if c.Unique {
			c.Unique = false
			t.Uniques = append(t.Uniques, &Unique{Name: n.fill(n.Unique, t, parts{columns: []string{c.Name}}), Columns: []string{c.Name}})
		}
	}
}

func (n Naming) check(t *Table, i int, c *Check) string {
	name := c.Name
	if name == "" {
		name = strconv.Itoa(i + 1)
	}
	return n.fill(n.Check, t, parts{name: name})
}

func (n Naming) keys(t *Table) {
	if n.ForeignKey == "" {
		return
	}
	for _, c := range t.Columns {
		if r := c.References; r != nil && r.Name == "" {
			r.Name = n.Key(t, &ForeignKey{Columns: []string{c.Name}, Table: r.Table, Targets: []string{r.Column}})
		}
	}
	for _, k := range t.ForeignKeys {
		if k.Name == "" {
			k.Name = n.Key(t, k)
		}
	}
}

// Key is the name of a foreign key of t.
func (n Naming) Key(t *Table, k *ForeignKey) string {
	return n.fill(n.ForeignKey, t, parts{columns: k.Columns, target: k.Table, targets: k.Targets})
}

func (n Naming) index(t *Table, index *Index) string {
	pattern := n.Index
	if pattern == "" {
		pattern = DefaultNaming.Index
	}
	columns := index.Columns()
	for _, p := range index.Parts {
		if p.Column == "" {
			columns = append(columns, words(string(p.SQL)))
		}
	}
	return n.fill(pattern, t, parts{columns: columns})
}

// words is an expression with only its letters and digits.
func words(sql string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(sql) {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte('_')
		}
		b.WriteRune(r)
		gap = false
	}
	return b.String()
}

// parts are what the tokens of a pattern stand for.
type parts struct {
	table, target, name string
	columns, targets    []string
}

// token is what a token stands for; ok says whether it is one.
func (p parts) token(name string) (text string, ok bool) {
	switch name {
	case "table":
		return p.table, true
	case "column":
		return strings.Join(p.columns[:min(1, len(p.columns))], ""), true
	case "columns":
		return strings.Join(p.columns, "_"), true
	case "target":
		return p.target, true
	case "target_columns":
		return strings.Join(p.targets, "_"), true
	case "name":
		return p.name, true
	}
	return "", false
}

// fillIn puts names into a pattern. What looks like a token in a name stays.
func (p parts) fillIn(pattern string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(pattern, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, behind, closed := strings.Cut(rest, "}")
		if text, ok := p.token(name); ok && closed {
			b.WriteString(text)
			pattern = behind
		} else {
			b.WriteByte('{')
			pattern = rest
		}
	}
}

func keyNames(t *Table) (names []string) {
	for _, c := range t.PrimaryKey() {
		names = append(names, c.Name)
	}
	return names
}

func (n Naming) fill(pattern string, t *Table, p parts) string {
	p.table = t.Name
	s := p.fillIn(pattern)
	if len(s) <= MaxGeneratedName {
		return s
	}
	// A name that is only cut may be the same as another one.
	h := fnv.New32a()
	h.Write([]byte(s))
	return CutName(s, MaxGeneratedName-9) + "_" + strconv.FormatUint(uint64(h.Sum32()), 16)
}

// CutName cuts a name to a number of bytes, at the end of a character.
func CutName(name string, bytes int) string {
	if len(name) <= bytes {
		return name
	}
	for bytes > 0 && !utf8.RuneStart(name[bytes]) {
		bytes--
	}
	return name[:bytes]
}
