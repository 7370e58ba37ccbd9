package engine

import (
	"io"
	"iter"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/vfs"
)

// chunkSize is the unit in which a file's memory grows: small enough for many
// small databases, large enough that a large one is few chunks.
const chunkSize = 64 << 10

// file is a database, or a temporary file of SQLite, in memory. Its lock is
// SQLite's usual protocol, except that nobody ever waits: who cannot have the
// lock is told so at once, because the engine must not block.
type file struct {
	store    *store
	name     string // "" for a temporary file
	chunks   []*[chunkSize]byte
	shared   *image // whose chunks must not be written, if there is one: the last mark's
	saved    *image // likewise, of a change that may have to be undone
	size     int64
	open     int // handles
	readers  int
	reserved bool
	pending  bool
}

// pieces yields the content in order.
func (f *file) pieces() iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		left := f.size
		for _, chunk := range f.chunks {
			n := min(left, chunkSize)
			if left -= n; n > 0 && !yield(chunk[:n]) {
				return
			}
		}
	}
}

// resize makes the file size bytes long, within the limits of the store.
func (f *file) resize(size int64) error {
	chunks := int((size + chunkSize - 1) / chunkSize)
	if size > f.store.maxDatabase || f.store.chunks+int64(chunks-len(f.chunks)) > f.store.maxChunks {
		return sqlite3.FULL
	}
	f.store.chunks += int64(chunks - len(f.chunks))
	for len(f.chunks) < chunks {
		f.chunks = append(f.chunks, new([chunkSize]byte))
	}
	clear(f.chunks[chunks:])
	f.chunks = f.chunks[:chunks]
	if rest := size % chunkSize; rest != 0 && size < f.size {
		clear(f.own(chunks - 1)[rest:])
	}
	f.size = size
	return nil
}

// handle is a file that SQLite has open.
type handle struct {
	*file
	lock     vfs.LockLevel
	readOnly bool
}

var (
	_ vfs.FileLockState = (*handle)(nil)
	_ vfs.FileSizeHint  = (*handle)(nil)
)

func (h *handle) Close() error {
	_ = h.Unlock(vfs.LOCK_NONE) // never fails
	h.open--
	if h.name == "" {
		return h.resize(0)
	}
	return nil
}

func (h *handle) ReadAt(b []byte, off int64) (n int, err error) {
	for n < len(b) && off < h.size {
		rest := off % chunkSize
		end := min(chunkSize, rest+h.size-off)
		copied := copy(b[n:], h.chunks[off/chunkSize][rest:end])
		n += copied
		off += int64(copied)
	}
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

func (h *handle) WriteAt(b []byte, off int64) (n int, err error) {
	if end := off + int64(len(b)); end > h.size {
		if err := h.resize(end); err != nil {
			return 0, err
		}
	}
	for n < len(b) {
		copied := copy(h.own(int(off / chunkSize))[off%chunkSize:], b[n:])
		n += copied
		off += int64(copied)
	}
	return n, nil
}

func (h *handle) Truncate(size int64) error { return h.resize(size) }

func (h *handle) SizeHint(size int64) error {
	if size <= h.size {
		return nil
	}
	return h.resize(size)
}

func (h *handle) Size() (int64, error) { return h.size, nil }

func (h *handle) Sync(vfs.SyncFlag) error { return nil }

func (h *handle) Lock(lock vfs.LockLevel) error {
	if h.lock >= lock {
		return nil
	}
	if h.readOnly && lock >= vfs.LOCK_RESERVED {
		return sqlite3.READONLY
	}
	switch lock {
	case vfs.LOCK_SHARED:
		if h.pending {
			return sqlite3.BUSY
		}
		h.readers++
	case vfs.LOCK_RESERVED:
		if h.reserved {
			return sqlite3.BUSY
		}
		h.reserved = true
	case vfs.LOCK_EXCLUSIVE:
		if h.pending && h.lock != vfs.LOCK_PENDING {
			return sqlite3.BUSY
		}
		h.pending = true
		h.lock = vfs.LOCK_PENDING
		if h.readers > 1 {
			return sqlite3.BUSY
		}
	}
	h.lock = lock
	return nil
}

func (h *handle) Unlock(lock vfs.LockLevel) error {
	if h.lock <= lock {
		return nil
	}
	if h.lock >= vfs.LOCK_RESERVED {
		h.reserved = false
	}
	if h.lock >= vfs.LOCK_PENDING {
		h.pending = false
	}
	if lock == vfs.LOCK_NONE && h.lock >= vfs.LOCK_SHARED {
		h.readers--
	}
	h.lock = lock
	return nil
}

func (h *handle) CheckReservedLock() (bool, error) { return h.reserved, nil }

func (h *handle) LockState() vfs.LockLevel { return h.lock }

func (h *handle) SectorSize() int { return chunkSize }

func (h *handle) DeviceCharacteristics() vfs.DeviceCharacteristic {
	return vfs.IOCAP_ATOMIC | vfs.IOCAP_SEQUENTIAL | vfs.IOCAP_SAFE_APPEND | vfs.IOCAP_POWERSAFE_OVERWRITE
}
