package driver_test

import (
	"context"
	"testing"
	"time"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/stretchr/testify/assert"
)

// unheard is a context whose deadline has passed before its timer fired.
type unheard struct{ context.Context }

func (unheard) Deadline() (time.Time, bool) { return time.Unix(0, 0), true }

func TestEnded(t *testing.T) {
	ctx := context.Background()
	assert.NoError(t, driver.Ended(ctx))
	assert.ErrorIs(t, driver.Ended(unheard{ctx}), context.DeadlineExceeded)
	later, cancel := context.WithTimeout(ctx, time.Hour)
	assert.NoError(t, driver.Ended(later))
	cancel()
	assert.ErrorIs(t, driver.Ended(later), context.Canceled)
}
