package orm

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/schema"
)

// Metadata is what a database is to hold: tables, of models or without, views
// and sequences. It is filled in by one goroutine, and then safe for several.
type Metadata struct {
	tables    []*schema.Table // reflected, or of mapped
	naming    *schema.Naming  // for what has no name; nil for the database's own names
	views     []*schema.View
	sequences []*schema.Sequence
	listeners []DDLEvents
	errs      []error
}

// NewMetadata returns metadata with those models and tables.
func NewMetadata(models ...Mapped) *Metadata { return new(Metadata).Add(models...) }

// Add adds models and tables. Whatever is wrong with them, or a name that is
// there already, fails everything that uses the metadata.
func (m *Metadata) Add(models ...Mapped) *Metadata {
	for _, model := range models {
		t, _, err := model.mapped()
		if err != nil {
			m.errs = append(m.errs, err)
			continue
		}
		m.addTable(t)
	}
	return m
}

func (m *Metadata) addTable(t *schema.Table) {
	switch other := m.lookup(t.FullName()); {
	case other == t:
	case other != nil:
		m.errs = append(m.errs, fmt.Errorf("orm: two models have the table %s", t.FullName()))
	default:
		m.tables = append(m.tables, t)
	}
}

// Naming gives names to the constraints and indexes of all tables that have
// none, those that are added later included, as in
// Naming(schema.DefaultNaming). A table with a [WithNaming] keeps its own.
func (m *Metadata) Naming(n schema.Naming) *Metadata {
	m.naming = &n
	return m
}

// described are all tables with the names that they have in the database.
func (m *Metadata) described() []*schema.Table {
	list, _ := m.named()
	return list
}

// named is described, with what is wrong with the names.
func (m *Metadata) named() (list []*schema.Table, errs []error) {
	list = m.all()
	if m.naming == nil {
		return list, nil
	}
	for i, t := range list {
		named, err := m.naming.Named(t)
		if err != nil {
			errs = append(errs, fmt.Errorf("orm: naming the constraints: %w", err))
			continue
		}
		list[i] = named
	}
	return list, errs
}

// AddView adds a view: a query that can be read like a table. It must not hold
// values of users.
func (m *Metadata) AddView(name string, query schema.SQL) *Metadata {
	return m.addView(&schema.View{Name: name, SQL: query})
}

func (m *Metadata) addView(v *schema.View) *Metadata {
	if m.lookup(v.FullName()) != nil || slices.ContainsFunc(m.views, func(w *schema.View) bool { return w.FullName() == v.FullName() }) {
		m.errs = append(m.errs, fmt.Errorf("orm: the view %s has the name of another table or view", v.FullName()))
	}
	m.views = append(m.views, v)
	knowView(v.FullName())
	return m
}

// AddSequence adds a sequence that no column names.
func (m *Metadata) AddSequence(s schema.Sequence) *Metadata {
	m.sequences = append(m.sequences, &s)
	return m
}

// DDLEvents are called around the statements that make and remove a table.
// Those that are nil are left out; an error ends the work.
type DDLEvents struct {
	BeforeCreate, AfterCreate, BeforeDrop, AfterDrop func(ctx context.Context, on Executor, t *schema.Table) error
}

// Listen adds functions that CreateAll and DropAll call.
func (m *Metadata) Listen(events DDLEvents) *Metadata {
	m.listeners = append(m.listeners, events)
	return m
}

// Tables returns the tables, each behind those that its foreign keys refer to.
func (m *Metadata) Tables() []*schema.Table { return schema.Sorted(m.described()) }

// Views returns the views, in the order in which they were added.
func (m *Metadata) Views() []*schema.View { return slices.Clone(m.views) }

// Sequences returns the sequences that no column names.
func (m *Metadata) Sequences() []*schema.Sequence { return slices.Clone(m.sequences) }

// Table returns the table of that name for use in statements, or the view if it
// was read from a database. If there is none, what uses it fails and says so.
func (m *Metadata) Table(name string) *Table {
	if t := m.lookup(name); t != nil {
		return &Table{table: t}
	}
	for _, v := range m.views {
		switch {
		case v.FullName() != name:
		case v.Table == nil:
			return &Table{err: fmt.Errorf("orm: the columns of the view %s are not known, because it was declared by its SQL alone: take it from Reflect", name)}
		default:
			return &Table{table: v.Table}
		}
	}
	tables := m.all()
	names := make([]string, len(tables))
	for i, t := range tables {
		names[i] = t.FullName()
	}
	return &Table{err: fmt.Errorf("orm: the metadata has no table %q; it has %s", name, strings.Join(names, ", "))}
}

// all are the tables, and those that their models' relationships need besides.
func (m *Metadata) all() []*schema.Table {
	list := slices.Clone(m.tables)
	for _, t := range m.tables {
		model := mapper.OfTable(t)
		if model == nil || model.Resolve() != nil {
			continue
		}
		for _, made := range model.Secondaries() {
			if !slices.ContainsFunc(list, func(other *schema.Table) bool { return other.FullName() == made.FullName() }) {
				list = append(list, made)
			}
		}
	}
	return list
}

// told says whether an error is in the list already.
func told(errs []error, err error) bool {
	return slices.ContainsFunc(errs, func(other error) bool { return other.Error() == err.Error() })
}

func (m *Metadata) lookup(name string) *schema.Table {
	for _, t := range m.all() {
		if t.FullName() == name {
			return t
		}
	}
	return nil
}

// Err tells all that is wrong with the metadata itself; nil if nothing is.
func (m *Metadata) Err() error {
	_, misnamed := m.named()
	errs := slices.Concat(m.errs, misnamed)
	for _, t := range m.tables {
		if model := mapper.OfTable(t); model != nil {
			if err := usable(model, nil); err != nil && !told(errs, err) {
				errs = append(errs, err)
			}
		}
	}
	for _, t := range m.all() {
		for _, k := range t.AllForeignKeys() {
			if target := m.lookup(t.TargetOf(k)); target != nil {
				errs = append(errs, missingColumns(t, k, target)...)
			}
		}
	}
	if len(errs) == 1 {
		return errs[0]
	}
	return errors.Join(errs...)
}

// missingColumns are those that a foreign key refers to and that are not there.
func missingColumns(t *schema.Table, k *schema.ForeignKey, target *schema.Table) (errs []error) {
	for i, name := range k.Targets {
		if target.Column(name) == nil {
			errs = append(errs, fmt.Errorf("orm: %s.%s refers to %s.%s, which is not a column there",
				t.FullName(), k.Columns[i], target.FullName(), name))
		}
	}
	return errs
}
