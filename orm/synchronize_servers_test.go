package orm_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/internal/testdb"
)

// TestReturningThroughASessionOnEveryDatabase: the objects follow a statement
// that returns rows as they follow one that does not.
func TestReturningThroughASessionOnEveryDatabase(t *testing.T) {
	testdb.Each(t, func(t *testing.T, url string) {
		ctx := context.Background()
		engine, log := recordedAt(t, url, Pets)
		insertPets(t, engine, &Pet{Name: "a", Hunger: 1}, &Pet{Name: "b", Hunger: 2}, &Pet{Name: "c", Hunger: 3}, &Pet{Name: "d", Hunger: 4})
		hunger, name, features := orm.C(&Pets.F.Hunger), orm.C(&Pets.F.Name), engine.Dialect().Features()
		s := session(t, engine)
		pets := byID(t, s, Pets, &Pets.F.ID)
		// like asserts that the objects are like their rows, and that nothing of them
		// has to be written.
		like := func(what string, want ...int64) {
			t.Helper()
			rows, err := orm.Select1(hunger).OrderBy(orm.C(&Pets.F.ID).Asc()).All(ctx, s)
			require.NoError(t, err, what)
			assert.Equal(t, want, rows, what)
			log.take()
			require.NoError(t, s.Flush(ctx), what)
			log.is(t)
		}

		if features.UpdateReturning {
			rows, err := orm.Update(Pets, hunger.Set(9)).Where(hunger.Lt(3)).Returning(name, hunger).All(ctx, s)
			require.NoError(t, err)
			assert.ElementsMatch(t, [][]any{{"a", int64(9)}, {"b", int64(9)}}, rows.Values())
			assert.Equal(t, []int64{9, 9, 3, 4}, hungers(pets))
			like("evaluated", 9, 9, 3, 4)
			row, err := orm.Update(Pets, hunger.SetExpr(orm.Add(hunger, 10)), name.SetExpr(orm.Upper(name))).Where(name.Like("c%")).Returning(hunger).One(ctx, s)
			require.NoError(t, err)
			assert.Equal(t, "(13)", row.String())
			got, err := Pets.Get(ctx, s, pets[2].ID)
			require.NoError(t, err)
			assert.Same(t, pets[2], got)
			assert.Equal(t, []any{"C", int64(13)}, []any{got.Name, got.Hunger})
			like("found by the database", 9, 9, 13, 4)
			none, err := orm.As[string](orm.Update(Pets, hunger.Set(0)).Where(hunger.Eq(99)).Returning(name)).All(ctx, s)
			require.NoError(t, err)
			assert.Empty(t, none)
			like("no row", 9, 9, 13, 4)
		} else {
			for _, where := range []orm.Cond{hunger.Lt(3), name.Like("c%")} {
				_, err := orm.Update(Pets, hunger.Set(9)).Where(where).Returning(name).All(ctx, s)
				require.ErrorContains(t, err, engine.Dialect().Name()+" has no RETURNING for UPDATE; read the rows with a SELECT")
				_, err = orm.As[string](orm.Update(Pets, hunger.Set(9)).Where(where).Returning(name)).One(ctx, s)
				require.ErrorContains(t, err, "no RETURNING for UPDATE")
			}
			assert.Equal(t, []int64{1, 2, 3, 4}, hungers(pets))
			like("refused", 1, 2, 3, 4)
		}
		require.NoError(t, s.Rollback(ctx))
		pets = byID(t, s, Pets, &Pets.F.ID)
		assert.Equal(t, []int64{1, 2, 3, 4}, hungers(pets))

		if !features.DeleteReturning { // a MySQL
			_, err := orm.Delete(Pets).Where(hunger.Eq(1)).Returning(name).All(ctx, s)
			require.ErrorContains(t, err, "no RETURNING for DELETE")
			assert.True(t, s.Contains(pets[0]))
			return
		}
		held := func() (list []bool) {
			for _, p := range pets {
				list = append(list, s.Contains(p))
			}
			return list
		}
		rows, err := orm.Delete(Pets).Where(hunger.Eq(1)).Returning(name, hunger).All(ctx, s)
		require.NoError(t, err)
		assert.Equal(t, [][]any{{"a", int64(1)}}, rows.Values())
		assert.Equal(t, []bool{false, true, true, true}, held())
		like("deleted", 2, 3, 4)
		gone, err := orm.As[string](orm.Delete(Pets).Where(name.Like("c%")).Returning(name)).All(ctx, s)
		require.NoError(t, err)
		assert.Equal(t, []string{"c"}, gone)
		assert.Equal(t, []bool{false, true, false, true}, held())
		like("deleted as found by the database", 2, 4)
		require.NoError(t, s.Rollback(ctx))
		assert.Equal(t, []bool{true, true, true, true}, held())
		_, err = orm.Delete(Pets).Where(hunger.Gt(3)).Returning(name).All(ctx, s)
		require.NoError(t, err)
		require.NoError(t, s.Commit(ctx))
		assert.Equal(t, []bool{true, true, true, false}, held())
		like("committed", 1, 2, 3)
	})
}

// staffOf is what [staff] says if the tables are like the objects.
func staffOf(ann *Worker, bob *Coder, cid *Architect, dee *Chief) []string {
	var budget any
	if dee.Budget.Valid {
		budget = dee.Budget.V
	}
	return []string{
		spaced(ann.ID, ann.Name, ann.Kind, nil, nil, nil), spaced(bob.ID, bob.Name, bob.Kind, nil, bob.Language, nil),
		spaced(cid.ID, cid.Name, cid.Kind, nil, cid.Language, cid.Towers), spaced(dee.ID, dee.Name, dee.Kind, budget, nil, nil),
	}
}

// TestHierarchiesFollowUpdatesOnEveryDatabase: of the objects of classes those
// follow whose rows a statement changes, in whichever of the tables.
func TestHierarchiesFollowUpdatesOnEveryDatabase(t *testing.T) {
	id, name, kind, budget := orm.C(&Workers.F.ID), orm.C(&Workers.F.Name), orm.C(&Workers.F.Kind), orm.N(&Chiefs.F.Budget)
	language, towers := orm.C(&Coders.F.Language), orm.C(&Architects.F.Towers)
	cases := map[string]struct {
		stmt    orm.UpdateStmt
		returns orm.Selectable
		changed []int // the workers that the statement changes
		expired []int // those of which only the database knows how
	}{
		"root":                        {orm.Update(Workers, name.Set("x")).Where(id.In(2, 3)), name, []int{2, 3}, nil},
		"root, all":                   {orm.Update(Workers, name.Set("x")).AllRows(), name, []int{1, 2, 3, 4}, nil},
		"root, found by the database": {orm.Update(Workers, name.Set("x")).Where(name.Like("%i%")), name, []int{3}, nil},
		"root, by a class's column":   {orm.Update(Workers, name.Set("x")).Where(budget.Gt(50)), name, []int{4}, nil},
		"root, by another table": {orm.Update(Workers, name.Set("x")).From(Studios).Where(orm.N(&Workers.F.StudioID).EqExpr(orm.C(&Studios.F.ID)),
			orm.C(&Studios.F.Name).Eq("north"), kind.Ne("coder")), name, []int{1, 3, 4}, nil},
		"class":                          {orm.Update(Chiefs, budget.Set(7)).Where(budget.Gt(50)), budget, []int{4}, nil},
		"class, all":                     {orm.Update(Chiefs, budget.Set(7)).AllRows(), budget, []int{4}, nil},
		"class, none":                    {orm.Update(Chiefs, name.Set("x")).Where(name.Like("A%")), name, nil, nil},
		"further down":                   {orm.Update(Coders, language.Set("x")).Where(language.Eq("C")), language, []int{3}, nil},
		"further down, by an expression": {orm.Update(Coders, language.SetExpr(orm.Upper(language))).Where(language.Like("G%")), language, []int{2}, []int{2}},
		"at the end":                     {orm.Update(Architects, towers.SetExpr(orm.Add(towers, 1))).AllRows(), towers, []int{3}, nil},
	}
	testdb.Each(t, func(t *testing.T, url string) {
		ctx := context.Background()
		engine, _ := recordedAt(t, url, staffModels...)
		fillStaff(t, engine)
		returns := engine.Dialect().Features().UpdateReturning
		for label, c := range cases {
			for _, returning := range []bool{false, true} {
				label := fmt.Sprint(label, ", returning: ", returning)
				if returning && !returns {
					continue
				}
				s, ann, bob, cid, dee := heldStaff(t, engine)
				before := staff(t, s)
				n := 0
				if returning {
					rows, err := c.stmt.Returning(c.returns).All(ctx, s)
					require.NoError(t, err, label)
					n = rows.Len()
				} else {
					changed, err := c.stmt.Exec(ctx, s)
					require.NoError(t, err, label)
					n = int(changed)
				}
				assert.Len(t, c.changed, n, label)
				var old []int
				for i, is := range expired(t, s, ann, bob, cid, dee) {
					if is {
						old = append(old, i+1)
					}
				}
				assert.Equal(t, c.expired, old, label)
				byID(t, s, Workers, &Workers.F.ID) // reads what has expired
				after := staff(t, s)
				var changed []int
				for i := range after {
					if before[i] != after[i] {
						changed = append(changed, i+1)
					}
				}
				assert.Equal(t, c.changed, changed, label)
				assert.Equal(t, after, staffOf(ann, bob, cid, dee), label)
				require.NoError(t, s.Rollback(ctx), label)
				byID(t, s, Workers, &Workers.F.ID)
				assert.Equal(t, before, staffOf(ann, bob, cid, dee), label)
				require.NoError(t, s.Close())
			}
		}
	})
}

// TestHierarchiesFollowDeletesOnEveryDatabase: objects go with the root's row,
// and expire with a row further down.
func TestHierarchiesFollowDeletesOnEveryDatabase(t *testing.T) {
	id, name, kind, budget := orm.C(&Workers.F.ID), orm.C(&Workers.F.Name), orm.C(&Workers.F.Kind), orm.N(&Chiefs.F.Budget)
	towers := orm.C(&Architects.F.Towers)
	cases := map[string]struct {
		stmt    orm.DeleteStmt
		returns orm.Selectable
		gone    int // the worker that goes
		expired int // or that has a row less
	}{
		"root":                              {orm.Delete(Workers).Where(id.Eq(1)), name, 1, 0},
		"root, found by the database":       {orm.Delete(Workers).Where(name.Like("A%")), name, 1, 0},
		"class":                             {orm.Delete(Chiefs).Where(budget.Gt(50)), budget, 4, 0},
		"class, all":                        {orm.Delete(Chiefs).AllRows(), budget, 4, 0},
		"class, none":                       {orm.Delete(Chiefs).Where(name.Like("A%")), budget, 0, 0},
		"at the end":                        {orm.Delete(Architects).Where(towers.Eq(3)), towers, 0, 3},
		"at the end, found by the database": {orm.Delete(Architects).Where(orm.Abs(towers).Eq(3)), towers, 0, 3},
		"by another table":                  {orm.Delete(Workers).Using(Studios).Where(orm.N(&Workers.F.StudioID).EqExpr(orm.C(&Studios.F.ID)), kind.Eq("worker")), name, 1, 0},
	}
	testdb.Each(t, func(t *testing.T, url string) {
		ctx := context.Background()
		engine, _ := recordedAt(t, url, staffModels...)
		fillStaff(t, engine)
		_, err := orm.Update(Workers, orm.C(&Workers.F.ChiefID).Set(orm.Null[int64]{})).AllRows().Exec(ctx, engine)
		require.NoError(t, err)
		features := engine.Dialect().Features()
		for label, c := range cases {
			for _, returning := range []bool{false, true} {
				others, form := label == "by another table", features.DeleteUsing
				if others && form == dialect.ChangeAlone || returning && !features.DeleteReturning {
					continue
				}
				label := fmt.Sprint(label, ", returning: ", returning)
				s, ann, bob, cid, dee := heldStaff(t, engine)
				n := 0
				if returning {
					rows, err := c.stmt.Returning(c.returns).All(ctx, s)
					if others && form == dialect.ChangeTables {
						require.ErrorContains(t, err, "has no RETURNING for DELETE with other tables; read the rows with a SELECT", label)
						assert.Equal(t, staff(t, s), staffOf(ann, bob, cid, dee), label)
						require.NoError(t, s.Close())
						continue
					}
					require.NoError(t, err, label)
					n = rows.Len()
				} else {
					changed, err := c.stmt.Exec(ctx, s)
					require.NoError(t, err, label)
					n = int(changed)
				}
				if c.gone+c.expired > 0 {
					n--
				}
				assert.Zero(t, n, label)
				objects := []any{ann, bob, cid, dee}
				for i, o := range objects {
					info, err := s.Inspect(o)
					require.NoError(t, err, label)
					assert.Equal(t, []bool{i+1 != c.gone, i+1 == c.expired}, []bool{s.Contains(o), info.Expired}, "%s: %d", label, i+1)
				}
				require.NoError(t, s.Flush(ctx), label)
				require.NoError(t, s.Rollback(ctx), label)
				byID(t, s, Workers, &Workers.F.ID)
				assert.Equal(t, staff(t, s), staffOf(ann, bob, cid, dee), label)
				for i, o := range objects {
					assert.True(t, s.Contains(o), "%s: %d", label, i+1)
				}
				require.NoError(t, s.Close())
			}
		}

		// Laptops refer to the coder's row: nothing follows what was refused.
		s, _, bob, _, _ := heldStaff(t, engine)
		_, err = orm.Delete(Coders).Where(orm.C(&Coders.F.Language).Eq("Go")).Exec(ctx, s)
		require.Equal(t, orm.KindForeignKey, orm.KindOf(err), err)
		info, err := s.Inspect(bob)
		require.NoError(t, err)
		assert.Equal(t, []bool{true, false}, []bool{s.Contains(bob), info.Expired})
		require.NoError(t, s.Rollback(ctx))
	})
}
