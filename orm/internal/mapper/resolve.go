package mapper

import (
	"fmt"
	"slices"
	"sync/atomic"
)

// resolution is how far a mapper's relations are known.
type resolution struct {
	done       atomic.Bool
	generation int64 // of the registry, when it last failed
	wrong      error
	late       error // said of a relationship after it was used
}

// Resolve completes the relations of the mapper and of all models that they
// lead to. They may refer to each other in a circle, so this can only happen
// when all are declared: at the first use. The error lists all that is wrong.
func (m *Mapper) Resolve() error {
	if len(m.Relations) == 0 || m.resolution.done.Load() {
		return nil
	}
	registry.Lock()
	defer registry.Unlock()
	return m.Machinery.resolve(m)
}

func (m *Mapper) resolve1() error {
	state := &m.resolution
	generation := registry.generation.Load()
	switch {
	case state.done.Load():
		return nil
	case state.late != nil:
		return state.late
	case state.wrong != nil && state.generation == generation:
		return state.wrong
	}
	group := m.connected()
	var errs []error
	for _, other := range group {
		for _, r := range ownRelations(other) {
			if r.wrong = r.find(); r.wrong != nil {
				errs = append(errs, r.wrong)
			}
		}
	}
	for _, other := range group {
		for _, r := range ownRelations(other) {
			if r.wrong != nil {
				continue
			}
			if err := r.match(); err != nil {
				errs = append(errs, err)
			}
		}
	}
	var wrong error
	if errs != nil {
		wrong = fmt.Errorf("relationships:\n\t%w", indented(errs))
	}
	for _, other := range group {
		other.resolution.wrong, other.resolution.generation = wrong, generation
		other.resolution.done.Store(wrong == nil)
	}
	return wrong
}

// connected are the mapper and those that its relations lead to.
func (m *Mapper) connected() []*Mapper {
	group := []*Mapper{m}
	for i := 0; i < len(group); i++ {
		next := family(group[i])
		for _, r := range group[i].Relations {
			next = append(next, Declared(r.TargetType)...)
		}
		for _, m := range next {
			if !slices.Contains(group, m) {
				group = append(group, m)
			}
		}
	}
	return group
}

// family are the other classes of the hierarchy.
func family(m *Mapper) []*Mapper {
	if m.Inherited == nil {
		return nil
	}
	return slices.Clone(m.Classes)
}

// ownRelations are those that are not the base's.
func ownRelations(m *Mapper) []*Relation {
	if m.Inherited == nil || m.Base == nil {
		return m.Relations
	}
	return m.Relations[len(m.Base.Relations):]
}

// find completes what the relation's own side says.
func (r *Relation) find() error {
	switch targets := Declared(r.TargetType); len(targets) {
	case 1:
		r.Target = targets[0]
	case 0:
		return r.errorf("%s is not a declared model, or its mapping is wrong: see orm.Declare", r.TargetType)
	default:
		return r.errorf("%s is declared for several tables; declare each with a struct type of its own", r.TargetType)
	}
	if back := r.Target.relation(r.back); back != nil && back.table != nil && r.secondary == "" {
		r.table, r.secondary = back.table, back.secondary
	}
	var err error
	switch {
	case r.joined != nil:
		err = r.joined(r)
	case r.secondary != "":
		err = r.findSecondary()
	default:
		err = r.findKey()
	}
	if err != nil {
		return err
	}
	r.ByKey = slices.Equal(r.Remote, r.Target.Key) && r.On == nil
	if r.Cascade.Has(DeleteOrphan) && r.Direction != OneToMany {
		return r.errorf("cascade delete-orphan is for the side whose objects belong to one parent; here a %s may have several", r.Target.Name)
	}
	return r.findOrder()
}

// findOrder reads order_by: fields, each with asc or desc behind it or not.
func (r *Relation) findOrder() error {
	r.Order = nil
	for _, word := range r.order {
		if (word == "desc" || word == "asc") && len(r.Order) > 0 {
			r.Order[len(r.Order)-1].Descending = word == "desc"
			continue
		}
		f := r.Target.fieldNamed(word)
		if f == nil {
			return r.errorf("order_by:%s: %s has no mapped field %s", word, r.Target.Name, word)
		}
		r.Order = append(r.Order, RelationOrder{Field: f})
	}
	return r.findPosition()
}

// findPosition finds the field that keeps the order, which is that of reading,
// too, unless the tag says another.
func (r *Relation) findPosition() error {
	if r.position == "" {
		return nil
	}
	f := r.Target.fieldNamed(r.position)
	switch {
	case f == nil:
		return r.errorf("position:%s: %s has no mapped field %s", r.position, r.Target.Name, r.position)
	case !f.Column.Type.IsInteger() || f.Column.PrimaryKey:
		return r.errorf("position:%s: %s is to hold places, from 0, so it must be an integer, and not the primary key", r.position, f.Path)
	case r.Direction != OneToMany || r.ViewOnly:
		return r.errorf("position:%s: the objects must have the foreign key of the collection, which writes their places", r.position)
	}
	if r.Position = f; r.Order == nil {
		r.Order = []RelationOrder{{Field: f}}
	}
	return nil
}

// fieldNamed returns the field of that name, or of the column of that name.
func (m *Mapper) fieldNamed(name string) *Field {
	if c := m.resolve(name); c != nil {
		return m.FieldOf(c)
	}
	return nil
}

// match joins the relation to the one that it names on the other side.
func (r *Relation) match() error {
	r.Back = nil
	if r.back == "" {
		return nil
	}
	back := r.Target.relation(r.back)
	switch {
	case back == nil:
		return r.errorf("back_populates:%s: %s has no relationship %s", r.back, r.Target.Name, r.back)
	case back.TargetType != r.Owner.Type:
		return r.errorf("back_populates:%s: %s leads to %s, not to %s", r.back, back.Path, back.TargetType.Name(), r.Owner.Name)
	case back.back != r.Name:
		return r.errorf("back_populates:%s: %s does not say back_populates:%s", r.back, back.Path, r.Name)
	case back.wrong != nil:
		return nil // it has its say
	case back.Target != r.Owner:
		return r.errorf("back_populates:%s: %s leads to another table of %s", r.back, back.Path, r.Owner.Name)
	case !opposite(r, back):
		return r.errorf("back_populates:%s: %s and %s are not the two sides of one relationship: %s, %s",
			r.back, r.Path, back.Path, r.describe(), back.describe())
	}
	r.Back = back
	return nil
}

// opposite says whether two relations use the same key in opposite directions.
func opposite(r, back *Relation) bool {
	if r.Direction == ManyToMany {
		return back.Direction == ManyToMany && r.Secondary == back.Secondary &&
			slices.Equal(r.LocalLink, back.RemoteLink) && slices.Equal(r.RemoteLink, back.LocalLink)
	}
	return r.Direction+back.Direction == OneToMany+ManyToOne && r.Direction != back.Direction &&
		slices.Equal(r.Local, back.Remote) && slices.Equal(r.Remote, back.Local)
}

// describe says in words by which columns a relation leads where.
func (r *Relation) describe() string {
	if r.Direction == ManyToMany {
		return fmt.Sprintf("%s goes through %s", r.Path, r.Secondary.FullName())
	}
	return fmt.Sprintf("%s goes from %s to %s", r.Path, paths(r.Local), paths(r.Remote))
}

func paths(fields []*Field) string {
	s := ""
	for i, f := range fields {
		if i > 0 {
			s += ", "
		}
		s += f.Path
	}
	return s
}
