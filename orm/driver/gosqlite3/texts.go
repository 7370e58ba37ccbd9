package gosqlite3

import "unsafe"

// texts copies short texts into blocks of memory, because a piece of memory for
// each would cost more than the copy. A block stays as long as one of its texts
// does, so blocks are small.
type texts struct {
	block []byte
	size  int // of the block
}

const (
	shortText  = 32 // bytes; a longer one has memory of its own
	leastBlock = 64
	mostBlock  = 512
)

// copy returns a copy of raw.
func (t *texts) copy(raw []byte) string {
	if len(raw) > shortText || t.size == 0 {
		t.size = max(t.size, leastBlock) // the first may well be the only one
		return string(raw)
	}
	if cap(t.block)-len(t.block) < len(raw) {
		t.block = make([]byte, 0, t.size)
		t.size = min(2*t.size, mostBlock)
	}
	from := len(t.block)
	t.block = append(t.block, raw...)
	return unsafe.String(unsafe.SliceData(t.block[from:]), len(raw))
}
