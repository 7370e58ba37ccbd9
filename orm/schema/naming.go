package schema

import (
	"hash/fnv"
	"strconv"
	"strings"
)

// Naming is how constraints and indexes that have no name get one. A pattern
// holds the tokens {table}, {columns} (joined by _), {target} (the table that a
// foreign key refers to) and {name} (what a check is called); an empty pattern
// leaves the name to the database.
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
	if n.PrimaryKey != "" && t.KeyName == "" && len(t.PrimaryKey()) > 0 {
		t.KeyName = n.fill(n.PrimaryKey, t, nil, "", "")
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
			u.Name = n.fill(n.Unique, t, u.Columns, "", "")
		}
	}
	for _, c := range t.Columns {
		if c.Unique {
			c.Unique = false
			t.Uniques = append(t.Uniques, &Unique{Name: n.fill(n.Unique, t, []string{c.Name}, "", ""), Columns: []string{c.Name}})
		}
	}
}

func (n Naming) check(t *Table, i int, c *Check) string {
	name := c.Name
	if name == "" {
		name = strconv.Itoa(i + 1)
	}
	return n.fill(n.Check, t, nil, "", name)
}

func (n Naming) keys(t *Table) {
	if n.ForeignKey == "" {
		return
	}
	for _, c := range t.Columns {
		if r := c.References; r != nil && r.Name == "" {
			r.Name = n.fill(n.ForeignKey, t, []string{c.Name}, r.Table, "")
		}
	}
	for _, k := range t.ForeignKeys {
		if k.Name == "" {
			k.Name = n.fill(n.ForeignKey, t, k.Columns, k.Table, "")
		}
	}
}

// Key is the name of a foreign key of t.
func (n Naming) Key(t *Table, k *ForeignKey) string {
	return n.fill(n.ForeignKey, t, k.Columns, k.Table, "")
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
	return n.fill(pattern, t, columns, "", "")
}

// words is an expression with only its letters and digits.
func words(sql string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(sql), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	}), "_")
}

func (n Naming) fill(pattern string, t *Table, columns []string, target, name string) string {
	s := strings.NewReplacer("{table}", t.Name, "{columns}", strings.Join(columns, "_"), "{target}", target, "{name}", name).Replace(pattern)
	if len(s) <= MaxGeneratedName {
		return s
	}
	// A name that is only cut may be the same as another one.
	h := fnv.New32a()
	h.Write([]byte(s))
	return strings.ToValidUTF8(s[:MaxGeneratedName-9], "") + "_" + strconv.FormatUint(uint64(h.Sum32()), 16)
}
