package schema

// Named returns a copy of the table in which the convention has given names to
// the constraints and indexes without one. A table that has got its names by a
// convention of its own is returned as it is. It fails where two things get the
// same name.
func (n Naming) Named(t *Table) (*Table, error) {
	if t.named {
		return t, nil
	}
	named := *t
	named.Columns = copies(t.Columns)
	for _, c := range named.Columns {
		if c.References != nil {
			reference := *c.References
			c.References = &reference
		}
	}
	named.Uniques, named.Checks = copies(t.Uniques), copies(t.Checks)
	named.ForeignKeys, named.Indexes = copies(t.ForeignKeys), copies(t.Indexes)
	for _, index := range named.Indexes {
		if index.Name == (Naming{}).index(t, index) { // Define has made it
			index.Name = ""
		}
	}
	n.Apply(&named)
	if err := Define(&named); err != nil {
		return nil, err
	}
	return &named, nil
}

// copies are copies of what a list points to.
func copies[T any](list []*T) []*T {
	out := make([]*T, len(list))
	for i, p := range list {
		one := *p
		out[i] = &one
	}
	return out
}
