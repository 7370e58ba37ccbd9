//go:build !js && !wasip1

package orm_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/internal/testdb"
)

func TestExplain(t *testing.T) {
	testdb.Each(t, func(t *testing.T, url string) {
		ctx := context.Background()
		engine := open(t, url, orm.Options{})
		require.NoError(t, orm.CreateAll(ctx, engine, Persons))
		s := session(t, engine)
		addPeople(t, s, 3000)
		require.NoError(t, s.Commit(ctx))
		sqlite, postgres := strings.HasPrefix(url, "sqlite"), strings.HasPrefix(url, "postgres")
		if postgres {
			_, err := orm.Text("ANALYZE persons").Exec(ctx, engine)
			require.NoError(t, err)
		}
		id, name, age := orm.C(&Persons.F.ID), orm.C(&Persons.F.Name), orm.C(&Persons.F.Age)

		plan, err := orm.Explain(ctx, engine, orm.Select(Persons).Where(id.Eq(1)))
		require.NoError(t, err)
		assert.Empty(t, plan.FullScans(), plan.String())
		require.Len(t, plan.Steps, 1)
		assert.Equal(t, "persons", plan.Steps[0].Table)

		plan, err = orm.Explain(ctx, s, orm.Select(Persons).Where(name.Eq("x")).OrderBy(age.Asc()))
		require.NoError(t, err)
		assert.Equal(t, []string{"persons"}, plan.FullScans(), plan.String())
		if sqlite {
			assert.Equal(t, "SCAN persons\nUSE TEMP B-TREE FOR ORDER BY\n", plan.String())
		}
		if postgres {
			require.Len(t, plan.Steps, 1)
			assert.True(t, strings.HasPrefix(plan.Steps[0].Text, "Sort  (cost="))
			require.Len(t, plan.Steps[0].Steps, 1)
			assert.True(t, plan.Steps[0].Steps[0].FullScan)
			assert.Equal(t, []string{"Filter: ((name)::text = 'x'::text)"}, plan.Steps[0].Steps[0].Notes)
		}

		other := Persons.As("other")
		join := orm.Select(name).From(Persons).Join(other, orm.C(&other.F.ID).EqExpr(age))
		plan, err = orm.Explain(ctx, engine, join)
		require.NoError(t, err)
		assert.Contains(t, plan.FullScans(), "persons", plan.String())
		if sqlite {
			assert.Equal(t, "SEARCH other USING INTEGER PRIMARY KEY (rowid=?)", plan.Steps[1].Text)
			assert.Equal(t, "other", plan.Steps[1].Table)
		}

		// Nothing is changed by it.
		plan, err = orm.Explain(ctx, engine, orm.Delete(Persons).Where(age.Gt(3)))
		require.NoError(t, err)
		assert.NotEmpty(t, plan.Steps)
		n, err := orm.Select1(orm.Count()).From(Persons).One(ctx, engine)
		require.NoError(t, err)
		assert.Equal(t, int64(3000), n)

		plan, err = orm.ExplainAnalyze(ctx, engine, orm.Select(Persons).Where(name.Eq("person 7")))
		if sqlite {
			require.EqualError(t, err, "orm: explaining a statement: sqlite cannot do that")
		} else {
			require.NoError(t, err)
			assert.Equal(t, []string{"persons"}, plan.FullScans(), plan.String())
		}
		_, err = orm.ExplainAnalyze(ctx, engine, orm.Delete(Persons).AllRows())
		require.EqualError(t, err, "orm: ExplainAnalyze runs the statement, so it takes queries only; use Explain")
		_, err = orm.Explain(ctx, engine, Persons.Select().Where(name.Eq("x")))
		require.NoError(t, err)
	})
}
