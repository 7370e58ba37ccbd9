package orm

import (
	"errors"
	"fmt"
	"unsafe"

	"github.com/ormlab/ormlab/orm/internal/mapper"
)

// JoinOn says by which conditions the two ends of a relationship belong
// together, where a foreign key alone does not: the primaryjoin of SQLAlchemy.
// It stands beside the models, so that it is said before the first use:
//
//	var _ = orm.JoinOn(&Users.F.BostonAddresses,
//		orm.C(&Users.F.ID).EqExpr(orm.C(&Addresses.F.UserID)), orm.C(&Addresses.F.City).Eq("Boston"))
//
// Columns of both ends may be in it, and of the table between them, if there is
// one, whose keys are joined besides. A relationship from a model to itself
// reads the other end under an alias: other := Users.As("other").
//
// If the conditions say that a foreign key equals what it refers to, that key
// is written, as it is without JoinOn; foreign_key in the tag names it, if the
// schema does not know it. Otherwise the relationship is viewonly.
//
// The error, which every use of the model reports too, says that the
// relationship was used before.
func JoinOn(relationship Handle, conditions ...Cond) error {
	r, err := relationHere(relationship)
	if err != nil {
		return err
	}
	on := and(nil, conditions)
	if on == nil {
		return fmt.Errorf("orm: JoinOn of %s needs a condition", r.Path)
	}
	return late(r.JoinOn(on))
}

// Secondary says which table is between the two ends of a relationship: one
// without a model, or that of a model, for which a tag names it as well. It is
// said of one side, and holds for the one that back_populates names; see
// [JoinOn] for when.
//
//	var followers = orm.NewTable("followers",
//		orm.Column("follower_id", orm.Integer()).PrimaryKey().References("users", "id"), …)
//	var _ = orm.Secondary(&Users.F.Following, followers)
func Secondary(relationship Handle, table Mapped) error {
	r, err := relationHere(relationship)
	if err != nil {
		return err
	}
	t, _, err := table.mapped()
	if err != nil {
		return err
	}
	if !r.Many {
		return fmt.Errorf("orm: Secondary of %s: a table between the ends is for several objects; use orm.Many", r.Path)
	}
	return late(r.JoinBy(t))
}

// relationHere is the relationship of a handle in a prototype, before anybody
// needs to know where it leads.
func relationHere(h Handle) (*mapper.Relation, error) {
	p, offset, err := prototypeAt(unsafe.Pointer(h.anchor()))
	if err != nil {
		return nil, err
	}
	r := p.mapper.RelationAt(offset)
	switch {
	case r == nil:
		return nil, errNotPrototype
	case p.of != nil:
		return nil, errors.New("orm: what joins a relationship is said of the model, not of an alias")
	}
	return r, nil
}

func late(err error) error {
	if err != nil {
		return fmt.Errorf("orm: %w", err)
	}
	return nil
}
