package orm_test

import (
	"context"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCartesianProducts(t *testing.T) {
	const product = `the SELECT has a cartesian product: no condition joins "addresses" to "users", so every row of one meets every row of the other; add a condition, or say CrossJoin`
	teamKey := orm.C(&Teams.F.ID)
	for name, c := range map[string]struct {
		stmt orm.RowStmt
		want []string
	}{
		"one table":               {orm.Select(name), nil},
		"nothing joins":           {orm.Select(name, email), []string{product}},
		"a condition on each":     {orm.Select(name, email).Where(id.Eq(1), userID.Eq(1)), []string{product}},
		"joined in where":         {orm.Select(name, email).Where(id.EqExpr(userID)), nil},
		"joined in an or":         {orm.Select(name, email).Where(orm.Or(id.EqExpr(userID), id.Eq(1))), nil},
		"joined by its key":       {orm.Select(name, email).Join(Addresses), nil},
		"a cross join on purpose": {orm.Select(name, email).CrossJoin(Addresses), nil},
		"a join without a link":   {orm.Select(name, email).Join(Addresses, id.Gt(1)), []string{product}},
		"one of three": {orm.Select(name, email, teamName).From(Users, Addresses, Teams).Where(id.EqExpr(userID), teamKey.Eq(1)),
			[]string{`the SELECT has a cartesian product: no condition joins "teams" to "users", so every row of one meets every row of the other; add a condition, or say CrossJoin`}},
		"joined by a subquery": {orm.Select(name, email).Where(orm.Exists(orm.Select(teamName).From(Teams).Where(id.EqExpr(userID)))), nil},
		"in a subquery":        {orm.Select(orm.Select(name, email).Subquery("s").C("name")), []string{product}},
		"a lateral subquery":   {orm.Select(name).From(Users, orm.TableFunc("j", "json_each", nil, name)), nil},
		"in a change": {orm.Update(Users, age.Set(1)).From(Addresses).Where(id.Eq(1)).Returning(id),
			[]string{`the UPDATE has a cartesian product: no condition joins "addresses" to "users", so every row of one meets every row of the other; add a condition, or say CrossJoin`}},
		"joined in a change": {orm.Update(Users, age.Set(1)).From(Addresses).Where(id.EqExpr(userID)).Returning(id), nil},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := orm.Lint(c.stmt, sqlite.Dialect)
			require.NoError(t, err)
			assert.Equal(t, c.want, got)
		})
	}
}

func TestWarningsReachObservers(t *testing.T) {
	ctx, log := context.Background(), &sent{}
	engine := open(t, "sqlite://", orm.Options{Observers: []orm.Observer{log.observer()}})
	require.NoError(t, orm.CreateAll(ctx, engine, Teams, Users, Addresses))
	log.take()
	_, err := orm.Select(name, email).All(ctx, engine)
	require.NoError(t, err)
	_, err = orm.Select(name).All(ctx, engine)
	require.NoError(t, err)
	_, err = orm.Update(Users, age.Set(1)).From(Addresses).AllRows().Exec(ctx, engine)
	require.NoError(t, err)
	statements := log.take()
	require.Len(t, statements, 3)
	require.Len(t, statements[0].Warnings, 1)
	assert.Contains(t, statements[0].Warnings[0], "cartesian product")
	assert.Empty(t, statements[1].Warnings)
	assert.Len(t, statements[2].Warnings, 1)
}

func TestWarningsRefused(t *testing.T) {
	ctx, log := context.Background(), &sent{}
	engine := open(t, "sqlite://", orm.Options{RefuseWarnings: true, Observers: []orm.Observer{log.observer()}})
	require.NoError(t, orm.CreateAll(ctx, engine, Teams, Users, Addresses))
	log.take()
	_, err := orm.Select(name, email).All(ctx, engine)
	assert.ErrorContains(t, err, `orm: refusing to run "SELECT users.name, addresses.email FROM users, addresses": the SELECT has a cartesian product`)
	_, err = orm.Select2(name, email).All(ctx, engine)
	assert.ErrorContains(t, err, "cartesian product")
	_, err = orm.Update(Users, age.Set(1)).From(Addresses).AllRows().Exec(ctx, engine)
	assert.ErrorContains(t, err, "the UPDATE has a cartesian product")
	s := session(t, engine)
	_, err = Users.Select().Where(email.Eq("x")).All(ctx, s)
	assert.ErrorContains(t, err, "cartesian product")
	require.NoError(t, s.Close())
	log.is(t, "BEGIN", "ROLLBACK")
	_, err = orm.Select(name, email).Join(Addresses).All(ctx, engine)
	assert.NoError(t, err)
}
