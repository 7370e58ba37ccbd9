package census

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	_ "github.com/ormlab/ormlab/orm/dialect/sqlite"
)

func open(t *testing.T) *orm.Engine {
	engine, err := orm.Open("sqlite://", orm.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = engine.Close() })
	return engine
}

func TestLoadTwice(t *testing.T) {
	ctx, engine := context.Background(), open(t)
	require.NoError(t, Load(ctx, engine))
	require.NoError(t, Load(ctx, engine))
	row, err := orm.Select(
		orm.Count(), orm.Sum(Table.C("pop2000")), orm.Sum(Table.C("pop2008")),
		orm.Min(Table.C("age")), orm.Max(Table.C("age")),
	).One(ctx, engine)
	require.NoError(t, err)
	assert.Equal(t, "(8772, 280919305, 302876613, 0, 85)", row.String())
}

func TestLoadInASession(t *testing.T) {
	ctx, engine := context.Background(), open(t)
	session := orm.NewSession(engine)
	require.NoError(t, Load(ctx, session))
	require.NoError(t, session.Close(), "what was not committed is rolled back")
	_, err := orm.Select(Table).First(ctx, engine)
	assert.ErrorContains(t, err, "no such table")
}

func TestParseNamesTheRow(t *testing.T) {
	_, err := parse("state,sex,age,pop2000,pop2008\nTexas,F,1,2,3\nTexas,F,1,2\n")
	assert.EqualError(t, err, `row 2: "Texas,F,1,2" has 4 fields, not 5`)
	_, err = parse("state,sex,age,pop2000,pop2008\nTexas,F,one,2,3\n")
	assert.ErrorContains(t, err, `row 1: strconv.ParseInt: parsing "one"`)
}
