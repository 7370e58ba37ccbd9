package orm

import (
	"unsafe"

	"github.com/ormlab/ormlab/orm/internal/state"
)

// endGroup is what was found under one key.
type endGroup struct{ items []unsafe.Pointer }

// endGroups are those of one relationship.
type endGroups struct {
	numbers map[int64]*endGroup // of keys that are one integer, which a map finds faster
	others  map[state.Key]*endGroup
	last    *endGroup // that got an object
}

// mostLike is how much room a group gets because the one before it had so many.
const mostLike = 32

// put adds an object to a group. Mostly a group is complete before the next one
// begins, and they are of like sizes.
func (g *endGroups) put(group *endGroup, object unsafe.Pointer) {
	if group.items == nil && g.last != nil {
		group.items = make([]unsafe.Pointer, 0, min(len(g.last.items), mostLike))
	}
	group.items, g.last = append(group.items, object), group
}

// of returns the group of a key; nil if there is none.
func (g *endGroups) of(key state.Key) *endGroup {
	if n, ok := key.Number(); ok {
		return g.numbers[n]
	}
	return g.others[key]
}

// add makes a group for a key.
func (g *endGroups) add(key state.Key) *endGroup {
	group := &endGroup{}
	n, ok := key.Number()
	switch {
	case ok && g.numbers == nil:
		g.numbers = map[int64]*endGroup{n: group}
	case ok:
		g.numbers[n] = group
	case g.others == nil:
		g.others = map[state.Key]*endGroup{key: group}
	default:
		g.others[key] = group
	}
	return group
}
