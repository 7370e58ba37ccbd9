package dialect_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ormlab/ormlab/orm/dialect"
)

func TestWords(t *testing.T) {
	middle, long := strings.Repeat("m", 40), strings.Repeat("x", 64+3)
	w := dialect.NewWords("and\n select été " + middle + " " + long)
	for _, word := range []string{"and", "select", "été", middle, long} {
		assert.True(t, w.Has(word), word)
	}
	for _, word := range []string{"", "an", "ant", "AND", "xxx", "users", long + "x"} {
		assert.False(t, w.Has(word), word)
	}
}
