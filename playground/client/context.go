package client

import (
	"context"
	"errors"
	"time"

	"github.com/ormlab/ormlab/orm/driver"
)

// ended says whether ctx has ended. It looks at the clock itself, because a
// timer cannot fire while the program computes.
func ended(ctx context.Context) error {
	_, err := timeLeft(ctx)
	return err
}

// timeLeft is how long ctx allows a statement to run, in milliseconds; 0 is
// for ever.
func timeLeft(ctx context.Context) (int, error) {
	if ctx.Done() == nil {
		return 0, nil
	}
	if err := ctx.Err(); err != nil {
		return 0, interrupted(err)
	}
	deadline, ok := ctx.Deadline()
	if !ok {
		return 0, nil
	}
	left := time.Until(deadline)
	if left <= 0 {
		return 0, interrupted(context.DeadlineExceeded)
	}
	const most = 1 << 30 // milliseconds: twelve days
	return int(min((left+time.Millisecond-1)/time.Millisecond, most)), nil
}

func interrupted(cause error) error {
	return &driver.Error{Kind: driver.Interrupted, Code: "9", Message: "interrupted", Cause: cause}
}

// withCause puts the reason of an interruption into the error's chain.
func withCause(err error) error {
	var refusal *driver.Error
	if errors.As(err, &refusal) && refusal.Kind == driver.Interrupted && refusal.Cause == nil {
		refusal.Cause = context.DeadlineExceeded
	}
	return err
}
