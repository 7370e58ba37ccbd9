package ormtest

import (
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

// The tables that statements are tested on.
type (
	team struct {
		ID   int64  `orm:"primary_key"`
		Name string `orm:"size:30"`
	}
	user struct {
		ID     int64            `orm:"primary_key"`
		Name   string           `orm:"size:30"`
		Full   orm.Null[string] `orm:"name:full_name,size:50"`
		Age    int64
		Score  float64
		Admin  bool
		Joined time.Time
		TeamID orm.Null[int64] `orm:"foreign_key:teams.id"`
	}
	address struct {
		ID     int64  `orm:"primary_key"`
		Email  string `orm:"size:50,unique"`
		UserID int64  `orm:"foreign_key:users.id"`
	}
	employee struct {
		ID        int64           `orm:"primary_key"`
		Name      string          `orm:"size:30"`
		ManagerID orm.Null[int64] `orm:"foreign_key:employees.id"`
	}
)

var (
	teams     = orm.Declare[team]("teams")
	users     = orm.Declare[user]("users")
	addresses = orm.Declare[address]("addresses")
	employees = orm.Declare[employee]("employees")

	id     = orm.C(&users.F.ID)
	name   = orm.C(&users.F.Name)
	full   = orm.N(&users.F.Full)
	age    = orm.C(&users.F.Age)
	score  = orm.C(&users.F.Score)
	admin  = orm.C(&users.F.Admin)
	joined = orm.C(&users.F.Joined)
	teamID = orm.N(&users.F.TeamID)

	teamKey   = orm.C(&teams.F.ID)
	teamName  = orm.C(&teams.F.Name)
	addressID = orm.C(&addresses.F.ID)
	email     = orm.C(&addresses.F.Email)
	userID    = orm.C(&addresses.F.UserID)
)

// each selects something of every user.
func each(columns ...orm.Selectable) orm.SelectStmt { return orm.Select(columns...).OrderBy(id.Asc()) }

// who selects the numbers of the users for whom a condition holds.
func who(c orm.Cond) orm.SelectStmt { return each(id).Where(c) }

// world creates the tables and fills them.
func (t *test) world() {
	t.Helper()
	t.create(teams, users, addresses, employees)
	day := func(y, m, d, h int) time.Time { return time.Date(y, time.Month(m), d, h, 5, 6, 789000, time.UTC) }
	s := orm.NewSession(t.engine)
	for _, objects := range [][]any{
		{&team{1, "red"}, &team{2, "blue"}},
		{&user{1, "ed", orm.Some("Ed Jones"), 30, 1.5, true, day(2024, 2, 3, 4), orm.Some(int64(1))},
			&user{2, "wendy", orm.None[string](), 25, 2.25, false, day(2024, 12, 31, 23), orm.Some(int64(1))},
			&user{3, "jack", orm.Some("Jack_100%"), 41, -3, false, day(2025, 1, 1, 0), orm.None[int64]()}},
		{&address{1, "ed@a.org", 1}, &address{2, "ed@b.org", 1}, &address{3, "wendy@a.org", 2}},
		{&employee{1, "Ann", orm.None[int64]()}, &employee{2, "Bob", orm.Some(int64(1))}, &employee{3, "Cid", orm.Some(int64(2))}},
	} {
		require.NoError(t, s.Add(objects...))
		require.NoError(t, s.Flush(t.ctx))
	}
	require.NoError(t, s.Commit(t.ctx))
	require.NoError(t, s.Close())
}
