package dialect

import "strings"

// Words is a set of words, such as those that a dialect reserves. Most names
// are none of them, so the first letter and the length are asked first.
type Words struct {
	set     map[string]bool
	lengths [32]uint64 // by first letter: a bit for each length
}

// NewWords returns the words of a list, which white space separates.
func NewWords(list string) *Words {
	w := &Words{set: map[string]bool{}}
	for word := range strings.FieldsSeq(list) {
		w.set[word] = true
		w.lengths[word[0]%32] |= 1 << (len(word) % 64)
	}
	return w
}

// Has says whether the word is in the set, as it is written there.
func (w *Words) Has(word string) bool {
	return word != "" && w.lengths[word[0]%32]>>(len(word)%64)&1 != 0 && w.set[word]
}
