package mapper

import (
	"slices"

	"github.com/ormlab/ormlab/orm/schema"
)

// Inherit makes the mapper that of a class below base: joined if it has a
// table of its own, otherwise its fields are columns of the base's table. It
// comes before all other options, and before the tags of the fields.
func Inherit(d *Definition, base *Mapper, identity any) {
	m := d.mapper
	switch {
	case m == nil:
		d.Fail("Inherits is for models; a table has no classes")
		return
	case base == nil:
		d.Fail("%s: the model that it inherits from is wrong itself", m.Name)
		return
	case base.Inherited == nil:
		d.Fail("%s: %s has no discriminator; declare it with PolymorphicOn", m.Name, base.Name)
		return
	case m.Type.NumField() == 0 || !m.Type.Field(0).Anonymous || m.Type.Field(0).Type != base.Type || m.Type.Field(0).Tag.Get("orm") != "":
		d.Fail("%s: embed %s as the first field, by value and without a tag", m.Name, base.Name)
		return
	}
	m.Inherited = &Inherited{Hierarchy: base.Hierarchy, Base: base}
	if identity != nil {
		identify(d, base.Hierarchy, identity)
	}
	own := takeBase(d, base)
	if d.Table.Name == base.Table.Name && d.Table.Schema == base.Table.Schema {
		share(d, base, own)
	} else {
		joinTo(d, base, own)
	}
	d.fromTags()
}

// takeBase replaces what the embedded struct gave the mapper by what the base
// has, and returns the class's own fields.
func takeBase(d *Definition, base *Mapper) (own []*Field) {
	m := d.mapper
	for _, f := range m.Fields {
		if f.Offset < base.Size {
			continue
		}
		own = append(own, f)
		switch other := base.resolve(f.Column.Name); {
		case f.Column.PrimaryKey:
			d.Fail("%s: the primary key is that of %s", f.Path, base.Name)
		case f.options.version:
			d.Fail("%s: the version belongs to %s, whose row is there for all classes", f.Path, m.Root.Name)
		case other != nil:
			d.Fail("%s: %s has a column %s already; give this one another name", f.Path, base.Name, other.Name)
		}
	}
	m.Fields = append(slices.Clip(base.Fields), own...)
	m.Key, m.KeyIndex, m.Version = base.Key, base.KeyIndex, base.Version
	relations := slices.Clip(base.Relations)
	for _, r := range m.Relations {
		if r.Offset >= base.Size {
			r.Index = len(relations)
			relations = append(relations, r)
		}
	}
	m.Relations = relations
	m.setLoads()
	readWhole(d)
	d.Uniques, d.Indexes, d.Checks = nil, nil, nil
	return own
}

// readWhole checks that all fields are read, which objects of classes are.
func readWhole(d *Definition) {
	for _, f := range slices.Concat(d.mapper.Deferred, d.mapper.Expressions) {
		d.Fail("%s: objects of an inheritance are read whole, and from columns only; leave the field out, or make it a plain one", f.Path)
	}
}

// share puts the class's own columns into the table of the base.
func share(d *Definition, base *Mapper, own []*Field) {
	m, table := d.mapper, base.Table
	d.Table = *table
	d.Columns = slices.Clone(table.Columns)
	d.Uniques, d.Indexes, d.Checks = slices.Clone(table.Uniques), slices.Clone(table.Indexes), slices.Clone(table.Checks)
	for _, f := range own {
		if !f.Column.Nullable {
			d.Fail("%s: %s also has rows of other classes, in which the column is NULL; use orm.Null[%s] or *%s", f.Path, table.FullName(), f.Type, f.Type)
		}
		i := slices.IndexFunc(d.Columns, func(c *schema.Column) bool { return c.Name == f.Column.Name })
		switch {
		case i < 0:
			d.Columns = append(d.Columns, f.Column)
		case d.Columns[i].Type != f.Column.Type:
			d.Fail("%s: %s has a column %s of another type already; give this one another name", f.Path, table.FullName(), f.Column.Name)
		default: // of another class, which shares it
			f.Column = d.Columns[i]
		}
	}
	if parts := base.Parts; parts != nil {
		last := parts[len(parts)-1]
		m.Parts = append(slices.Clip(parts[:len(parts)-1]), &Mapper{Name: m.Name, Type: m.Type, Size: m.Size, alloc: m.alloc,
			Table: table, Key: last.Key, Fields: append(slices.Clip(last.Fields), own...)})
	}
	d.done = func(ok bool) {
		if ok {
			*table = *m.Table
		}
		for _, c := range table.Columns {
			c.Table = table
		}
		if ok {
			m.Table = table
			joinHierarchy(d, base)
		}
	}
}

// joinTo gives the class a table of its own, whose primary key refers to that of
// the base's.
func joinTo(d *Definition, base *Mapper, own []*Field) {
	m := d.mapper
	part := &Mapper{Name: m.Name, Type: m.Type, Size: m.Size, alloc: m.alloc}
	key := &schema.ForeignKey{Schema: base.Table.Schema, Table: base.Table.Name}
	d.Columns = nil
	for _, f := range base.Key {
		at := *f
		at.OmitZero, at.ReadOnly, at.maker, at.updater, at.def = false, false, nil, nil, nil
		at.Column = &schema.Column{Name: f.Column.Name, Type: f.Column.Type, PrimaryKey: true}
		d.Columns = append(d.Columns, at.Column)
		part.Fields, part.Key = append(part.Fields, &at), append(part.Key, &at)
		key.Columns, key.Targets = append(key.Columns, f.Column.Name), append(key.Targets, f.Column.Name)
	}
	if len(base.Key) == 1 {
		d.Columns[0].References = &schema.Reference{Schema: key.Schema, Table: key.Table, Column: key.Targets[0]}
	} else {
		d.ForeignKeys = append(d.ForeignKeys, key)
	}
	for _, f := range own {
		d.Columns = append(d.Columns, f.Column)
	}
	part.Fields = append(part.Fields, own...)
	m.Parts = append(slices.Clip(base.Parts), part)
	if base.Parts == nil {
		m.Parts = []*Mapper{base, part}
	}
	d.done = func(ok bool) {
		if ok {
			part.Table = m.Table
			joinHierarchy(d, base)
		}
	}
}

// joinHierarchy ends the declaration of a class.
func joinHierarchy(d *Definition, base *Mapper) {
	d.mapper.Generated = base.Generated
	addClass(d.mapper.Hierarchy, d.mapper)
}
