package state

import (
	"slices"
	"unsafe"
)

// growing lets a list of objects become longer one by one, each at most once,
// without a search and a copy every time. It knows the list that it made last
// by its address and length, so whoever replaces that list need not tell.
type growing struct {
	at   *unsafe.Pointer
	n    int
	held map[unsafe.Pointer]struct{}
}

// manyItems is where a search through the list is no longer the faster way.
const manyItems = 16

// grow returns the list with one more object, and whether it was not there. What
// others hold of the list does not change.
func grow(g **growing, list []unsafe.Pointer, item unsafe.Pointer) ([]unsafe.Pointer, bool) {
	if len(list) < manyItems {
		if slices.Contains(list, item) {
			return list, false
		}
		return append(list[:len(list):len(list)], item), true
	}
	if *g == nil {
		*g = &growing{}
	}
	return (*g).add(list, item)
}

func (g *growing) add(list []unsafe.Pointer, item unsafe.Pointer) ([]unsafe.Pointer, bool) {
	if g.at != unsafe.SliceData(list) || g.n != len(list) {
		list = append(make([]unsafe.Pointer, 0, 2*len(list)), list...)
		g.held = setOf(list)
	}
	_, there := g.held[item]
	if !there {
		list = append(list, item)
		g.held[item] = struct{}{}
	}
	g.at, g.n = unsafe.SliceData(list), len(list)
	return list, !there
}

func setOf(list []unsafe.Pointer) map[unsafe.Pointer]struct{} {
	set := make(map[unsafe.Pointer]struct{}, len(list))
	for _, item := range list {
		set[item] = struct{}{}
	}
	return set
}

// distinct is the list with each object once.
func distinct(list []unsafe.Pointer) (once []unsafe.Pointer) {
	var g *growing
	for _, item := range list {
		once, _ = grow(&g, once, item)
	}
	return once
}
