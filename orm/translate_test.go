package orm_test

import (
	"context"
	"strings"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/internal/testdb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type tenantMood string

func (tenantMood) EnumValues() []string { return []string{"calm", "cross"} }

type tenantHouse struct {
	ID   int64  `orm:"primary_key"`
	Name string `orm:"index,size:80"`
	Mood tenantMood
}

type tenantCat struct {
	ID      int64  `orm:"primary_key"`
	Name    string `orm:"size:80"`
	HouseID int64  `orm:"foreign_key:tenant_houses.id"`
}

var (
	tenantHouses = orm.Declare[tenantHouse]("tenant_houses")
	tenantCats   = orm.Declare[tenantCat]("tenant_cats")
)

// tenants returns an engine and two namespaces of its database.
func tenants(t *testing.T, place string) (engine *orm.Engine, one, two string) {
	ctx := context.Background()
	one, two = testdb.Name(), testdb.Name()
	url, create, drop := "sqlite://", "ATTACH DATABASE ':memory:' AS ", ""
	switch place {
	case "postgresql":
		url, create, drop = testdb.Postgres(t), "", "DROP SCHEMA IF EXISTS @ CASCADE"
	case "mysql":
		url, create, drop = testdb.MySQL(t), "", "DROP DATABASE IF EXISTS @"
	}
	engine = open(t, url, orm.Options{})
	for _, name := range []string{one, two} {
		if create != "" {
			_, err := orm.Text(create+name).Exec(ctx, engine)
			require.NoError(t, err)
		}
		if drop != "" {
			t.Cleanup(func() {
				_, err := orm.Text(strings.ReplaceAll(drop, "@", name)).Exec(ctx, engine)
				assert.NoError(t, err)
			})
		}
	}
	return engine, one, two
}

func TestTranslatedEnginesDoNotMix(t *testing.T) {
	for _, p := range testdb.Places {
		t.Run(p.Name, func(t *testing.T) {
			ctx := context.Background()
			engine, one, two := tenants(t, p.Name)
			for _, space := range []string{one, two} {
				view := engine.Translate(map[string]string{"": space})
				for range 2 { // the second only looks
					require.NoError(t, orm.CreateAll(ctx, view, tenantCats, tenantHouses))
				}
				s := session(t, view)
				house := &tenantHouse{Name: space, Mood: "calm"}
				require.NoError(t, s.Add(house))
				require.NoError(t, s.Flush(ctx))
				require.NoError(t, s.Add(&tenantCat{Name: "cat of " + space, HouseID: house.ID}))
				require.NoError(t, s.Commit(ctx))
			}
			for _, space := range []string{two, one} {
				view := engine.Translate(map[string]string{"": space})
				s := session(t, view)
				house, err := tenantHouses.Get(ctx, s, 1)
				require.NoError(t, err)
				assert.Equal(t, space, house.Name)
				house.Mood = "cross"
				require.NoError(t, s.Commit(ctx))
				n, err := orm.Update(tenantCats, orm.C(&tenantCats.F.Name).Set("new")).
					Where(orm.C(&tenantCats.F.Name).Eq("cat of "+space)).Exec(ctx, view)
				require.NoError(t, err)
				assert.Equal(t, int64(1), n)
				rows, err := orm.Select(orm.C(&tenantHouses.F.Name), orm.C(&tenantCats.F.Name)).
					From(tenantHouses).Join(tenantCats).All(ctx, view)
				require.NoError(t, err)
				assert.Equal(t, []any{space, "new"}, rows.At(0).Values())
				if p.Name == "sqlite" { // whose reflection knows the main database only
					continue
				}
				names, err := orm.Inspect(view).TableNames(ctx)
				require.NoError(t, err)
				assert.Equal(t, []string{"tenant_cats", "tenant_houses"}, names)
			}
			_, err := orm.Select(orm.C(&tenantHouses.F.Name)).All(ctx, engine.Translate(map[string]string{"": one}).Translate(nil))
			if p.Name != "sqlite" { // where a name without a database is looked for in all
				require.Error(t, err, "the engine itself has no such table")
			}
			require.NoError(t, orm.DropAll(ctx, engine.Translate(map[string]string{"": one}), tenantCats, tenantHouses))
			rows, err := orm.Select(orm.C(&tenantHouses.F.Mood)).All(ctx, engine.Translate(map[string]string{"": two}))
			require.NoError(t, err)
			assert.Equal(t, "('cross')", rows.At(0).String())
			require.NoError(t, orm.DropAll(ctx, engine.Translate(map[string]string{"": two}), tenantCats, tenantHouses))
		})
	}
}

func TestTranslateRemembersItsStatements(t *testing.T) {
	engine := open(t, "sqlite://", orm.Options{})
	_, err := orm.Text("ATTACH DATABASE ':memory:' AS one").Exec(context.Background(), engine)
	require.NoError(t, err)
	require.NoError(t, orm.CreateAll(context.Background(), engine.Translate(map[string]string{"": "one"}), things))
	for range 3 {
		view := engine.Translate(map[string]string{"": "one"})
		_, err = orm.Select(things.C("id")).All(context.Background(), view)
		require.NoError(t, err)
	}
	assert.GreaterOrEqual(t, engine.Translate(map[string]string{"": "one"}).CacheStats().Hits, uint64(2))
	assert.Zero(t, engine.CacheStats().Hits)
	assert.Equal(t, engine.Dialect(), engine.Translate(map[string]string{"": "one"}).Dialect())
	sql, _, err := orm.Select(things.C("id")).Compile(dialect.Translate(engine.Dialect(), map[string]string{"": "one"}))
	require.NoError(t, err)
	assert.Equal(t, "SELECT things.id FROM one.things", sql)
}
