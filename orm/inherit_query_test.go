package orm_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

func TestOfType(t *testing.T) {
	ctx := context.Background()
	coders, chiefs := orm.OfType(&Studios.F.Workers, Coders), orm.OfType(&Studios.F.Workers, Chiefs)
	north := []string{"north"}
	for name, c := range map[string]struct {
		query orm.Query[Studio]
		sql   string
		found []string
	}{
		"Any, joined": {Studios.Select().Where(orm.Any(coders, orm.C(&Coders.F.Language).Eq("Go"))),
			"WHERE EXISTS (SELECT 1 FROM workers JOIN coders ON workers.id = coders.id WHERE studios.id = workers.studio_id AND coders.language = ?)", north},
		"Any, single": {Studios.Select().Where(orm.Any(chiefs, orm.N(&Chiefs.F.Budget).Gt(1000))),
			"WHERE EXISTS (SELECT 1 FROM workers WHERE studios.id = workers.studio_id AND workers.kind IN (?) AND workers.budget > ?)", nil},
		"Along, joined": {Studios.Select().Join(orm.Along(coders)).Where(orm.C(&Coders.F.Language).Eq("Go")),
			"JOIN (workers JOIN coders ON workers.id = coders.id) ON studios.id = workers.studio_id WHERE coders.language = ?", north},
		"Along, single": {Studios.Select().Join(orm.Along(chiefs)),
			"JOIN workers ON studios.id = workers.studio_id AND workers.kind IN (?)", north},
	} {
		s, log := withStaff(t)
		studios, err := c.query.All(ctx, s)
		require.NoError(t, err, name)
		var got []string
		for _, studio := range studios {
			got = append(got, studio.Name)
		}
		assert.Equal(t, c.found, got, name)
		sent := log.take()
		assert.Contains(t, line(sent[len(sent)-1]), "SELECT studios.id, studios.name FROM studios "+c.sql, name)
	}
}

func TestOfTypeItself(t *testing.T) {
	ctx := context.Background()
	s, log := withStaff(t)
	found, err := Chiefs.Select().Where(orm.Any(orm.OfType(&Chiefs.F.Team, Architects), orm.C(&Architects.F.Towers).Eq(3))).All(ctx, s)
	require.NoError(t, err)
	require.Len(t, found, 1)
	log.is(t, "BEGIN", "SELECT "+workerColumns+", workers.budget FROM workers WHERE EXISTS (SELECT 1 FROM workers AS workers_1 JOIN coders AS coders_1 ON workers_1.id = coders_1.id "+
		"JOIN architects AS architects_1 ON coders_1.id = architects_1.id WHERE workers.id = workers_1.chief_id AND architects_1.towers = ?) AND workers.kind IN (?) [3 chief]")
	bosses, err := Workers.Select().Where(orm.Has(&Workers.F.Boss, orm.N(&Chiefs.F.Budget).Eq(100))).All(ctx, s)
	require.NoError(t, err)
	assert.Len(t, bosses, 3)
}

func TestLoadersOfClasses(t *testing.T) {
	ctx := context.Background()
	for name, how := range map[string]func(orm.Handle) orm.Loader{"SelectIn": orm.SelectIn, "Joined": orm.Joined, "SubqueryLoad": orm.SubqueryLoad} {
		s, _ := withStaff(t)
		studios, err := Studios.Select().Options(how(&Studios.F.Workers).Then(how(&Workers.F.Boss))).All(ctx, s)
		require.NoError(t, err, name)
		workers, err := studios[0].Workers.All()
		require.NoError(t, err, name)
		require.Len(t, workers, 4, name)
		cid, ok := orm.AsA(Architects, workers[2])
		require.True(t, ok, name)
		assert.Equal(t, []any{"C", 3}, []any{cid.Language, cid.Towers}, name)
		boss, err := cid.Boss.Get()
		require.NoError(t, err, name)
		assert.Equal(t, orm.Some(int64(100)), boss.Budget, name)
		require.NoError(t, s.Close())

		s, _ = withStaff(t)
		studios, err = Studios.Select().Options(how(orm.OfType(&Studios.F.Workers, Coders)).Then(how(&Coders.F.Laptops))).Limit(1).All(ctx, s)
		require.NoError(t, err, name)
		workers, err = studios[0].Workers.All()
		require.NoError(t, err, name)
		require.Len(t, workers, 2, name)
		bob, ok := orm.AsA(Coders, workers[0])
		require.True(t, ok, name)
		laptops, err := bob.Laptops.All()
		require.NoError(t, err, name)
		assert.Len(t, laptops, 2, name)

		s, _ = withStaff(t)
		list, err := Laptops.Select().Options(how(&Laptops.F.Coder).Then(orm.SelectIn(&Coders.F.Studio))).All(ctx, s)
		require.NoError(t, err, name)
		coder, err := list[0].Coder.Get()
		require.NoError(t, err, name)
		assert.Equal(t, []any{"Bob", "Go"}, []any{coder.Name, coder.Language}, name)
		studio, err := coder.Studio.Get()
		require.NoError(t, err, name)
		assert.Equal(t, "north", studio.Name, name)
	}
}

func TestLoadersOfSubclassesFromABase(t *testing.T) {
	ctx := context.Background()
	s, log := withStaff(t)
	all, err := Workers.Select().OrderBy(orm.C(&Workers.F.ID).Asc()).
		Options(orm.WithPolymorphic(Architects), orm.SelectIn(&Coders.F.Laptops), orm.SelectIn(&Chiefs.F.Team)).All(ctx, s)
	require.NoError(t, err)
	log.is(t, "BEGIN", "SELECT "+workerColumns+", workers.budget, coders.language, architects.towers FROM workers "+
		"LEFT OUTER JOIN coders ON workers.id = coders.id LEFT OUTER JOIN architects ON coders.id = architects.id ORDER BY workers.id",
		"SELECT laptops.id, laptops.label, laptops.coder_id FROM laptops WHERE laptops.coder_id IN (?, ?) ORDER BY laptops.id [2 3]",
		"SELECT "+workerColumns+", workers.budget FROM workers WHERE workers.chief_id IN (?) ORDER BY workers.id [4]")
	dee, ok := orm.AsA(Chiefs, all[3])
	require.True(t, ok)
	team, err := dee.Team.All()
	require.NoError(t, err)
	assert.Equal(t, all[:3], team)
	_, err = Workers.Select().Options(orm.Joined(&Coders.F.Laptops)).All(ctx, s)
	assert.ErrorContains(t, err, "an option of the query loads Coder.Laptops, but here it reads objects of Worker")
	require.NoError(t, s.Close())

	s, log = withStaff(t)
	_, err = Studios.Select().Limit(1).Options(orm.Joined(&Studios.F.Workers).Then(orm.WithPolymorphic(Coders))).All(ctx, s)
	require.NoError(t, err)
	sent := log.take()
	assert.Len(t, sent, 3, "only the architects take another query")
	limited, err := Workers.Select().OrderBy(orm.C(&Workers.F.ID).Asc()).Limit(2).Options(orm.WithPolymorphic(Coders), orm.Joined(&Workers.F.Studio)).
		Where(orm.C(&Coders.F.Language).IsNotNull()).All(ctx, s)
	require.NoError(t, err)
	assert.Len(t, limited, 2)
}

func TestClassesInStatements(t *testing.T) {
	ctx := context.Background()
	s, log := withStaff(t)
	rows, err := orm.Select(Coders).Where(orm.C(&Coders.F.Language).Eq("Go")).All(ctx, s)
	require.NoError(t, err)
	assert.Equal(t, 1, rows.Len())
	rows, err = orm.Select(Chiefs).All(ctx, s)
	require.NoError(t, err)
	assert.Equal(t, 1, rows.Len(), "rows of other classes are left out")
	log.is(t, "BEGIN", "SELECT "+workerColumns+", coders.language FROM workers JOIN coders ON workers.id = coders.id WHERE coders.language = ? [Go]",
		"SELECT "+workerColumns+", workers.budget FROM workers WHERE workers.kind IN (?) [chief]")

	n, err := orm.Update(Chiefs, orm.C(&Chiefs.F.Name).Set("x")).AllRows().Exec(ctx, s)
	require.NoError(t, err)
	assert.Equal(t, int64(1), n)
	n, err = orm.Delete(Chiefs).Where(orm.C(&Chiefs.F.Name).Eq("Ann")).Exec(ctx, s)
	require.NoError(t, err)
	assert.Zero(t, n)
	log.is(t, "UPDATE workers SET name=? WHERE workers.kind IN (?) [x chief]", "DELETE FROM workers WHERE workers.kind IN (?) AND workers.name = ? [chief Ann]")
	assert.ErrorContains(t, compileErr(orm.Delete(Chiefs)), "AllRows", "a statement without a condition of its own is still refused")

	seniors := Chiefs.As("seniors")
	_, err = seniors.Select().Where(orm.C(&seniors.F.Name).Eq("x")).All(ctx, s)
	require.NoError(t, err)
	log.is(t, "SELECT seniors.id, seniors.name, seniors.kind, seniors.studio_id, seniors.chief_id, seniors.budget FROM workers AS seniors WHERE seniors.name = ? AND seniors.kind IN (?) [x chief]")
	all, err := orm.FromStatement(Workers, orm.Text("SELECT * FROM workers ORDER BY id")).All(ctx, s)
	require.NoError(t, err)
	cid, ok := orm.AsA(Architects, all[2])
	assert.True(t, ok && cid.Towers == 3)
	log.take()

	studio, err := Studios.Get(ctx, s, 1)
	require.NoError(t, err)
	log.take()
	related, err := orm.Related(Coders, &studio.Workers).OrderBy(orm.C(&Coders.F.ID).Asc()).All(ctx, s)
	require.NoError(t, err)
	assert.Len(t, related, 2)
	s.AddCriteria(orm.Criteria(Workers, orm.C(&Workers.F.Name).Ne("Bob")))
	coders, err := Coders.Select().All(ctx, s)
	require.NoError(t, err)
	assert.Len(t, coders, 1, "the criteria of a base hold for its classes")
}

func TestRelationshipsOfASubclass(t *testing.T) {
	ctx := context.Background()
	s, log := withStaff(t)
	cid, err := Architects.Get(ctx, s, 3)
	require.NoError(t, err)
	studio, err := cid.Studio.Load(ctx)
	require.NoError(t, err)
	assert.Equal(t, "north", studio.Name)
	boss, err := cid.Boss.Load(ctx)
	require.NoError(t, err)
	assert.Equal(t, "chief", boss.Kind)
	skill := &Skill{Name: "drawing"}
	require.NoError(t, cid.Skills.Add(skill))
	log.take()
	require.NoError(t, s.Flush(ctx))
	log.is(t, "INSERT INTO skills (name) VALUES (?) [drawing]", "INSERT INTO coder_skills (coder_id, skill_id) VALUES (?, ?) [3 1]")
	require.NoError(t, s.Commit(ctx))
	coders, err := skill.Coders.Load(ctx)
	require.NoError(t, err)
	require.Len(t, coders, 1)
	assert.Same(t, &cid.Coder, coders[0])

	laptop := &Laptop{Label: "new"}
	require.NoError(t, laptop.Coder.Set(&Coder{Worker: Worker{Name: "Gus"}, Language: "Go"}))
	require.NoError(t, s.Add(laptop))
	log.take()
	require.NoError(t, s.Flush(ctx))
	sent := log.take()
	assert.Equal(t, "INSERT INTO laptops (label, coder_id) VALUES (?, ?) [new 5]", line(sent[len(sent)-1]), "behind both rows of the coder")

	_, err = orm.Update(Workers, orm.N(&Workers.F.ChiefID).Set(int64(3))).Where(orm.C(&Workers.F.ID).Eq(1)).Exec(ctx, s)
	require.NoError(t, err)
	ann, err := Workers.Get(ctx, s, 1)
	require.NoError(t, err)
	none, err := ann.Boss.Load(ctx)
	require.NoError(t, err)
	assert.Nil(t, none, "an architect is no chief, whatever the key says")
}

// Rows of another model refer to a class below, without a relationship.
type Desk struct {
	ID      int64 `orm:"primary_key"`
	CoderID int64 `orm:"foreign_key:coders.id"`
}

var Desks = orm.Declare[Desk]("desks")

func TestInheritedRowsBeforeThoseThatRefer(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t, append([]orm.Mapped{Desks}, staffModels...)...)
	s := session(t, engine)
	desk, coder := &Desk{ID: 1, CoderID: 7}, &Coder{Worker: Worker{ID: 7}}
	require.NoError(t, s.Add(desk, coder))
	require.NoError(t, s.Flush(ctx))
	require.NoError(t, s.Delete(coder, desk))
	require.NoError(t, s.Flush(ctx))
	var writes []string
	for _, st := range log.take() {
		if sql := line(st); !strings.HasPrefix(sql, "SELECT") && sql != "BEGIN" {
			writes = append(writes, strings.Join(strings.Fields(sql)[:3], " "))
		}
	}
	assert.Equal(t, []string{"INSERT INTO workers", "INSERT INTO coders", "INSERT INTO desks", "DELETE FROM coder_skills", "DELETE FROM desks", "DELETE FROM coders", "DELETE FROM workers"}, writes)
}
