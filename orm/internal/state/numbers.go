package state

import "math/bits"

// numbers finds objects by keys that are one integer: a table with open
// addressing. It holds no pointers, so that the garbage collector passes it by, and
// no keys, which are where the objects are.
type numbers struct {
	slots []place // none, or a power of two of them; 0 is free
	held  int
}

const (
	// leastSlots is the size of the first table.
	leastSlots = 8
	// lineSlots is how many keys that follow one another lie side by side.
	lineSlots = 8
)

// home is the slot in which the search for a key begins. The factor, 2^64 by
// the golden ratio, puts groups of keys that follow one another far apart.
func (x *numbers) home(number int64) int {
	lines := uint(len(x.slots) / lineSlots)
	line := uint64(number>>3) * 0x9E3779B97F4A7C15 >> (64 - bits.Len(lines-1))
	return int(line)*lineSlots + int(number&(lineSlots-1))
}

// find returns the slot that holds the key, or the free one where it belongs.
func (x *numbers) find(k *table, number int64) int {
	for i := x.home(number); ; i = x.next(i) {
		if at := x.slots[i]; at == 0 || k.numberAt(at) == number {
			return i
		}
	}
}

func (x *numbers) next(i int) int { return (i + 1) & (len(x.slots) - 1) }

// get returns where the object with that key is, or 0.
func (x *numbers) get(k *table, number int64) place {
	if x.held == 0 {
		return 0
	}
	return x.slots[x.find(k, number)]
}

// set makes the key lead there.
func (x *numbers) set(k *table, number int64, at place) {
	if 4*(x.held+1) > 3*len(x.slots) {
		x.resize(k, max(2*len(x.slots), leastSlots))
	}
	i := x.find(k, number)
	if x.slots[i] == 0 {
		x.held++
	}
	x.slots[i] = at
}

// expect makes room for n keys, if there is none.
func (x *numbers) expect(k *table, n int) {
	size := leastSlots
	for 3*size < 4*n {
		size *= 2
	}
	if size > len(x.slots) {
		x.resize(k, size)
	}
}

func (x *numbers) resize(k *table, size int) {
	old := x.slots
	x.slots = make([]place, size)
	for _, at := range old {
		if at != 0 {
			x.slots[x.find(k, k.numberAt(at))] = at
		}
	}
}

// remove frees the slot of a key that is held. What lies behind it moves up,
// because a search ends at the first free slot.
func (x *numbers) remove(k *table, number int64) {
	free := x.find(k, number)
	for i := x.next(free); x.slots[i] != 0; i = x.next(i) {
		mask := len(x.slots) - 1
		if way := (i - x.home(k.numberAt(x.slots[i]))) & mask; way >= (i-free)&mask {
			x.slots[free], free = x.slots[i], i
		}
	}
	x.slots[free] = 0
	x.held--
}
