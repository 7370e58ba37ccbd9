package mapper

import (
	"fmt"
	"strings"
)

// RelationOptions is what the tag of a handle says.
type RelationOptions struct {
	Cascade Cascade
	// ViewOnly relationships are read, and never written.
	ViewOnly bool
	// PassiveDeletes leaves what is not loaded to the database's ON DELETE.
	PassiveDeletes bool
	// PostUpdate writes the foreign key by an UPDATE of its own, behind the
	// INSERTs and before the DELETEs.
	PostUpdate bool
	// WriteOnly collections are changed, and never read into the handle.
	WriteOnly bool

	back, secondary string
	keys, order     []string
	position        string
}

// Cascade is a set of what is done to the other side too.
type Cascade uint8

// The cascades.
const (
	SaveUpdate    Cascade = 1 << iota // what is put into a session
	Merge                             // what is merged
	RefreshExpire                     // what is refreshed or expired
	Expunge                           // what is taken out of a session
	Delete                            // what is deleted
	DeleteOrphan                      // delete what is taken out of the collection

	cascadeAll = SaveUpdate | Merge | RefreshExpire | Expunge | Delete
)

// Has says whether all of c are in the set.
func (c Cascade) Has(other Cascade) bool { return c&other == other }

// cascadeNamed is the cascade of that name.
func cascadeNamed(name string) (c Cascade, ok bool) {
	names := [...]string{"save-update", "merge", "refresh-expire", "expunge", "delete", "delete-orphan"}
	for i, other := range names {
		if name == other {
			return 1 << i, true
		}
	}
	if name == "all" {
		return cascadeAll, true
	}
	return 0, name == "none"
}

const knownRelationOptions = "back_populates, cascade, foreign_key, order_by, passive_deletes, position, post_update, secondary, viewonly, write_only"

// parse reads the tag of a handle.
func (r *Relation) parse(tag string) error {
	r.Cascade = SaveUpdate | Merge
	parts, err := splitTag(tag)
	if err != nil {
		return err
	}
	for _, part := range parts {
		key, value, _ := strings.Cut(part, ":")
		if err := r.set(strings.TrimSpace(key), unquote(value)); err != nil {
			return fmt.Errorf("tag %q: %w", tag, err)
		}
	}
	switch {
	case r.Cascade.Has(DeleteOrphan) && !r.Cascade.Has(Delete):
		return fmt.Errorf("tag %q: cascade delete-orphan needs delete, as in cascade:all delete-orphan", tag)
	case !r.Many && r.order != nil:
		return fmt.Errorf("tag %q: order_by is for several objects; an orm.One has one", tag)
	case !r.Many && r.secondary != "":
		return fmt.Errorf("tag %q: secondary is for several objects; use orm.Many", tag)
	case !r.Many && (r.WriteOnly || r.position != ""):
		return fmt.Errorf("tag %q: write_only and position are for several objects; an orm.One has one", tag)
	case r.position != "" && (r.WriteOnly || r.ViewOnly || r.secondary != ""):
		return fmt.Errorf("tag %q: position is for objects that the collection reads and writes, and that have the foreign key themselves", tag)
	case r.WriteOnly && r.ViewOnly:
		return fmt.Errorf("tag %q: a collection is write_only or viewonly", tag)
	}
	return nil
}

func (r *Relation) set(key, value string) error {
	flags := map[string]*bool{"viewonly": &r.ViewOnly, "passive_deletes": &r.PassiveDeletes, "post_update": &r.PostUpdate, "write_only": &r.WriteOnly}
	if flag := flags[key]; flag != nil {
		if value != "" {
			return fmt.Errorf("%s takes no value", key)
		}
		*flag = true
		return nil
	}
	words := strings.FieldsFunc(value, func(c rune) bool { return c == ' ' || c == ',' })
	switch key {
	case "back_populates", "secondary", "foreign_key", "order_by", "cascade", "position":
		if len(words) == 0 {
			return fmt.Errorf("%s needs a value, as in %s:…", key, key)
		}
	default:
		return fmt.Errorf("unknown option %q of a relationship; known are %s", key, knownRelationOptions)
	}
	switch key {
	case "back_populates":
		r.back = value
	case "secondary":
		r.secondary = value
	case "foreign_key":
		r.keys = words
	case "order_by":
		r.order = words
	case "position":
		r.position = value
	case "cascade":
		return r.setCascade(words)
	}
	return nil
}

func (r *Relation) setCascade(words []string) error {
	r.Cascade = 0
	for _, word := range words {
		c, ok := cascadeNamed(word)
		if !ok {
			return fmt.Errorf("cascade:%s is not one of all, delete, delete-orphan, expunge, merge, none, refresh-expire, save-update", word)
		}
		r.Cascade |= c
	}
	return nil
}
