package engine

import "slices"

// image is a database as it was at a mark. It shares its chunks with the file
// until that writes to them.
type image struct {
	chunks []*[chunkSize]byte
	size   int64
}

// maxMarked is the largest database that is marked: a program that writes to
// all of it makes the engine hold it twice.
const maxMarked = 32 << 20

// beforeName begins the names under which SQLite finds marked databases. No
// program's database has such a name: checkName refuses it.
const beforeName = "\x01before:"

// mark remembers all databases as they are now, which costs little: see own.
func (s *store) mark() {
	s.marked = make(map[string]*image, len(s.files))
	for name, f := range s.files {
		f.shared = nil
		if f.size <= maxMarked {
			f.shared = &image{chunks: slices.Clone(f.chunks), size: f.size}
		}
		s.marked[name] = f.shared // nil: too large
	}
}

// own returns a chunk that may be written.
func (f *file) own(i int) *[chunkSize]byte {
	if f.shared.has(i, f.chunks[i]) || f.saved.has(i, f.chunks[i]) {
		f.chunks[i] = new(*f.chunks[i])
	}
	return f.chunks[i]
}

func (m *image) has(i int, chunk *[chunkSize]byte) bool {
	return m != nil && i < len(m.chunks) && m.chunks[i] == chunk
}

// keepImage remembers the database as it is now, for settle.
func (f *file) keepImage() { f.saved = &image{chunks: slices.Clone(f.chunks), size: f.size} }

// settle ends a change: it makes the database what it was at keepImage if the
// change is to be undone, and forgets one that holds nothing. Nobody may have
// it open.
func (f *file) settle(undo bool) {
	if undo {
		f.store.chunks += int64(len(f.saved.chunks) - len(f.chunks))
		f.chunks, f.size = f.saved.chunks, f.saved.size
	}
	f.saved = nil
	if f.size == 0 {
		delete(f.store.files, f.name)
	}
}

// before returns a database as it was at the last mark, empty if there was none.
func (s *store) before(name string) *file {
	f := &file{store: s, name: beforeName + name}
	if was := s.marked[name]; was != nil {
		f.chunks, f.size = was.chunks, was.size
	}
	return f
}

// untouched tells whether a database is surely as it was at the last mark.
func (s *store) untouched(name string) bool {
	f, was := s.files[name], s.marked[name]
	return was != nil && f.size == was.size && slices.Equal(f.chunks, was.chunks)
}
