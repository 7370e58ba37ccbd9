package orm_test

import (
	"context"
	"strings"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var nameBehaviours = []numbered{
	{19, "labels", func(t *testing.T) {
		years := orm.Add(age, 1).As("years")
		writes(t, orm.Select(years).OrderBy(years.Asc()), "SELECT users.age + ? AS years FROM users ORDER BY years <- (1)")
		writes(t, orm.Select(years).OrderBy(orm.ByName("years").Asc()), "SELECT users.age + ? AS years FROM users ORDER BY years <- (1)")
		writes(t, orm.Select(years).OrderBy(years.Desc()), "SELECT users.age + ? AS years FROM users ORDER BY years DESC <- (1)")
		writes(t, orm.Select(years).Where(years.Gt(9)), "SELECT users.age + ? AS years FROM users WHERE users.age + ? > ? <- (1, 1, 9)")
		writes(t, orm.Select(years).OrderBy(orm.ByName("zzz").Asc()), `error: the result has no column "zzz"; it has years`)
	}},
	{20, "columns of one name", func(t *testing.T) {
		both := orm.Select(id, addressID).Join(Addresses)
		writes(t, both, "SELECT users.id, addresses.id AS id_1 FROM users JOIN addresses ON users.id = addresses.user_id")
		// Port: the same column twice is counted like any other; SQLAlchemy calls it id__1.
		writes(t, orm.Select(id, id), "SELECT users.id, users.id AS id_1 FROM users")
		engine := company(t)
		assert.Equal(t, []string{"id", "id_1"}, columnsOf(t, engine, both))
		row, err := both.OrderBy(addressID.Desc()).First(context.Background(), engine)
		require.NoError(t, err)
		v, err := row.Get("id_1")
		require.NoError(t, err)
		assert.Equal(t, int64(3), v)
	}},
	{21, "names that a statement makes", func(t *testing.T) {
		a, b := people.As(""), people.As("")
		writes(t, orm.Select(a.C("name"), b.C("id")).Where(a.C("id").LtExpr(b.C("id"))),
			"SELECT users_1.name, users_2.id FROM users AS users_1, users AS users_2 WHERE users_1.id < users_2.id")
		sub := orm.Select(id, name).Subquery("")
		writes(t, orm.Select(sub.C("name")), "SELECT anon_1.name FROM (SELECT users.id, users.name FROM users) AS anon_1")
		long := strings.Repeat("l", 58)
		wide := orm.NewTable(long, orm.Column("id", orm.Integer()).PrimaryKey(), orm.Column(long+"12345", orm.Integer()))
		w := wide.As("")
		writes(t, orm.Select(w.C("id")), "SELECT "+long+"_1.id FROM "+long+" AS "+long+"_1")
		umlauts := orm.NewTable(strings.Repeat("ü", 31), orm.Column("id", orm.Integer()).PrimaryKey())
		u := umlauts.As("")
		const cut = "üüüüüüüüüüüüüüüüüüüüüüüüüüüü_1"
		writes(t, orm.Select(u.C("id")), `SELECT "`+strings.Repeat("ü", 31)+`_1".id FROM "`+strings.Repeat("ü", 31)+`" AS "`+strings.Repeat("ü", 31)+`_1"`,
			`SELECT "`+cut+`".id FROM "`+strings.Repeat("ü", 31)+`" AS "`+cut+`"`, "SELECT `"+strings.Repeat("ü", 31)+"_1`.id FROM `"+strings.Repeat("ü", 31)+"` AS `"+strings.Repeat("ü", 31)+"_1`")
		// The name of a column of the result is the same on every database, so
		// it is cut at what all take.
		column := wide.C(long + "12345")
		again := orm.Select(column, column)
		writes(t, again, "SELECT "+long+"."+long+"12345, "+long+"."+long+"12345 AS "+long+"_1 FROM "+long)
		writes(t, orm.Select(again.Subquery("s").C(long+"_1")), "SELECT s."+long+"_1 FROM (SELECT "+long+"."+long+"12345, "+long+"."+long+"12345 AS "+long+"_1 FROM "+long+") AS s")
	}},
	{22, "names of binds", func(t *testing.T) {
		// Port: a text has its names for itself, so that neither the values of
		// the statement around it nor those of another text are in their way.
		one, other := orm.Text("users.age = :name").Bind("name", 30).Cond(), orm.Text("users.age = :name").Bind("name", 41).Cond()
		condition(t, orm.Or(one, other), "(users.age = ?) OR (users.age = ?) <- (30, 41)")
		writes(t, orm.Update(Users, name.SetExpr(orm.TextExpr[string](orm.Text(":name").Bind("name", "x")))).Where(name.Eq("y")),
			"UPDATE users SET name=? WHERE users.name = ? <- ('x', 'y')")
		assert.Equal(t, []string{"('ed')", "('jack')"}, rowsOf(t, company(t), where(orm.Or(one, other))))
	}},
	{23, "joins by foreign key", func(t *testing.T) {
		writes(t, orm.Select(name).Join(Addresses), "SELECT users.name FROM users JOIN addresses ON users.id = addresses.user_id")
		writes(t, orm.Select(name).Join(Employees), "error: orm: joining employees: no foreign key leads from it to users, or back; give the condition of the join behind it")
		writes(t, orm.Select(name).Join(Transfers),
			"error: orm: joining transfers: there is more than one foreign key to join by: transfers.from_id; transfers.to_id; give the condition of the join behind it")
		writes(t, orm.Select(name).Join(Transfers, orm.C(&Transfers.F.ToID).EqExpr(id)), "SELECT users.name FROM users JOIN transfers ON transfers.to_id = users.id")
		writes(t, orm.Select(email).From(Users).Join(Addresses), "SELECT addresses.email FROM users JOIN addresses ON users.id = addresses.user_id")
	}},
	{24, "cartesian products", func(t *testing.T) {
		product := orm.Select(name, email)
		writes(t, product, "SELECT users.name, addresses.email FROM users, addresses")
		const warning = `the SELECT has a cartesian product: no condition joins "addresses" to "users", so every row of one meets every row of the other; add a condition, or say CrossJoin`
		warnings, err := orm.Lint(product, sqlite.Dialect)
		require.NoError(t, err)
		assert.Equal(t, []string{warning}, warnings)
		log := &sent{}
		engine := open(t, "sqlite://", orm.Options{Observers: []orm.Observer{log.observer()}})
		require.NoError(t, orm.CreateAll(context.Background(), engine, Teams, Users, Addresses))
		log.take()
		assert.Empty(t, rowsOf(t, engine, product))
		assert.Equal(t, []string{warning}, log.take()[0].Warnings)
	}},
	{25, "scalar subqueries", func(t *testing.T) {
		count := orm.Select(orm.CountOf(addressID)).Where(userID.EqExpr(id))
		writes(t, orm.Select(name, orm.ScalarSubquery[int64](count).As("n")),
			"SELECT users.name, (SELECT count(addresses.id) AS count_1 FROM addresses WHERE addresses.user_id = users.id) AS n FROM users")
		writes(t, count, "SELECT count(addresses.id) AS count_1 FROM addresses, users WHERE addresses.user_id = users.id")
		assert.Equal(t, []string{"('ed', 2)", "('wendy', 1)", "('jack', 0)"}, rowsOf(t, company(t), each(name, orm.ScalarSubquery[int64](count))))
	}},
	{26, "EXISTS", func(t *testing.T) {
		condition(t, orm.ExistsIn(Addresses, userID.EqExpr(id)), "EXISTS (SELECT * FROM addresses WHERE addresses.user_id = users.id)")
		condition(t, orm.Exists(orm.Select(addressID).Where(userID.EqExpr(id))), "EXISTS (SELECT addresses.id FROM addresses WHERE addresses.user_id = users.id)")
		assert.Equal(t, []string{"('ed')", "('wendy')"}, rowsOf(t, company(t), where(orm.ExistsIn(Addresses, userID.EqExpr(id)))))
	}},
	{31, "quotes", func(t *testing.T) {
		odd := orm.NewTable("order", orm.Column("plain_1", orm.Integer()).PrimaryKey(), orm.Column("Mixed", orm.Integer()),
			orm.Column("1abc", orm.Integer()), orm.Column("a b", orm.Integer()), orm.Column("a\"b`c", orm.Integer()))
		writes(t, orm.Select(odd), `SELECT "order".plain_1, "order"."Mixed", "order"."1abc", "order"."a b", "order"."a""b`+"`"+`c" FROM "order"`,
			`SELECT "order".plain_1, "order"."Mixed", "order"."1abc", "order"."a b", "order"."a""b`+"`"+`c" FROM "order"`,
			"SELECT `order`.plain_1, `order`.`Mixed`, `order`.`1abc`, `order`.`a b`, `order`.`a\"b``c` FROM `order`")
		engine, _ := recorded(t, odd)
		_, err := orm.Insert(odd, "plain_1", "Mixed", "1abc", "a b", "a\"b`c").Row(1, 2, 3, 4, 5).Exec(context.Background(), engine)
		require.NoError(t, err)
		assert.Equal(t, []string{"(1, 2, 3, 4, 5)"}, rowsOf(t, engine, orm.Select(odd)))
	}},
}
