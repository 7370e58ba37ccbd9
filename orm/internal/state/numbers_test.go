package state

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// The table must do what a map does, with keys that crowd together and some
// that go.
func TestNumbersDoesWhatAMapDoes(t *testing.T) {
	for name, key := range map[string]func(r *rand.Rand) int64{
		"few":      func(r *rand.Rand) int64 { return r.Int64N(40) - 20 },
		"many":     func(r *rand.Rand) int64 { return r.Int64N(3000) },
		"far":      func(r *rand.Rand) int64 { return r.Int64N(500) << 50 },
		"one home": func(r *rand.Rand) int64 { return r.Int64N(300) * -0x0E217C1E66C88CC3 << 3 }, // the inverse of the factor
	} {
		t.Run(name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(1, 2))
			held := table{}
			table := &held.ints
			if r.IntN(2) == 0 {
				table.expect(&held, 100)
			}
			model := map[int64]place{}
			for range 20_000 {
				n := key(r)
				require.Equal(t, model[n], table.get(&held, n))
				switch {
				case r.IntN(3) > 0:
					s := &State{Key: IntKey(nil, n)}
					held.single(s)
					model[n] = s.at
					table.set(&held, n, s.at)
				case model[n] != 0:
					table.remove(&held, n)
					delete(model, n)
				}
				require.Equal(t, len(model), table.held)
			}
			for n, at := range model {
				require.Equal(t, at, table.get(&held, n))
			}
		})
	}
}
