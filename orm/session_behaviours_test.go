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
// requirements. Files named session_…_test.go and relation_…_test.go fill it in.
var sessionBehaviours = map[int]func(t *testing.T){}

// together are several tests for one behaviour.
func together(tests ...func(t *testing.T)) func(t *testing.T) {
	return func(t *testing.T) {
		for i, test := range tests {
			t.Run(fmt.Sprint(i+1), test)
		}
	}
}

// behaviour adds a test to sessionBehaviours.
func behaviour(number int, test func(t *testing.T)) struct{} {
	if sessionBehaviours[number] != nil {
		panic(fmt.Sprintf("behaviour %d has two tests", number))
	}
	sessionBehaviours[number] = test
	return struct{}{}
}

// notYet says which behaviours have no test, and why.
var notYet = map[int]string{}

func TestSessionBehaviours(t *testing.T) {
	for _, n := range slices.Sorted(maps.Keys(sessionBehaviours)) {
		t.Run(fmt.Sprint(n), sessionBehaviours[n])
	}
	for n := 56; n <= 85; n++ {
		_, tested := sessionBehaviours[n]
		_, waits := notYet[n]
		assert.True(t, tested != waits, "behaviour %d is tested or has a reason why not, and not both", n)
	}
}
