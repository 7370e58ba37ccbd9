package checker

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// nearest are the names, at most two, that someone who wrote a word may have
// meant: those that differ in case only, or in few letters.
func nearest(word string, names []string) (found []string) {
	most := max(1, utf8.RuneCountInString(word)/3)
	if len(word) < 3 {
		most = 0
	}
	distances := map[string]int{}
	for _, name := range names {
		d := distance(strings.ToLower(word), strings.ToLower(name))
		if d <= most && name != word {
			distances[name] = d
			found = append(found, name)
		}
	}
	// A letter is left out more often than one too many is typed.
	slices.SortFunc(found, func(a, b string) int { return cmp.Or(distances[a]-distances[b], len(b)-len(a), cmp.Compare(a, b)) })
	found = slices.Compact(found)
	return found[:min(len(found), 2)]
}

// distance is the number of letters to insert, remove, change or swap with a
// neighbour that makes one word of the other.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	before, row, next := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		next[0] = i + 1
		for j := range y {
			change := row[j]
			if x[i] != y[j] {
				change++
			}
			next[j+1] = min(change, row[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row, next = row, next, before
	}
	return row[len(y)]
}
