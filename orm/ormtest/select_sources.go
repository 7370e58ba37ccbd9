package ormtest

import (
	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect"
)

func joins() []statement {
	boss := employees.As("boss")
	worker, bossID := orm.C(&employees.F.Name), orm.N(&employees.F.ManagerID)
	return []statement{
		{name: "inner", stmt: orm.Select(name, email).Join(addresses).OrderBy(addressID.Asc()), want: "('ed', 'ed@a.org') ('ed', 'ed@b.org') ('wendy', 'wendy@a.org')"},
		{name: "with a condition", stmt: orm.Select(email).From(users).Join(addresses, id.EqExpr(userID), email.Like("%b.org")), want: "('ed@b.org')"},
		{name: "left", stmt: orm.Select(name, addressID).From(users).LeftJoin(addresses).OrderBy(id.Asc(), addressID.Asc()),
			want: "('ed', 1) ('ed', 2) ('wendy', 3) ('jack', NULL)"},
		{name: "right", stmt: orm.Select(name, teamName).From(users).RightJoin(teams), want: "any order: ('ed', 'red') ('wendy', 'red') (NULL, 'blue')"},
		{name: "full", stmt: orm.Select(name, teamName).From(users).FullJoin(teams), want: "any order: ('ed', 'red') ('wendy', 'red') ('jack', NULL) (NULL, 'blue')",
			has: func(f *dialect.Features) bool { return f.FullJoin }, lacks: "FULL JOIN"},
		{name: "cross", stmt: orm.Select(id, teamKey).From(users).CrossJoin(teams).OrderBy(id.Asc(), teamKey.Asc()), want: "(1, 1) (1, 2) (2, 1) (2, 2) (3, 1) (3, 2)"},
		{name: "three tables", stmt: orm.Select(addressID, teamName).From(addresses).Join(users).Join(teams).OrderBy(addressID.Asc()), want: "(1, 'red') (2, 'red') (3, 'red')"},
		{name: "itself", stmt: orm.Select(worker, orm.C(&boss.F.Name)).From(employees).LeftJoin(boss, bossID.EqExpr(orm.C(&boss.F.ID))).OrderBy(worker.Asc()),
			want: "('Ann', NULL) ('Bob', 'Ann') ('Cid', 'Bob')"},
		{name: "a join from several tables", stmt: orm.Select(teamName, email).From(teams, addresses).Join(users, id.EqExpr(userID)).
			Where(teamKey.EqExpr(teamID)).OrderBy(email.Asc()), want: "('red', 'ed@a.org') ('red', 'ed@b.org') ('red', 'wendy@a.org')"},
	}
}

func subqueries() []statement {
	counted := orm.Select(userID, orm.Count().As("n")).GroupBy(userID).Subquery("s")
	lateral := orm.Select(email).Where(userID.EqExpr(id)).OrderBy(email.Desc()).Limit(1).Lateral("last")
	columns := []orm.ColumnDef{orm.Column("n", orm.Integer()), orm.Column("word", orm.String(5))}
	values := orm.ValuesOf("v", columns, []any{1, "one"}, []any{2, nil})
	return []statement{
		{name: "in FROM", stmt: orm.Select(counted.C("n")).Where(counted.C("n").Gt(1)), want: "(2)"},
		{name: "joined", stmt: each(name, counted.C("n")).From(users).LeftJoin(counted, id.EqExpr(orm.ColumnOf(counted, userID))), want: "('ed', 2) ('wendy', 1) ('jack', NULL)"},
		{name: "scalar", stmt: each(id, orm.ScalarSubquery[int64](orm.Select(orm.Count()).Where(userID.EqExpr(id)).From(addresses))), want: "(1, 2) (2, 1) (3, 0)"},
		{name: "exists", stmt: who(orm.ExistsIn(addresses, userID.EqExpr(id))), want: "(1) (2)"},
		{name: "not exists", stmt: who(orm.Not(orm.ExistsIn(addresses, userID.EqExpr(id)))), want: "(3)"},
		{name: "in a query", stmt: who(orm.InSelect(id, orm.Select(userID))), want: "(1) (2)"},
		{name: "not in a query", stmt: who(orm.NotInSelect(id, orm.Select(userID))), want: "(3)"},
		{name: "values", stmt: orm.Select(values.C("n"), values.C("word")).OrderBy(values.C("n").Desc()), want: "(2, NULL) (1, 'one')"},
		{name: "values joined", stmt: each(name, values.C("word")).From(users).Join(values, orm.TypeCoerce[any](id).EqExpr(values.C("n"))), want: "('ed', 'one') ('wendy', NULL)"},
		{name: "lateral", stmt: each(name, lateral.C("email")).From(users).Join(lateral, orm.True()), want: "('ed', 'ed@b.org') ('wendy', 'wendy@a.org')",
			has: func(f *dialect.Features) bool { return f.Lateral }, lacks: "LATERAL"},
	}
}

func ctes() []statement {
	old := orm.Select(id, name).Where(age.Gt(26)).CTE("old")
	again := old.As("again")
	chain := orm.Recursive("chain", orm.Select(orm.C(&employees.F.ID).As("id"), orm.Literal(int64(0)).As("depth")).From(employees).Where(orm.N(&employees.F.ManagerID).IsNull()),
		func(r orm.Derived) orm.SelectStmt {
			return orm.Select(orm.C(&employees.F.ID), orm.Add(orm.TypeCoerce[int64](r.C("depth")), 1)).From(employees).
				Join(r, orm.TypeCoerce[any](orm.N(&employees.F.ManagerID)).EqExpr(r.C("id")))
		})
	gone := orm.Delete(addresses).Where(userID.Eq(1)).Returning(email).CTE("gone")
	return []statement{
		{name: "CTE", stmt: orm.Select(old.C("name")).OrderBy(old.C("id").Asc()), want: "('ed') ('jack')"},
		{name: "CTE read twice", stmt: orm.Select(old.C("id"), again.C("id")).From(old).Join(again, old.C("id").EqExpr(again.C("id"))).OrderBy(old.C("id").Asc()), want: "(1, 1) (3, 3)"},
		{name: "recursive", stmt: orm.Select(chain.C("id"), chain.C("depth")).OrderBy(chain.C("id").Asc()), want: "(1, 0) (2, 1) (3, 2)"},
		{name: "materialized", stmt: orm.Select(old.Materialized().C("name")).OrderBy(orm.ByName("name").Asc()), want: "('ed') ('jack')",
			has: func(f *dialect.Features) bool { return f.Materialized }, lacks: "MATERIALIZED"},
		{name: "not materialized", stmt: orm.Select(old.NotMaterialized().C("name")).OrderBy(orm.ByName("name").Asc()), want: "('ed') ('jack')",
			has: func(f *dialect.Features) bool { return f.Materialized }, lacks: "MATERIALIZED"},
		{name: "CTE before an INSERT", stmt: orm.Insert(teams, "id", "name").FromSelect(orm.Select(orm.Add(orm.ColumnOf(old, id), 10), old.C("name"))), want: "2 rows"},
		{name: "CTE before an UPDATE", stmt: orm.Update(users, age.Set(1)).Where(orm.InSelect(id, orm.Select(old.C("id")))), want: "2 rows",
			has: func(f *dialect.Features) bool { return f.WithChange }, lacks: "WITH before UPDATE and DELETE"},
		{name: "CTE before a DELETE", stmt: orm.Delete(addresses).Where(orm.InSelect(userID, orm.Select(old.C("id")))), want: "2 rows",
			has: func(f *dialect.Features) bool { return f.WithChange }, lacks: "WITH before UPDATE and DELETE"},
		{name: "a change in a CTE", stmt: orm.Select(gone.C("email")).OrderBy(orm.ByName("email").Asc()), want: "('ed@a.org') ('ed@b.org')",
			has: func(f *dialect.Features) bool { return f.ChangeInCTE }, lacks: "INSERT, UPDATE or DELETE in a CTE"},
	}
}

func compounds() []statement {
	young, old := orm.Select(id, name).Where(age.Lt(31)), orm.Select(id, name).Where(age.Gt(29))
	all := func(f *dialect.Features) bool { return f.SetOperationsAll }
	const ed, wendy, jack = "(1, 'ed')", "(2, 'wendy')", "(3, 'jack')"
	return []statement{
		{name: "union", stmt: orm.Union(young, old).OrderBy(id.Asc()), want: ed + " " + wendy + " " + jack},
		{name: "union all", stmt: orm.UnionAll(young, old).OrderBy(name.Desc(), id.Asc()).Limit(3).Offset(1), want: jack + " " + ed + " " + ed},
		{name: "intersect", stmt: orm.Intersect(young, old), want: ed},
		{name: "except", stmt: orm.Except(young, old), want: wendy},
		{name: "intersect all", stmt: orm.IntersectAll(young, old), want: ed, has: all, lacks: "INTERSECT ALL"},
		{name: "except all", stmt: orm.ExceptAll(orm.UnionAll(young, young), old).OrderBy(id.Asc()), want: ed + " " + wendy + " " + wendy, has: all, lacks: "EXCEPT ALL"},
		{name: "operands with limits", stmt: orm.Union(young.OrderBy(id.Desc()).Limit(1), old.OrderBy(id.Desc()).Limit(1)).OrderBy(id.Asc()), want: wendy + " " + jack},
		{name: "one inside another", stmt: orm.Union(orm.Except(young, old), orm.Intersect(young, old)).OrderBy(id.Asc()), want: ed + " " + wendy},
		{name: "as a subquery", stmt: orm.Select(orm.Union(young, old).Subquery("u").C("name")).OrderBy(orm.ByName("name").Asc()), want: "('ed') ('jack') ('wendy')"},
		{name: "as a list", stmt: who(orm.InSelect(id, orm.Union(orm.Select(userID), orm.Select(id).Where(age.Gt(40))))), want: "(1) (2) (3)"},
		{name: "of a CTE", stmt: orm.UnionAll(orm.Select(young.CTE("c").C("name")), orm.Select(teamName)).OrderBy(orm.ByName("name").Asc()), want: "('blue') ('ed') ('red') ('wendy')"},
	}
}

func locks() []statement {
	keys := func(f *dialect.Features) bool { return f.KeyLocks || f.Locks == dialect.LocksImplied }
	return []statement{
		{name: "update", stmt: each(id).ForUpdate(), want: "(1) (2) (3)"},
		{name: "update, no wait", stmt: each(id).ForUpdate(orm.NoWait()), want: "(1) (2) (3)"},
		{name: "update, skip locked", stmt: each(id).ForUpdate(orm.SkipLocked()), want: "(1) (2) (3)"},
		{name: "share", stmt: each(id).ForShare(), want: "(1) (2) (3)"},
		{name: "no key update", stmt: each(id).ForUpdate(orm.KeyOnly()), want: "(1) (2) (3)", has: keys, lacks: "FOR NO KEY UPDATE"},
		{name: "key share", stmt: each(id).ForShare(orm.KeyOnly()), want: "(1) (2) (3)", has: keys, lacks: "FOR KEY SHARE"},
		{name: "of a table", stmt: orm.Select(addressID).From(users).Join(addresses).OrderBy(addressID.Asc()).ForUpdate(orm.LockOf(users)), want: "(1) (2) (3)",
			has: func(f *dialect.Features) bool { return f.LockOf || f.Locks == dialect.LocksImplied }, lacks: "FOR UPDATE OF"},
	}
}
