package orm_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAllReturnsEachRowOnceHoweverManyThereAre(t *testing.T) {
	ctx, engine := context.Background(), open(t, "sqlite://", orm.Options{})
	type numbered struct {
		N    int64
		Name *string
	}
	count := orm.Text("WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 3000) SELECT n, 'row ' || n AS name FROM c LIMIT :most")
	none, err := orm.As[numbered](count.Bind("most", 0)).All(ctx, engine)
	require.NoError(t, err)
	assert.Nil(t, none)
	for _, most := range []int{1, 4, 5, 12, 13, 1020, 1021, 1531, 3000} {
		got, err := orm.As[numbered](count.Bind("most", most)).All(ctx, engine)
		require.NoError(t, err)
		require.Len(t, got, most)
		for i, row := range got {
			require.Equal(t, int64(i+1), row.N)
			require.Equal(t, fmt.Sprint("row ", i+1), *row.Name)
		}
	}
}
