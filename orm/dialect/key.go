package dialect

import (
	"encoding/binary"
	"unsafe"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// A key describes all of a statement that decides its SQL, and leaves out the
// values that travel as arguments. Two statements with equal keys differ in
// their arguments only, and in the lengths of lists for IN.
//
// Tables and columns are told by their names, other sources by numbers in the
// order of their first use, so that a key holds no address: the same statement
// built twice has the same key, and a cache keeps no tree alive.

// mark is the first byte of each part of a key, so that no part can be taken
// for another.
type mark byte

const (
	markNone mark = iota
	markSelect
	markCompound
	markInsert
	markUpdate
	markDelete
	markText
	markColumn
	markBind
	markNull
	markBool
	markBinary
	markJunction
	markNot
	markIn
	markInQuery
	markInList
	markBetween
	markLike
	markIsNull
	markLabel
	markOrder
	markName
	markFunc
	markWindow
	markNeg
	markCustom
	markMatch
	markIs
	markCollate
	markCast
	markCoerce
	markCase
	markExtract
	markTuple
	markExcluded
	markScalar
	markExists
	markQuantified
	markElements
	markBitNot
	markFullText
	markGrouping
	markConstruct
	markJSONValue
	markTable
	markAlias
	markSubquery
	markCTE
	markCTEAlias
	markValues
	markTableFunc
	markJoin
	markLiteral
	markList
)

// maxKey is the number of bytes beyond which a statement is not worth keeping:
// such are INSERTs of many rows.
const maxKey = 16 << 10

// keyWriter writes the key of one statement and collects its values.
type keyWriter struct {
	dialect  Dialect
	features *Features
	key      []byte
	sources  []expr.Source // those met, in order; their numbers count from 1
	slots    []*expr.Bind  // the values, in the order of the key
	items    []item
	texts    []textItem
	unknown  bool // the statement is not for a cache
}

// item is one value, or the values of a list whose length the key leaves out.
type item struct {
	from, n int // in slots
	list    bool
}

// textItem says which item a bind of a [expr.Text] is.
type textItem struct {
	origin textOrigin
	item   int
}

// textOrigin is a bind of a text: the text's values, its name there, and the
// number of the member if the value is a list.
type textOrigin struct {
	binds  unsafe.Pointer
	name   string
	member int
}

func (w *keyWriter) reset() {
	clear(w.sources)
	clear(w.slots)
	clear(w.texts)
	w.key, w.sources, w.slots, w.items, w.texts = w.key[:0], w.sources[:0], w.slots[:0], w.items[:0], w.texts[:0]
	w.unknown = false
}

// What the compiler copies into a hundred callers weighs more than the calls
// cost.
//
//go:noinline
func (w *keyWriter) mark(m mark) { w.key = append(w.key, byte(m)) }

//go:noinline
func (w *keyWriter) byte(b byte) { w.key = append(w.key, b) }

//go:noinline
func (w *keyWriter) bool(b bool) { w.key = append(w.key, bit(b, 0)) }

// marked writes a part that has two small facts.
//
//go:noinline
func (w *keyWriter) marked(m mark, a, b byte) { w.key = append(w.key, byte(m), a, b) }

// bit is the bit of that number if it is set, of several that make one byte.
func bit(set bool, number int) byte {
	if set {
		return 1 << number
	}
	return 0
}

//go:noinline
func (w *keyWriter) count(n int) {
	if uint(n) < 0x80 {
		w.key = append(w.key, byte(n))
		return
	}
	w.key = binary.AppendUvarint(w.key, uint64(n))
}

//go:noinline
func (w *keyWriter) string(s string) {
	if len(s) < 0x80 {
		w.key = append(append(w.key, byte(len(s))), s...)
		return
	}
	w.count(len(s))
	w.key = append(w.key, s...)
}

// typ writes a type as CAST writes it.
func (w *keyWriter) typ(t schema.Type) {
	w.byte(byte(t.Kind))
	w.count(t.Size)
	w.count(int(t.Scale))
	w.bool(t.Detail != nil)
	if t.Detail == nil {
		return
	}
	w.string(t.Detail.Name)
	w.count(len(t.Detail.Values))
	for _, v := range t.Detail.Values {
		w.string(v)
	}
	variant, ok := t.Detail.Variants[w.dialect.Name()]
	w.bool(ok)
	if ok {
		w.typ(variant)
	}
	w.bool(t.Kind == schema.Array)
	if t.Kind == schema.Array {
		w.typ(t.Detail.Element)
	}
}

// table writes the name of a table.
func (w *keyWriter) table(t *schema.Table) {
	if t == nil {
		w.unknown = true
		return
	}
	w.string(t.Schema)
	w.string(t.Name)
}

// columnNames writes the names of columns of a source.
func (w *keyWriter) columnNames(list []*schema.Column) {
	w.count(len(list))
	for _, c := range list {
		if c == nil {
			w.unknown = true
			return
		}
		w.string(c.Name)
		w.byte(byte(c.Type.Kind))
	}
}

// owned writes the name of a column that must be the table's.
func (w *keyWriter) owned(t *schema.Table, c *schema.Column) {
	if t == nil || c == nil || t.Column(c.Name) != c {
		w.unknown = true
		return
	}
	w.string(c.Name)
}

// boxOf is the bind inside an expression that is one. A value in an interface
// is never changed, so its address tells one bind from another.
func boxOf(e expr.Expr) *expr.Bind {
	return (*expr.Bind)((*[2]unsafe.Pointer)(unsafe.Pointer(&e))[1])
}
