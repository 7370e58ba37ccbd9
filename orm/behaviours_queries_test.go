package orm_test

import (
	"context"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect/mysql"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var queryBehaviours = []numbered{
	{27, "CTEs", func(t *testing.T) {
		cc := orm.Select(userID, orm.Count().As("n")).GroupBy(userID).CTE("cc")
		stmt := orm.Select(name, cc.C("n")).Join(cc, orm.TypeCoerce[any](id).EqExpr(cc.C("user_id"))).OrderBy(id.Asc())
		writes(t, stmt, "WITH cc AS (SELECT addresses.user_id, count(*) AS n FROM addresses GROUP BY addresses.user_id) "+
			"SELECT users.name, cc.n FROM users JOIN cc ON users.id = cc.user_id ORDER BY users.id")
		assert.Equal(t, []string{"('ed', 2)", "('wendy', 1)"}, rowsOf(t, company(t), stmt))
		r := orm.Recursive("r", orm.Select(orm.Literal(1).As("n")), func(r orm.Derived) orm.SelectStmt {
			n := orm.TypeCoerce[int](r.C("n"))
			return orm.Select(orm.Add(n, 1)).Where(n.Lt(3))
		})
		const want = "WITH RECURSIVE r(n) AS (SELECT ? AS n UNION ALL SELECT r.n + ? AS anon_1 FROM r WHERE r.n < ?) SELECT r.n FROM r <- (1, 1, 3)"
		writes(t, r.Statement(), want, "WITH RECURSIVE r(n) AS (SELECT CAST(? AS BIGINT) AS n UNION ALL SELECT r.n + ? AS anon_1 FROM r WHERE r.n < ?) SELECT r.n FROM r <- (1, 1, 3)", want)
		assert.Equal(t, []string{"(1)", "(2)", "(3)"}, rowsOf(t, company(t), r.Statement()))
	}},
	{28, "UNION", func(t *testing.T) {
		a, b := orm.Select(id).Where(id.Lt(3)), orm.Select(addressID)
		both := orm.Union(a, b).OrderBy(orm.ByName("id").Asc()).Limit(3)
		writes(t, both, "SELECT users.id FROM users WHERE users.id < ? UNION SELECT addresses.id FROM addresses ORDER BY id LIMIT ? <- (3, 3)")
		limited := orm.Union(a.OrderBy(id.Desc()).Limit(1), b).OrderBy(orm.ByName("id").Asc())
		// Port: SQLite takes no parentheses there, so a SELECT stands around it.
		writes(t, limited, "SELECT * FROM (SELECT users.id FROM users WHERE users.id < ? ORDER BY users.id DESC LIMIT ?) UNION SELECT addresses.id FROM addresses ORDER BY id <- (3, 1)",
			"(SELECT users.id FROM users WHERE users.id < ? ORDER BY users.id DESC LIMIT ?) UNION SELECT addresses.id FROM addresses ORDER BY id <- (3, 1)",
			"(SELECT users.id FROM users WHERE users.id < ? ORDER BY users.id DESC LIMIT ?) UNION SELECT addresses.id FROM addresses ORDER BY id <- (3, 1)")
		assert.Equal(t, []string{"(1)", "(2)", "(3)"}, rowsOf(t, company(t), limited))
	}},
	{29, "LIMIT and OFFSET", func(t *testing.T) {
		writes(t, orm.Select(name).Limit(2).Offset(1), "SELECT users.name FROM users LIMIT ? OFFSET ? <- (2, 1)")
		writes(t, orm.Select(name).Offset(1), "SELECT users.name FROM users LIMIT ? OFFSET ? <- (-1, 1)",
			"SELECT users.name FROM users LIMIT ALL OFFSET ? <- (1)", "SELECT users.name FROM users LIMIT ?, 18446744073709551615 <- (1)")
		writes(t, each(name).Unordered(), "SELECT users.name FROM users")
		writes(t, each(name).Unordered().OrderBy(name.Asc()), "SELECT users.name FROM users ORDER BY users.name")
		writes(t, orm.Select(name).Limit(-1), "error: orm: Limit(-1): the number of rows is negative")
		assert.Equal(t, []string{"('wendy')", "('jack')"}, rowsOf(t, company(t), each(name).Offset(1)))
	}},
	{30, "locks", func(t *testing.T) {
		stmt := orm.Select(name)
		const plain = "SELECT users.name FROM users"
		writes(t, stmt.ForUpdate(orm.LockOf(Users), orm.NoWait()), plain, plain+" FOR UPDATE OF users NOWAIT", plain+" FOR UPDATE OF users NOWAIT")
		writes(t, stmt.ForUpdate(orm.SkipLocked()), plain, plain+" FOR UPDATE SKIP LOCKED", plain+" FOR UPDATE SKIP LOCKED")
		writes(t, stmt.ForShare(), plain, plain+" FOR SHARE", plain+" FOR SHARE")
		writes(t, stmt.ForUpdate(orm.KeyOnly()), plain, plain+" FOR NO KEY UPDATE", "error: mysql has no FOR NO KEY UPDATE and FOR KEY SHARE")
		writes(t, Users.Select().ForUpdate(), "SELECT "+allUsers, "SELECT "+allUsers+" FOR UPDATE", "SELECT users.id, users.name, users.full, users.age, users.score, users.admin, users.joined, users.team_id FROM users FOR UPDATE")
		sql, _, err := stmt.ForShare().Compile(mysql.MariaDB)
		require.NoError(t, err)
		assert.Equal(t, plain+" LOCK IN SHARE MODE", sql)
		_, err = stmt.ForUpdate().All(context.Background(), company(t))
		assert.NoError(t, err)
	}},
}

const allUsers = `users.id, users.name, users."full", users.age, users.score, users.admin, users.joined, users.team_id FROM users`
