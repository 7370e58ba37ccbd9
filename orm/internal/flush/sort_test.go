package flush

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ormlab/ormlab/orm/internal/state"
)

func TestRowsAreSortedStably(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for n := range 40 {
		var list []change
		for range n {
			list = append(list, change{state: &state.State{Key: state.IntKey(nil, random.Int64N(20))}})
		}
		want := slices.Clone(list)
		slices.SortStableFunc(want, byRow)
		sortRows(list)
		for i := range want { // the same pointers, so that equal ones have kept their order
			assert.Same(t, want[i].state, list[i].state, "%d of %d", i, n)
		}
	}
}
