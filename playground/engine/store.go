package engine

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/vfs"
)

// store keeps the databases of an engine by name, and is the file system that
// SQLite sees: nothing in it reaches a disk.
type store struct {
	vfsName     string
	files       map[string]*file
	maxDatabase int64 // bytes
	chunks      int64 // in use, of all files
	maxChunks   int64
	marked      map[string]*image // as at the last mark; nil if there was none
}

// stores numbers the file systems, because SQLite knows them by name.
var stores atomic.Int64

func newStore(maxDatabase, maxTotal int64) *store {
	s := &store{
		vfsName:     "ormlab" + strconv.FormatInt(stores.Add(1), 10),
		files:       map[string]*file{},
		maxDatabase: maxDatabase,
		maxChunks:   maxTotal / chunkSize,
	}
	vfs.Register(s.vfsName, s)
	return s
}

var _ vfs.VFS = (*store)(nil)

// Open implements [vfs.VFS]. A file with a name is a database; those without
// are SQLite's own, for sorting and the like.
func (s *store) Open(name string, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	const journals = vfs.OPEN_MAIN_JOURNAL | vfs.OPEN_SUPER_JOURNAL | vfs.OPEN_WAL
	if flags&journals != 0 {
		return nil, flags, sqlite3.CANTOPEN // OPEN_MEMORY means that SQLite never asks
	}
	f := &file{store: s}
	if flags&vfs.OPEN_MAIN_DB != 0 && name != "" && !strings.HasPrefix(name, beforeName) {
		f = s.database(name)
	}
	if before, is := strings.CutPrefix(name, beforeName); is {
		f = s.before(before)
	}
	f.open++
	return &handle{file: f, readOnly: flags&vfs.OPEN_READONLY != 0}, flags | vfs.OPEN_MEMORY, nil
}

// Delete implements [vfs.VFS]; SQLite deletes only journals, and there are none.
func (s *store) Delete(string, bool) error { return sqlite3.IOERR_DELETE_NOENT }

// Access implements [vfs.VFS]; SQLite asks only for journals.
func (s *store) Access(string, vfs.AccessFlag) (bool, error) { return false, nil }

// FullPathname implements [vfs.VFS].
func (s *store) FullPathname(name string) (string, error) { return name, nil }

// database returns the database of that name, made if need be.
func (s *store) database(name string) *file {
	f := s.files[name]
	if f == nil {
		f = &file{store: s, name: strings.Clone(name)}
		s.files[f.name] = f
	}
	return f
}

// names lists the databases that hold anything, in order.
func (s *store) names() []string {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(s.files)) {
		if s.files[name].size > 0 {
			names = append(names, name)
		}
	}
	return names
}

// remove forgets a database. It is not the program's doing, so what there was
// at the last mark says nothing any more.
func (s *store) remove(name string) {
	s.marked = nil
	if f := s.files[name]; f != nil {
		s.chunks -= int64(len(f.chunks))
		delete(s.files, name)
	}
}

// put stores data as a database.
func (s *store) put(name string, data []byte) error {
	s.remove(name)
	if err := s.database(name).fill(data); err != nil {
		s.remove(name)
		return fmt.Errorf("engine: the database %q of %d bytes is too large: %w", name, len(data), err)
	}
	return nil
}

// fileHeader begins every database.
const fileHeader = "SQLite format 3\x00"

// fill gives a file that nobody has open another content.
func (f *file) fill(data []byte) error {
	h := handle{file: f}
	if err := h.Truncate(0); err != nil {
		return err
	}
	if _, err := h.WriteAt(data, 0); err != nil {
		return err
	}
	// SQLite would look for a write-ahead log: these say that there is none.
	if len(data) >= 20 && h.chunks[0][18] == 2 {
		h.chunks[0][18], h.chunks[0][19] = 1, 1
	}
	return nil
}

// maxName is below the length that SQLite allows a path.
const maxName = 200

// checkName refuses names that would not be a plain database of the store.
func checkName(name string) error {
	switch {
	case strings.HasPrefix(strings.ToLower(name), "file:"):
		return fmt.Errorf("engine: the database name %q is a URI: in the playground a database has a plain name, such as %q", name, "pets.db")
	case len(name) > maxName:
		return fmt.Errorf("engine: the database name %q is longer than %d bytes", name[:20]+"…", maxName)
	case !utf8.ValidString(name) || strings.IndexFunc(name, unicode.IsControl) >= 0:
		return fmt.Errorf("engine: the database name %q is not plain text", name)
	}
	return nil
}

// uri names a database of the store to SQLite.
func (s *store) uri(name string) string {
	var b strings.Builder
	b.WriteString("file:")
	for _, c := range []byte(name) {
		fmt.Fprintf(&b, "%%%02X", c)
	}
	return b.String() + "?vfs=" + s.vfsName
}
