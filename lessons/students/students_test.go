package students

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	_ "github.com/ormlab/ormlab/orm/dialect/sqlite"
)

func TestLoadTwice(t *testing.T) {
	ctx := context.Background()
	engine, err := orm.Open("sqlite://", orm.Options{})
	require.NoError(t, err)
	defer engine.Close()
	require.NoError(t, Load(ctx, engine))
	require.NoError(t, Load(ctx, engine))
	row, err := orm.Select(orm.CountOf(Table.C("id"))).One(ctx, engine)
	require.NoError(t, err)
	assert.Equal(t, "(5)", row.String())
}
