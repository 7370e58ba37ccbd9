package orm_test

import (
	"context"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestInsertOfManyRowsIsOneTransaction(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t, things)
	insert := orm.Insert(things, "id", "name")
	n, err := insert.Row(1, "a").Row(2, nil).Rows([][]any{{3, orm.Some("c")}, {4, orm.None[string]()}}).Exec(ctx, engine)
	require.NoError(t, err)
	assert.Equal(t, int64(4), n)
	const sql = "INSERT INTO things (id, name) VALUES (?, ?)"
	log.is(t, "BEGIN", sql+" [1 a]", sql+" [2 <nil>]", sql+" [3 c]", sql+" [4 <nil>]", "COMMIT")

	n, err = insert.Row(5, nil).Exec(ctx, engine)
	require.NoError(t, err)
	assert.Equal(t, int64(1), n)
	log.is(t, sql+" [5 <nil>]") // one row needs no transaction

	_, err = insert.Row(6, "f").Row(1, "again").Row(7, "g").Exec(ctx, engine)
	var refusal *orm.Error
	require.ErrorAs(t, err, &refusal)
	assert.Equal(t, orm.KindUnique, refusal.Kind)
	assert.ErrorContains(t, err, "inserting row 2: ")
	log.is(t, "BEGIN", sql+" [6 f]", sql+" [1 again]", "ROLLBACK")
	row, err := orm.Select(orm.Count()).From(things).One(ctx, engine)
	require.NoError(t, err)
	assert.Equal(t, []any{int64(5)}, row.Values())
}

func TestInsertInASessionJoinsItsTransaction(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t, Pets)
	s := session(t, engine)
	_, err := orm.Insert(Pets, "name").Row("a").Row("b").Exec(ctx, s)
	require.NoError(t, err)
	pets, err := Pets.Select().All(ctx, s)
	require.NoError(t, err)
	assert.Equal(t, []Pet{{ID: 1, Name: "a", Hunger: 20}, {ID: 2, Name: "b", Hunger: 20}}, []Pet{*pets[0], *pets[1]})
	require.NoError(t, s.Rollback(ctx))
	log.is(t, "BEGIN", "INSERT INTO pets (name) VALUES (?) [a]", "INSERT INTO pets (name) VALUES (?) [b]", selectAll, "ROLLBACK")
}

func TestInsertErrors(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t, things)
	for name, c := range map[string]struct {
		insert orm.InsertStmt
		want   string
	}{
		"unknown columns": {orm.Insert(things, "id", "x", "y").Row(1, 2, 3), "orm: inserting into things: it has no column \"x\"\norm: inserting into things: it has no column \"y\""},
		"no columns":      {orm.Insert(things).Row(), "orm: inserting into things: no columns are named"},
		"no rows":         {orm.Insert(things, "id"), "orm: inserting into things: no rows are given"},
		"short row":       {orm.Insert(things, "id", "name").Row(1, "a").Row(2), "orm: inserting into things: row 2 has 1 values for 2 columns"},
		"short rows":      {orm.Insert(things, "id", "name").Rows([][]any{{1, "a"}, {2, "b", 3}}), "orm: inserting into things: row 2 has 3 values for 2 columns"},
		"first value":     {orm.Insert(things, "id").Row("one").Row(2), `things.id is an Integer column: it cannot hold "one" (string)`},
		"later value":     {orm.Insert(things, "id").Row(1).Row("two"), `orm: inserting into things: row 2: column id: dialect: an Integer column cannot hold "two" (string)`},
		"twice":           {orm.Insert(things, "id", "id").Row(1, 2), "things.id is there twice"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := c.insert.Exec(ctx, engine)
			assert.ErrorContains(t, err, c.want)
			log.take()
			row, err := orm.Select(orm.Count()).From(things).One(ctx, engine)
			require.NoError(t, err)
			assert.Equal(t, []any{int64(0)}, row.Values())
		})
	}
}

func TestUpdateAndDelete(t *testing.T) {
	ctx := context.Background()
	s, log := withPets(t, &Pet{Name: "a", Hunger: 1}, &Pet{Name: "b", Hunger: 2}, &Pet{Name: "c", Hunger: 3})
	name, species, hunger, id := orm.C(&Pets.F.Name), orm.N(&Pets.F.Species), orm.C(&Pets.F.Hunger), orm.C(&Pets.F.ID)
	for text, c := range map[string]struct {
		stmt interface {
			Exec(ctx context.Context, on orm.Executor) (int64, error)
		}
		sql      string
		affected int64
	}{
		"values":     {orm.Update(Pets, name.Set("x"), hunger.Set(0)).Where(id.Eq(1)), "UPDATE pets SET name=?, hunger=? WHERE pets.id = ? [x 0 1]", 1},
		"expression": {orm.Update(Pets, hunger.SetExpr(id)).Where(hunger.Gt(1)), "UPDATE pets SET hunger=pets.id WHERE pets.hunger > ? [1]", 2},
		"NULL":       {orm.Update(Pets, orm.C(&Pets.F.Species).Set(orm.None[string]())).AllRows(), "UPDATE pets SET species=? [<nil>]", 3},
		"of a Null":  {orm.Update(Pets, species.Set("Cat")).AllRows(), "UPDATE pets SET species=? [Cat]", 3},
		"no row":     {orm.Update(Pets, hunger.Set(1)).Where(id.Eq(9)), "UPDATE pets SET hunger=? WHERE pets.id = ? [1 9]", 0},
		"delete":     {orm.Delete(Pets).Where(id.In(1, 2)), "DELETE FROM pets WHERE pets.id IN (?, ?) [1 2]", 2},
		"delete all": {orm.Delete(Pets).AllRows(), "DELETE FROM pets", 3},
	} {
		t.Run(text, func(t *testing.T) {
			require.NoError(t, s.Rollback(ctx))
			log.take()
			n, err := c.stmt.Exec(ctx, s)
			require.NoError(t, err)
			assert.Equal(t, c.affected, n)
			log.is(t, "BEGIN", c.sql)
		})
	}
}

func TestUpdateAndDeleteAreGuarded(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t, Pets)
	hunger := orm.C(&Pets.F.Hunger)
	const update = "without Where it changes all rows of the table; say so with AllRows()"
	const remove = "without Where it removes all rows of the table; say so with AllRows()"
	for name, c := range map[string]struct {
		stmt interface {
			Exec(ctx context.Context, on orm.Executor) (int64, error)
		}
		want string
	}{
		"update":                   {orm.Update(Pets, hunger.Set(1)), update},
		"update, Where of nothing": {orm.Update(Pets, hunger.Set(1)).Where(), update},
		"update, no condition":     {orm.Update(Pets, hunger.Set(1)).Where(orm.Cond{}), update},
		"update, And of none":      {orm.Update(Pets, hunger.Set(1)).Where(orm.And()), update},
		"delete":                   {orm.Delete(Pets), remove},
		"delete, And of none":      {orm.Delete(Pets).Where(orm.And(orm.Cond{}), orm.And()), remove},
		"delete, Not of none":      {orm.Delete(Pets).Where(orm.Not(orm.Cond{})), remove},
		"nothing set":              {orm.Update(Pets).AllRows(), "dialect: compiling UPDATE for sqlite: pets: nothing is set"},
		"set twice":                {orm.Update(Pets, hunger.Set(1), hunger.Set(2)).AllRows(), "pets.hunger is set twice"},
		"no column":                {orm.Update(Pets, orm.Count().Set(1)).AllRows(), "orm: only columns can be set"},
		"another table's":          {orm.Update(Pets, orm.C(&Owners.F.Name).Set("x")).AllRows(), "name is not a column of the table pets"},
		"wrong value":              {orm.Update(things, things.C("size").Set("big")).AllRows(), `things.size is an Integer column: it cannot hold "big" (string)`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := c.stmt.Exec(ctx, engine)
			assert.ErrorContains(t, err, c.want)
			log.is(t)
		})
	}
}
