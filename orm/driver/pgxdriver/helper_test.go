//go:build !js && !wasip1

package pgxdriver_test

import (
	"context"
	"sync/atomic"
	"testing"
)

// count numbers the schemas of this process.
var count atomic.Int64

// ctxOf is a context that also works in a cleanup.
func ctxOf(t testing.TB) context.Context { return context.WithoutCancel(t.Context()) }
