package orm

import (
	"reflect"
	"unsafe"
)

// rowList is a list of values that grows by whole blocks, so that no value
// moves while it grows.
type rowList struct {
	slice  reflect.Type // of such values
	stride uintptr
	full   []reflect.Value // slices of values
	block  reflect.Value   // the slice that is being filled
	first  unsafe.Pointer  // of the block
	used   int             // of the block
	size   int             // of the block
	total  int             // of those that are full
}

const (
	leastRows = 4
	mostRows  = 512 // in one block
)

// place returns memory for one more value.
func (l *rowList) place() unsafe.Pointer {
	if l.used == l.size {
		l.grow()
	}
	p := unsafe.Add(l.first, uintptr(l.used)*l.stride)
	l.used++
	return p
}

func (l *rowList) grow() {
	if l.size > 0 {
		l.full = append(l.full, l.block)
		l.total += l.size
	}
	l.size = min(max(leastRows, 2*l.size), mostRows)
	l.block = reflect.MakeSlice(l.slice, l.size, l.size)
	l.first, l.used = l.block.UnsafePointer(), 0
}

// joined returns all values in one piece of memory.
func (l *rowList) joined() (unsafe.Pointer, int) {
	if l.full == nil {
		return l.first, l.used
	}
	n := l.total + l.used
	all := reflect.MakeSlice(l.slice, n, n)
	at := 0
	for _, block := range l.full {
		at += reflect.Copy(all.Slice(at, n), block)
	}
	reflect.Copy(all.Slice(at, n), l.block.Slice(0, l.used))
	return all.UnsafePointer(), n
}
