package driver

import (
	"context"
	"time"
)

// Ended is ctx.Err() that also knows of a deadline that has passed but of which
// the context has not heard yet: the network's own timer for the same instant
// may be first, and its error does not say whose limit it was.
func Ended(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if at, ok := ctx.Deadline(); ok && !time.Now().Before(at) {
		return context.DeadlineExceeded
	}
	return nil
}
