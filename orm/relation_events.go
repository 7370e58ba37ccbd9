package orm

import (
	"fmt"
	"unsafe"

	"github.com/ormlab/ormlab/orm/internal/mapper"
)

// OnAdd calls f when the program has put an object into a collection of the
// model: by the collection itself, or from the other end, which back_populates
// names. It is called once for each object and side, in the middle of the change:
// f may read the handles of both, whose other side follows, but must not change
// the same relationship. What is loaded, or brought back by a rollback, is no
// change. It is said beside the models, before they are used:
//
//	var _ = orm.OnAdd(Users, &Users.F.Comments, func(u *User, c *Comment) { u.Count++ })
//
// The handles of an object that was made without New, and was not added to a
// session, tell when the session comes to know it. The error says that the
// handle is not that of the model's prototype.
func OnAdd[O, T any](owner *Model[O], collection *Many[T], f func(owner *O, item *T)) error {
	return onChange(owner.mapper, collection, func(o, came, _ unsafe.Pointer) {
		if came != nil {
			f((*O)(o), (*T)(came))
		}
	})
}

// OnRemove calls f when the program has taken an object out of a collection, as
// [OnAdd] does.
func OnRemove[O, T any](owner *Model[O], collection *Many[T], f func(owner *O, item *T)) error {
	return onChange(owner.mapper, collection, func(o, _, went unsafe.Pointer) {
		if went != nil {
			f((*O)(o), (*T)(went))
		}
	})
}

// OnSet calls f when the program has set a relationship to one object, as
// [OnAdd] does: now and old are nil if there is none, and old also if it was not
// loaded.
func OnSet[O, T any](owner *Model[O], relationship *One[T], f func(owner *O, now, old *T)) error {
	return onChange(owner.mapper, relationship, func(o, now, old unsafe.Pointer) { f((*O)(o), (*T)(now), (*T)(old)) })
}

func onChange(m *mapper.Mapper, h Handle, f func(owner, came, went unsafe.Pointer)) error {
	r, err := relationHere(h)
	if err != nil {
		return err
	}
	if r.Owner != m {
		return fmt.Errorf("orm: an event of %s was asked for with another model", r.Path)
	}
	r.Changed = append(r.Changed, f)
	return nil
}
