package mapper

import (
	"testing"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Under -race, the runtime ends the program when it finds what it takes for one
// piece of memory to be several.
func TestABlockOfSeveralAllocations(t *testing.T) {
	type row struct{ a, b, c, d int64 }
	m := &Mapper{flat: true, Size: unsafe.Sizeof(row{})}
	last, rows := new(row), []*row{}
	for range 1000 {
		next := new(row)
		if uintptr(unsafe.Pointer(next)) == uintptr(unsafe.Pointer(last))+m.Size {
			rows = []*row{last, next}
		}
		last = next
	}
	require.NotEmpty(t, rows, "two of them were allocated side by side")
	rows[1].d = 1
	same := make([]row, 2)
	assert.False(t, m.SameBlock(unsafe.Pointer(rows[0]), unsafe.Pointer(&same[0]), 2))
	same[1].d = 1
	assert.True(t, m.SameBlock(unsafe.Pointer(rows[0]), unsafe.Pointer(&same[0]), 2))
}
