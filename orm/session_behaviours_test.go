package orm_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
)

// sessionBehaviours are the behaviours of SQLAlchemy's session that ours has
// too, or from which it differs on purpose, by their numbers in the project's
// requirements. Files named session_…_test.go fill it in.
var sessionBehaviours = map[int]func(t *testing.T){}

// behaviour adds a test to sessionBehaviours.
func behaviour(number int, test func(t *testing.T)) struct{} {
	if sessionBehaviours[number] != nil {
		panic(fmt.Sprintf("behaviour %d has two tests", number))
	}
	sessionBehaviours[number] = test
	return struct{}{}
}

// notYet says which behaviours have no test, and why.
var notYet = map[int]string{
	62: "inserts are not batched yet",

	84: "bulk changes do not mend objects yet",
	70: "a detached object is told from others by a relationship that is not loaded: there are none yet; columns keep their values",
}

func TestSessionBehaviours(t *testing.T) {
	for _, n := range slices.Sorted(maps.Keys(sessionBehaviours)) {
		t.Run(fmt.Sprint(n), sessionBehaviours[n])
	}
	for n := 56; n <= 84; n++ {
		if n > 75 && n < 84 {
			continue // they are about relationships
		}
		_, tested := sessionBehaviours[n]
		_, waits := notYet[n]
		assert.True(t, tested != waits, "behaviour %d is tested or has a reason why not, and not both", n)
	}
}
