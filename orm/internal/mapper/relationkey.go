package mapper

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ormlab/ormlab/orm/schema"
)

// joint is a foreign key between two models, as fields in pairs.
type joint struct{ referring, referred []*Field }

// joints are the foreign keys by which one model refers to another.
func joints(referring, referred *Mapper) (list []joint) {
	referring.Tables(func(t *schema.Table) bool {
		list = append(list, jointsIn(t, referring, referred)...)
		return false
	})
	return list
}

// jointsIn are those in one table of the referring model.
func jointsIn(t *schema.Table, referring, referred *Mapper) (list []joint) {
	for _, key := range t.AllForeignKeys() {
		if !referred.Tables(func(target *schema.Table) bool { return t.TargetOf(key) == target.FullName() }) || inherits(referring, t, key) {
			continue
		}
		var j joint
		for i, name := range key.Columns {
			from, to := referring.fieldNamed(name), referred.fieldNamed(key.Targets[i])
			if from == nil || to == nil {
				break
			}
			j.referring, j.referred = append(j.referring, from), append(j.referred, to)
		}
		if len(j.referring) == len(key.Columns) {
			list = append(list, j)
		}
	}
	return list
}

// findKey finds the foreign key of a relation without a secondary table. One
// of several objects has it on the other side; one of one object has it on its
// own side, if it is there at all.
func (r *Relation) findKey() error {
	here, there := joints(r.Owner, r.Target), joints(r.Target, r.Owner)
	keys := r.keys
	if keys == nil {
		keys = r.keysOfBack()
	}
	if keys != nil {
		return r.findNamed(keys, here, there)
	}
	if !r.Many && len(here) > 0 {
		return r.choose(ManyToOne, here)
	}
	if len(there) > 0 {
		return r.choose(OneToMany, there)
	}
	if r.Many {
		return r.errorf("no foreign key leads from %s to %s; tag the field of %s that holds the key with foreign_key:%s.%s, or name a table between them with secondary",
			r.Target.Table.FullName(), r.Owner.Table.FullName(), r.Target.Name, r.Owner.Table.FullName(), keyName(r.Owner))
	}
	return r.errorf("no foreign key leads from %s to %s, or back; tag the field of %s that holds the key with foreign_key:%s.%s",
		r.Owner.Table.FullName(), r.Target.Table.FullName(), r.Owner.Name, r.Target.Table.FullName(), keyName(r.Target))
}

// keysOfBack is what the other side says of the key.
func (r *Relation) keysOfBack() []string {
	if r.back == "" {
		return nil
	}
	if back := r.Target.relation(r.back); back != nil {
		return back.keys
	}
	return nil
}

func keyName(m *Mapper) string {
	if len(m.Key) == 0 {
		return "id"
	}
	return m.Key[0].Column.Name
}

func (r *Relation) choose(d Direction, list []joint) error {
	if len(list) > 1 {
		holder := r.Owner
		if d == OneToMany {
			holder = r.Target
		}
		names := make([]string, len(list))
		for i, j := range list {
			names[i] = strings.ReplaceAll(paths(j.referring), holder.Name+".", "")
		}
		return r.errorf("several foreign keys could be meant: %s of %s; say which with foreign_key:%s", strings.Join(names, "; "), holder.Name, names[0])
	}
	r.take(d, list[0])
	return nil
}

func (r *Relation) take(d Direction, j joint) {
	r.Direction = d
	if d == ManyToOne {
		r.Local, r.Remote = j.referring, j.referred
	} else {
		r.Local, r.Remote = j.referred, j.referring
	}
}

// findNamed finds the key that foreign_key names by the fields that hold it.
func (r *Relation) findNamed(keys []string, here, there []joint) error {
	if !r.Many {
		if fields := r.Owner.allNamed(keys); fields != nil {
			return r.takeNamed(ManyToOne, fields, here, r.Target)
		}
	}
	if fields := r.Target.allNamed(keys); fields != nil {
		return r.takeNamed(OneToMany, fields, there, r.Owner)
	}
	where := r.Target.Name
	if !r.Many {
		where = r.Owner.Name + " or " + r.Target.Name
	}
	return r.errorf("foreign_key:%s: %s has no such mapped field", strings.Join(keys, " "), where)
}

// takeNamed takes the foreign key of those fields. Without one in the schema
// they are taken to refer to the primary key.
func (r *Relation) takeNamed(d Direction, fields []*Field, list []joint, referred *Mapper) error {
	for _, j := range list {
		if sameFields(j.referring, fields) {
			r.take(d, j)
			return nil
		}
	}
	if len(fields) != len(referred.Key) {
		return r.errorf("foreign_key: %s cannot refer to the primary key of %s, which has %d columns", paths(fields), referred.Name, len(referred.Key))
	}
	for i, f := range fields {
		if a, b := f.Column.Type, referred.Key[i].Column.Type; a.Kind != b.Kind && !(a.IsInteger() && b.IsInteger()) && !(a.IsText() && b.IsText()) {
			return r.errorf("foreign_key: %s is %s, %s is %s", f.Path, a, referred.Key[i].Path, b)
		}
	}
	r.take(d, joint{fields, referred.Key})
	return nil
}

func sameFields(a, b []*Field) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(f *Field) bool { return !slices.Contains(b, f) })
}

// allNamed returns the fields of those names; nil if one is not there.
func (m *Mapper) allNamed(names []string) []*Field {
	fields := make([]*Field, len(names))
	for i, name := range names {
		if fields[i] = m.fieldNamed(name); fields[i] == nil {
			return nil
		}
	}
	return fields
}

// findSecondary finds, or makes, the table between the two sides.
func (r *Relation) findSecondary() error {
	r.Direction = ManyToMany
	t := r.table
	if t == nil {
		t = declaredTable(r.secondary)
	}
	if t == nil {
		var err error
		if t, err = r.makeSecondary(); err != nil {
			return err
		}
	}
	r.Secondary = t
	own, other := linksTo(t, r.Owner), linksTo(t, r.Target)
	if r.Owner == r.Target {
		if len(own) < 2 {
			return r.errorf("secondary:%s: the table needs two foreign keys to %s", r.secondary, r.Owner.Table.FullName())
		}
		return r.chooseLinks(own)
	}
	if len(r.keys) > 0 {
		own = slices.DeleteFunc(own, func(l link) bool { return !l.named(r.keys) })
	}
	if len(own) != 1 || len(other) != 1 {
		return r.errorf("secondary:%s: the table needs one foreign key to %s and one to %s; it has %d and %d",
			r.secondary, r.Owner.Table.FullName(), r.Target.Table.FullName(), len(own), len(other))
	}
	r.takeLinks(own[0], other[0])
	return nil
}

// link is a foreign key of a secondary table.
type link struct {
	columns []*schema.Column
	fields  []*Field
}

func (l link) named(names []string) bool {
	return len(l.columns) == len(names) && !slices.ContainsFunc(l.columns, func(c *schema.Column) bool {
		return !slices.ContainsFunc(names, func(name string) bool { return c.Name == name || c.Name == SnakeCase(name) })
	})
}

func linksTo(t *schema.Table, m *Mapper) (list []link) {
	for _, key := range t.AllForeignKeys() {
		if !m.Tables(func(target *schema.Table) bool { return t.TargetOf(key) == target.FullName() }) {
			continue
		}
		var l link
		for i, name := range key.Columns {
			c, f := t.Column(name), m.fieldNamed(key.Targets[i])
			if c == nil || f == nil {
				break
			}
			l.columns, l.fields = append(l.columns, c), append(l.fields, f)
		}
		if len(l.columns) == len(key.Columns) {
			list = append(list, l)
		}
	}
	return list
}

func (r *Relation) takeLinks(own, other link) {
	r.Local, r.LocalLink = own.fields, own.columns
	r.Remote, r.RemoteLink = other.fields, other.columns
}

// chooseLinks tells the two ends of a table apart that joins a model to itself:
// foreign_key names the columns that hold this end.
func (r *Relation) chooseLinks(links []link) error {
	keys, mine := r.keys, true
	if keys == nil {
		keys, mine = r.keysOfBack(), false
	}
	at := slices.IndexFunc(links, func(l link) bool { return l.named(keys) })
	if at < 0 || len(links) != 2 {
		return r.errorf("secondary:%s joins %s to itself; say with foreign_key which of its columns hold the %s that has this relationship", r.secondary, r.Owner.Name, r.Owner.Name)
	}
	if own, other := links[at], links[1-at]; mine {
		r.takeLinks(own, other)
	} else {
		r.takeLinks(other, own)
	}
	return nil
}

// makeSecondary makes the table between the two sides, once for both of them.
func (r *Relation) makeSecondary() (*schema.Table, error) {
	ends := [2]secondaryEnd{{r.Owner, r.keys}, {r.Target, nil}}
	if back := r.Target.relation(r.back); back != nil {
		ends[1].keys = back.keys
	}
	switch {
	case r.Owner == r.Target && ends[0].keys == nil && ends[1].keys == nil:
		return nil, r.errorf("secondary:%s joins %s to itself; name its column that holds the %s which has this relationship, as in foreign_key:%s_id",
			r.secondary, r.Owner.Name, r.Owner.Name, SnakeCase(r.Owner.Name))
	case r.Owner == r.Target && ends[0].keys == nil:
		ends[0].keys = otherKeys(r.Owner, r.Name)
	case r.Owner == r.Target && ends[1].keys == nil:
		ends[1].keys = otherKeys(r.Owner, r.Name)
	}
	if r.Owner.Name > r.Target.Name {
		ends[0], ends[1] = ends[1], ends[0]
	}
	t := &schema.Table{Schema: r.Owner.Table.Schema, Name: r.secondary}
	for _, end := range ends {
		if err := end.addTo(t); err != nil {
			return nil, r.errorf("secondary:%s: %w", r.secondary, err)
		}
	}
	name := r.Owner.Name + " " + r.Target.Name + " " + t.FullName()
	if r.Owner.Name > r.Target.Name {
		name = r.Target.Name + " " + r.Owner.Name + " " + t.FullName()
	}
	if made := registry.secondaries[name]; made != nil && sameColumns(made, t) {
		return made, nil
	}
	if err := schema.Define(t); err != nil {
		return nil, r.errorf("secondary:%s: %w", r.secondary, err)
	}
	if registry.secondaries == nil {
		registry.secondaries = map[string]*schema.Table{}
	}
	registry.secondaries[name] = t
	return t, nil
}

// otherKeys names the columns of the end that no tag names.
func otherKeys(m *Mapper, name string) []string {
	keys := make([]string, len(m.Key))
	for i, f := range m.Key {
		keys[i] = SnakeCase(name) + "_" + f.Column.Name
	}
	return keys
}

func sameColumns(a, b *schema.Table) bool {
	return slices.EqualFunc(a.Columns, b.Columns, func(x, y *schema.Column) bool { return x.Name == y.Name && x.Type == y.Type })
}

// secondaryEnd is one end of a table that is made.
type secondaryEnd struct {
	m    *Mapper
	keys []string
}

// addTo adds the columns that refer to the end.
func (e secondaryEnd) addTo(t *schema.Table) error {
	names := e.keys
	if names == nil {
		names = otherKeys(e.m, e.m.Name)
	}
	if len(names) != len(e.m.Key) {
		return fmt.Errorf("foreign_key:%s: the primary key of %s has %d columns", strings.Join(names, " "), e.m.Name, len(e.m.Key))
	}
	key := &schema.ForeignKey{Schema: e.m.Table.Schema, Table: e.m.Table.Name, Actions: schema.Actions{OnDelete: schema.Cascade}}
	for i, f := range e.m.Key {
		name := SnakeCase(names[i])
		t.Columns = append(t.Columns, &schema.Column{Name: name, Type: f.Column.Type, PrimaryKey: true})
		key.Columns, key.Targets = append(key.Columns, name), append(key.Targets, f.Column.Name)
	}
	if len(key.Columns) == 1 {
		t.Columns[len(t.Columns)-1].References = &schema.Reference{Schema: key.Schema, Table: key.Table, Column: key.Targets[0], Actions: key.Actions}
		return nil
	}
	t.ForeignKeys = append(t.ForeignKeys, key)
	return nil
}

// secondaryTables are the tables that were made for the mapper's relations.
func (m *Mapper) secondaryTables() (list []*schema.Table) {
	for _, r := range m.Relations {
		if r.Secondary != nil && r.table == nil && declaredTable(r.Secondary.FullName()) == nil && !slices.Contains(list, r.Secondary) {
			list = append(list, r.Secondary)
		}
	}
	return list
}
