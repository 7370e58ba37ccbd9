//go:build !js && !wasip1

package pgxdriver_test

import (
	"context"
	"testing"
)

// ctxOf is a context that also works in a cleanup.
func ctxOf(t testing.TB) context.Context { return context.WithoutCancel(t.Context()) }
