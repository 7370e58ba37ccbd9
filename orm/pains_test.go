package orm_test

import (
	"slices"
	"testing"
)

// TestPains has one subtest for each of the pains of other Go ORMs that
// concerns Core, such as TestPains/03: it shows that ours does not do that.
func TestPains(t *testing.T) {
	var wanted []int
	for n := 1; n <= lastPain; n++ {
		if elsewhere[n] == "" {
			wanted = append(wanted, n)
		}
	}
	runNumbered(t, slices.Concat(writingPains, readingPains, databasePains), wanted)
}

// lastPain is the number of the last pain of the list.
const lastPain = 25

// elsewhere are the pains that are not Core's, and why.
var elsewhere = map[int]string{
	8:  "implicit criteria, such as those of soft deletion, belong to the loading of objects",
	9:  "soft deletion is a mixin of models",
	12: "loaders and the detector of N+1 belong to relationships",
	13: "what an association writes belongs to the cascades of relationships",
	14: "Count of a query belongs to the queries of a session",
	23: "there is no code generator: declaring a model is all it takes",
}
