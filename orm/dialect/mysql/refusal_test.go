//go:build !js && !wasip1

package mysql

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/driver"
)

// refusalOf is the database's error in err.
func refusalOf(t *testing.T, err error) *driver.Error {
	t.Helper()
	var refusal *driver.Error
	require.ErrorAs(t, err, &refusal)
	return refusal
}
