package orm_test

import (
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Three calls leave room for a fourth element in the list that they grow: two
// branches must not put theirs into the same place.
func TestBranchesDoNotMeet(t *testing.T) {
	id, name, hunger := orm.C(&Pets.F.ID), orm.C(&Pets.F.Name), orm.C(&Pets.F.Hunger)
	one, two, three := hunger.Eq(1), hunger.Eq(2), hunger.Eq(3)
	core := orm.Select(id).From(Pets).From(Owners).From(Collars).Where(one).Where(two).Where(three).
		GroupBy(id).GroupBy(name).GroupBy(hunger).Having(one).Having(two).Having(three).
		OrderBy(id.Asc()).OrderBy(name.Asc()).OrderBy(hunger.Asc())
	query := Pets.Select().Where(one).Where(two).Where(three).OrderBy(id.Asc()).OrderBy(name.Asc()).OrderBy(hunger.Asc())
	update := orm.Update(Pets, name.Set("x")).Where(one).Where(two).Where(three)
	remove := orm.Delete(Pets).Where(one).Where(two).Where(three)
	insert := orm.Insert(Pets, "name").Row("1").Row("2").Row("3")
	text := orm.Text("SELECT :a").Bind("a", 0)
	type branch func(odd bool) compiler
	pick := func(odd bool) int64 {
		if odd {
			return 77
		}
		return 88
	}
	for method, b := range map[string]branch{
		"Select.Where":   func(odd bool) compiler { return core.Where(id.Eq(pick(odd))) },
		"Select.Having":  func(odd bool) compiler { return core.Having(id.Eq(pick(odd))) },
		"Select.OrderBy": func(odd bool) compiler { return core.OrderBy(direction(name, odd)) },
		"Query.OrderBy":  func(odd bool) compiler { return query.OrderBy(direction(name, odd)) },
		"Select.GroupBy": func(odd bool) compiler { return core.GroupBy(column(odd)) },
		"Select.From":    func(odd bool) compiler { return core.From(table(odd)) },
		"Query.Where":    func(odd bool) compiler { return query.Where(id.Eq(pick(odd))) },
		"Query.Limit":    func(odd bool) compiler { return query.Limit(int(pick(odd))) },
		"Query.Offset":   func(odd bool) compiler { return query.Offset(int(pick(odd))) },
		"Update.Where":   func(odd bool) compiler { return update.Where(id.Eq(pick(odd))) },
		"Delete.Where":   func(odd bool) compiler { return remove.Where(id.Eq(pick(odd))) },
		"Insert.Row":     func(odd bool) compiler { return insert.Row(string(rune('a' + pick(odd)))) },
		"Insert.Rows":    func(odd bool) compiler { return insert.Rows([][]any{{string(rune('a' + pick(odd)))}}) },
		"Text.Bind":      func(odd bool) compiler { return text.Bind("a", pick(odd)) },
	} {
		t.Run(method, func(t *testing.T) {
			alone, aloneArgs, err := b(true).Compile(sqlite.Dialect)
			require.NoError(t, err)
			odd, even := b(true), b(false)
			sql, args, err := odd.Compile(sqlite.Dialect)
			require.NoError(t, err)
			assert.Equal(t, alone, sql)
			assert.Equal(t, aloneArgs, args)
			evenSQL, evenArgs, err := even.Compile(sqlite.Dialect)
			require.NoError(t, err)
			assert.NotEqual(t, []any{sql, args}, []any{evenSQL, evenArgs})
		})
	}
}

func direction(e orm.Expr[string], odd bool) orm.Ordering {
	if odd {
		return e.Desc()
	}
	return e.Asc()
}

func column(odd bool) orm.Selectable {
	if odd {
		return orm.C(&Owners.F.Name)
	}
	return orm.C(&Collars.F.Owner)
}

func table(odd bool) orm.Mapped {
	if odd {
		return Words
	}
	return Seats
}

func TestConditionsKeepTheValuesTheyWereMadeWith(t *testing.T) {
	names, ages, all := []string{"a", "b"}, []int64{1, 2, 3, 4, 5}, []any{"a", "b"}
	table := orm.NewTable("people", orm.Column("x", orm.LongText()))
	s := orm.Select(orm.Count()).From(Users).Where(name.In(names...), age.NotIn(ages...), table.C("x").In(all...))
	names[0], ages[4], all[1] = "z", 9, "z"
	_, args, err := s.From(Users, table).Compile(sqlite.Dialect)
	require.NoError(t, err)
	assert.Equal(t, []any{"a", "b", int64(1), int64(2), int64(3), int64(4), int64(5), "a", "b"}, args)
	for i := range 6 { // few conditions lie in one piece of memory, more do not
		list := []orm.Cond{name.Eq("of both")}
		for range i {
			list = append(list, age.Gt(1))
		}
		base := orm.Select(name).Where(list...)
		one, two := base.Where(name.Eq("one")), base.Where(name.Eq("two"))
		_, args, err := one.Compile(sqlite.Dialect)
		require.NoError(t, err)
		assert.Equal(t, "one", args[len(args)-1])
		_, args, err = two.Compile(sqlite.Dialect)
		require.NoError(t, err)
		assert.Equal(t, "two", args[len(args)-1])
		_, args, err = base.Compile(sqlite.Dialect)
		require.NoError(t, err)
		assert.Len(t, args, i+1)
	}
}
