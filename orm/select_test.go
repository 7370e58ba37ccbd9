package orm_test

import (
	"context"
	"sync"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// things is a table whose rows are numbered, so that a condition's meaning is
// the list of the numbers that it keeps.
var things = orm.NewTable("things",
	orm.Column("id", orm.Integer()).PrimaryKey(),
	orm.Column("name", orm.String(20)),
	orm.Column("size", orm.Integer()),
	orm.Column("ok", orm.Boolean()))

func withThings(t *testing.T) *orm.Engine {
	t.Helper()
	ctx := context.Background()
	engine, _ := recorded(t, things)
	_, err := orm.Insert(things, "id", "name", "size", "ok").Rows([][]any{
		{1, "ant", 1, true},
		{2, "Bee", 2, false},
		{3, "50% off_", 30, nil},
		{4, nil, nil, true},
	}).Exec(ctx, engine)
	require.NoError(t, err)
	return engine
}

func ids(t *testing.T, rows *orm.Rows) []int64 {
	t.Helper()
	list := []int64{}
	for _, row := range rows.All() {
		var id int64
		require.NoError(t, row.Scan(&id))
		list = append(list, id)
	}
	return list
}

func TestConditions(t *testing.T) {
	ctx := context.Background()
	engine := withThings(t)
	id, name, size, ok := things.C("id"), things.C("name"), things.C("size"), things.C("ok")
	none := []int64{}
	for text, c := range map[string]struct {
		where orm.Cond
		want  []int64
	}{
		"Eq":                      {size.Eq(2), []int64{2}},
		"Eq of NULL":              {name.Eq(nil), []int64{4}},
		"Eq of a Null":            {size.Eq(orm.None[int64]()), []int64{4}},
		"Eq of a value in a Null": {size.Eq(orm.Some[int64](30)), []int64{3}},
		"Eq of a nil pointer":     {size.Eq((*int)(nil)), []int64{4}},
		"Ne":                      {size.Ne(2), []int64{1, 3}},
		"Ne of NULL":              {name.Ne(nil), []int64{1, 2, 3}},
		"Lt":                      {size.Lt(2), []int64{1}},
		"Le":                      {size.Le(2), []int64{1, 2}},
		"Gt":                      {size.Gt(2), []int64{3}},
		"Ge":                      {size.Ge(2), []int64{2, 3}},
		"EqExpr":                  {id.EqExpr(size), []int64{1, 2}},
		"LtExpr":                  {id.LtExpr(size), []int64{3}},
		"GtExpr":                  {size.GtExpr(id), []int64{3}},
		"In":                      {size.In(1, 30, 99), []int64{1, 3}},
		"In of none":              {size.In(), none},
		"NotIn":                   {size.NotIn(1, 30), []int64{2}},
		"NotIn of none":           {size.NotIn(), []int64{1, 2, 3, 4}},
		"Not In of none":          {orm.Not(size.In()), []int64{1, 2, 3, 4}},
		"Between":                 {size.Between(2, 30), []int64{2, 3}},
		"Not Between":             {orm.Not(size.Between(2, 30)), []int64{1}},
		"IsNull":                  {size.IsNull(), []int64{4}},
		"IsNotNull":               {size.IsNotNull(), []int64{1, 2, 3}},
		"Not IsNull":              {orm.Not(size.IsNull()), []int64{1, 2, 3}},
		"Like":                    {name.Like("_n%"), []int64{1}},
		"Like of any case":        {name.Like("b%"), []int64{2}},
		"NotLike":                 {name.NotLike("%e%"), []int64{1, 3}},
		"Contains":                {name.Contains("%"), []int64{3}},
		"Contains /":              {name.Contains("/"), none},
		"StartsWith":              {name.StartsWith("50%"), []int64{3}},
		"StartsWith a pattern":    {name.StartsWith("_n"), none},
		"EndsWith":                {name.EndsWith("_"), []int64{3}},
		"Bool":                    {ok.Eq(true), []int64{1, 4}},
		"And":                     {orm.And(size.Gt(1), ok.Eq(false)), []int64{2}},
		"And of none":             {orm.And(), []int64{1, 2, 3, 4}},
		"Or":                      {orm.Or(size.Eq(1), name.Eq("Bee")), []int64{1, 2}},
		"Or of none":              {orm.Or(), none},
		"Not":                     {orm.Not(size.Eq(2)), []int64{1, 3}},
		"Not And":                 {orm.Not(orm.And(size.Eq(2), ok.Eq(false))), []int64{1, 3, 4}},
		"Or in And":               {orm.And(orm.Or(size.Eq(1), size.Eq(2)), ok.Eq(true)), []int64{1}},
		"no condition":            {orm.Cond{}, []int64{1, 2, 3, 4}},
		"And with none of its":    {orm.And(orm.Cond{}, size.Eq(1), orm.Cond{}), []int64{1}},
		"Not of none":             {orm.Not(orm.Cond{}), []int64{1, 2, 3, 4}},
		"text":                    {orm.Text("size = :n OR id = 4").Bind("n", 1).Cond(), []int64{1, 4}},
		"text in And":             {orm.And(orm.Text("size = :n OR id = 4").Bind("n", 1).Cond(), id.Lt(4)), []int64{1}},
		"Not text":                {orm.Not(orm.Text("size = 1 OR size = 2").Cond()), []int64{3}},
	} {
		t.Run(text, func(t *testing.T) {
			rows, err := orm.Select(id).Where(c.where).OrderBy(id.Asc()).All(ctx, engine)
			require.NoError(t, err)
			assert.Equal(t, c.want, ids(t, rows))
		})
	}
}

func TestOrderLimitAndGroups(t *testing.T) {
	ctx := context.Background()
	engine := withThings(t)
	id, size, ok := things.C("id"), things.C("size"), things.C("ok")
	for name, c := range map[string]struct {
		q    orm.SelectStmt
		want string
	}{
		"order":       {orm.Select(id).Where(size.IsNotNull()).OrderBy(size.Desc()), "[(3) (2) (1)]"},
		"two orders":  {orm.Select(id).OrderBy(ok.Desc()).OrderBy(id.Desc()), "[(4) (1) (2) (3)]"},
		"limit":       {orm.Select(id).OrderBy(id.Asc()).Limit(2), "[(1) (2)]"},
		"limit 0":     {orm.Select(id).Limit(0), "[]"},
		"the last":    {orm.Select(id).OrderBy(id.Asc()).Limit(3).Limit(1), "[(1)]"},
		"offset":      {orm.Select(id).OrderBy(id.Asc()).Offset(3), "[(4)]"},
		"both":        {orm.Select(id).OrderBy(id.Asc()).Offset(1).Limit(2), "[(2) (3)]"},
		"distinct":    {orm.Select(ok).Where(ok.IsNotNull()).Distinct().OrderBy(ok.Asc()), "[(false) (true)]"},
		"aggregates":  {orm.Select(orm.Count(), orm.CountOf(size), orm.Sum(size), orm.Min(size), orm.Max(size), orm.Avg(size)).From(things), "[(4, 3, 33, 1, 30, 11)]"},
		"no rows":     {orm.Select(orm.Count(), orm.Sum(size), orm.Max(ok)).From(things).Where(orm.Or()), "[(0, NULL, NULL)]"},
		"group":       {orm.Select(ok, orm.Count().As("n")).GroupBy(ok).Having(orm.Count().Gt(1)), "[(true, 2)]"},
		"max of bool": {orm.Select(orm.Max(ok), orm.Min(ok).As("least")), "[(true, false)]"},
		"two columns": {orm.Select(things.C("name"), size).Where(id.Eq(1)), "[('ant', 1)]"},
	} {
		t.Run(name, func(t *testing.T) {
			rows, err := c.q.All(ctx, engine)
			require.NoError(t, err)
			got := "["
			for i, row := range rows.All() {
				if i > 0 {
					got += " "
				}
				got += row.String()
			}
			assert.Equal(t, c.want, got+"]")
		})
	}
}

func TestDynamicColumnsAreChecked(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t)
	size, name := things.C("size"), things.C("name")
	for text, c := range map[string]struct {
		q    orm.SelectStmt
		want string
	}{
		"unknown column":    {orm.Select(things.C("sise")), `orm: table things has no column "sise"; it has id, name, size, ok`},
		"unknown in Where":  {orm.Select(things).Where(things.C("x").Eq(1)), `table things has no column "x"`},
		"text for a number": {orm.Select(things).Where(size.Eq("two")), `things.size is an Integer column: it cannot be compared with "two" (string)`},
		"number for text":   {orm.Select(things).Where(name.In("a", 2)), `things.name is a String column: it cannot be compared with 2 (int)`},
		"bool for a number": {orm.Select(things).Where(size.Between(1, true)), `things.size is an Integer column: it cannot be compared with true (bool)`},
		"LIKE of a number":  {orm.Select(things).Where(size.Like("1%")), `orm: things.size is a column of type Integer: LIKE is for text`},
		"Contains a number": {orm.Select(things).Where(name.Contains(5)), `orm: things.name: the text to look for is a int`},
		"a list with NULL":  {orm.Select(things).Where(size.In(1, nil)), "a list for IN holds NULL, which no row equals; use IsNull for it, joined with Or"},
		"no Go type":        {orm.Select(things).Where(size.Eq(struct{}{})), "things.size is an Integer column: it cannot be compared with {} (struct {}, a Go type that no database knows)"},
		"nothing":           {orm.Select(), "orm: Select needs a table or columns"},
		"negative limit":    {orm.Select(things).Limit(-1), "orm: Limit(-1): the number of rows is negative"},
		"negative offset":   {orm.Select(things).Offset(-1), "orm: Offset(-1): the number of rows is negative"},
	} {
		t.Run(text, func(t *testing.T) {
			_, err := c.q.All(ctx, engine)
			assert.ErrorContains(t, err, c.want)
			_, err = c.q.One(ctx, engine)
			assert.ErrorContains(t, err, c.want)
			_, _, err = c.q.Compile(sqlite.Dialect)
			assert.ErrorContains(t, err, c.want)
			log.is(t)
		})
	}
	_, _, err := orm.Select(things).Compile(nil)
	assert.EqualError(t, err, "orm: compiling a statement: the dialect is nil")
}

func TestOneAndFirst(t *testing.T) {
	ctx := context.Background()
	engine := withThings(t)
	id := things.C("id")
	all := orm.Select(id).OrderBy(id.Desc())
	row, err := all.First(ctx, engine)
	require.NoError(t, err)
	assert.Equal(t, "(4)", row.String())
	_, err = all.One(ctx, engine)
	assert.ErrorIs(t, err, orm.ErrMultipleRows)
	row, err = all.Limit(1).One(ctx, engine)
	require.NoError(t, err)
	assert.Equal(t, "(4)", row.String())
	none := all.Where(id.Eq(99))
	_, err = none.One(ctx, engine)
	assert.ErrorIs(t, err, orm.ErrNoRows)
	_, err = none.First(ctx, engine)
	assert.ErrorIs(t, err, orm.ErrNoRows)

	s, log := withPets(t, &Pet{Name: "a"}, &Pet{Name: "b"})
	_, err = Pets.Select().One(ctx, s)
	assert.ErrorIs(t, err, orm.ErrMultipleRows)
	pet, err := Pets.Select().OrderBy(orm.C(&Pets.F.Name).Desc()).First(ctx, s)
	require.NoError(t, err)
	assert.Equal(t, "b", pet.Name)
	_, err = Pets.Select().Where(orm.C(&Pets.F.Name).Eq("c")).First(ctx, s)
	assert.ErrorIs(t, err, orm.ErrNoRows)
	_, err = Pets.Select().Where(orm.C(&Pets.F.Name).Eq("c")).One(ctx, s)
	assert.ErrorIs(t, err, orm.ErrNoRows)
	log.is(t, "BEGIN", selectAll+" LIMIT ? [2]", selectAll+" ORDER BY pets.name DESC LIMIT ? [1]",
		selectAll+" WHERE pets.name = ? LIMIT ? [c 1]", selectAll+" WHERE pets.name = ? LIMIT ? [c 2]")
}

// A statement that branches or that goroutines share keeps what it was.
func TestStatementsAreValues(t *testing.T) {
	name, hunger := orm.C(&Pets.F.Name), orm.C(&Pets.F.Hunger)
	base := Pets.Select().Where(name.Like("a%"), name.Like("%b"), name.Like("%c")).OrderBy(name.Asc(), hunger.Asc())
	core := orm.Select(Pets).From(Pets).Where(name.Like("a%"), name.Like("%b"), name.Like("%c")).OrderBy(name.Asc(), hunger.Asc())
	insert := orm.Insert(Pets, "name").Row("a").Row("b").Row("c")
	update := orm.Update(Pets, name.Set("x")).Where(hunger.Gt(1), hunger.Lt(9), hunger.Ne(5))
	del := orm.Delete(Pets).Where(hunger.Gt(1), hunger.Lt(9), hunger.Ne(5))
	text := orm.Text("SELECT :a, :b").Bind("a", 0)

	const conditions = " WHERE pets.name LIKE ? AND pets.name LIKE ? AND pets.name LIKE ? AND pets.hunger = ? ORDER BY pets.name, pets.hunger, pets.id LIMIT ?"
	var wait sync.WaitGroup
	for i := range int64(8) {
		wait.Go(func() {
			eq := hunger.Eq(i)
			order := orm.C(&Pets.F.ID).Asc()
			for _, c := range []struct {
				s    compiler
				sql  string
				args []any
			}{
				{base.Where(eq).OrderBy(order).Limit(int(i)), selectAll + conditions, []any{"a%", "%b", "%c", i, i}},
				{core.Where(eq).OrderBy(order).Limit(int(i)), selectAll + conditions, []any{"a%", "%b", "%c", i, i}},
				{insert.Row(i), "", nil},
				{insert.Row("d"), "INSERT INTO pets (name) VALUES (?), (?), (?), (?)", []any{"a", "b", "c", "d"}},
				{update.Where(eq), "UPDATE pets SET name=? WHERE pets.hunger > ? AND pets.hunger < ? AND pets.hunger != ? AND pets.hunger = ?", []any{"x", int64(1), int64(9), int64(5), i}},
				{del.Where(eq), "DELETE FROM pets WHERE pets.hunger > ? AND pets.hunger < ? AND pets.hunger != ? AND pets.hunger = ?", []any{int64(1), int64(9), int64(5), i}},
				{text.Bind("b", i), "SELECT ?, ?", []any{0, i}},
			} {
				sql, args, err := c.s.Compile(sqlite.Dialect)
				if c.sql == "" {
					assert.Error(t, err)
					continue
				}
				if assert.NoError(t, err) {
					assert.Equal(t, c.sql, sql)
					assert.Equal(t, c.args, args)
				}
			}
		})
	}
	wait.Wait()
	sql, args, err := base.Compile(sqlite.Dialect)
	require.NoError(t, err)
	assert.Equal(t, selectAll+" WHERE pets.name LIKE ? AND pets.name LIKE ? AND pets.name LIKE ? ORDER BY pets.name, pets.hunger", sql)
	assert.Len(t, args, 3)
	_, _, err = text.Compile(sqlite.Dialect)
	assert.ErrorContains(t, err, "b", "the bind that a branch gave is not there")
}
