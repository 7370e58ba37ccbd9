package orm_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

// Firm and Clerk refer to each other. A clerk's firm cannot be NULL.
type Firm struct {
	ID      int64 `orm:"primary_key"`
	Name    string
	Clerks  orm.Many[Clerk] `orm:"back_populates:Firm,foreign_key:FirmID,order_by:ID"`
	BossID  orm.Null[int64] `orm:"foreign_key:clerks.id"`
	Boss    orm.One[Clerk]  `orm:"foreign_key:BossID,post_update"`
	Cars    orm.Many[Car]   `orm:"cascade:all delete-orphan,passive_deletes"`
	Permit  orm.One[Permit] `orm:"cascade:all delete-orphan"`
	Visible orm.Many[Clerk] `orm:"foreign_key:FirmID,viewonly"`
	Version int64           `orm:"version"`
}

type Clerk struct {
	ID     int64 `orm:"primary_key"`
	Name   string
	FirmID int64         `orm:"foreign_key:firms.id"`
	Firm   orm.One[Firm] `orm:"back_populates:Clerks,foreign_key:FirmID"`
}

type Car struct {
	ID     int64 `orm:"primary_key"`
	Plate  string
	FirmID orm.Null[int64] `orm:"foreign_key:firms.id,on_delete:cascade"`
}

type Permit struct {
	ID     int64 `orm:"primary_key"`
	Code   string
	FirmID int64 `orm:"foreign_key:firms.id,unique"`
}

var (
	Firms   = orm.Declare[Firm]("firms")
	Clerks  = orm.Declare[Clerk]("clerks")
	Cars    = orm.Declare[Car]("cars")
	Permits = orm.Declare[Permit]("permits")
)

const (
	insertFirm  = "INSERT INTO firms (name, boss_id, version) VALUES (?, ?, ?)"
	insertClerk = "INSERT INTO clerks (name, firm_id) VALUES (?, ?)"
)

// withFirm is a session that has written a firm of two clerks, two cars and a
// permit.
func withFirm(t testing.TB) (*orm.Session, *sent, *Firm, []*Clerk) {
	t.Helper()
	engine, log := recorded(t, Firms, Clerks, Cars, Permits)
	s := session(t, engine)
	firm, clerks := &Firm{Name: "Acme"}, []*Clerk{{Name: "Ann"}, {Name: "Bob"}}
	require.NoError(t, firm.Clerks.Add(clerks...))
	require.NoError(t, firm.Boss.Set(clerks[1]))
	require.NoError(t, firm.Cars.Add(&Car{Plate: "A"}, &Car{Plate: "B"}))
	require.NoError(t, firm.Permit.Set(&Permit{Code: "x"}))
	require.NoError(t, s.Add(firm))
	require.NoError(t, s.Flush(context.Background()))
	return s, log, firm, clerks
}

func testPostUpdate(t *testing.T) {
	ctx := context.Background()
	s, log, firm, clerks := withFirm(t)
	log.is(t, "BEGIN", insertFirm+" [Acme <nil> 1]", insertClerk+" [Ann 1]", insertClerk+" [Bob 1]",
		"INSERT INTO cars (plate, firm_id) VALUES (?, ?) [A 1]", "INSERT INTO cars (plate, firm_id) VALUES (?, ?) [B 1]",
		"INSERT INTO permits (code, firm_id) VALUES (?, ?) [x 1]",
		"UPDATE firms SET boss_id=?, version=? WHERE firms.id = ? AND firms.version = ? [2 2 1 1]")
	require.NoError(t, s.Flush(ctx))
	log.is(t)

	require.NoError(t, s.Delete(firm, clerks[0], clerks[1]))
	require.NoError(t, s.Commit(ctx))
	log.is(t, "UPDATE firms SET boss_id=? WHERE firms.id = ? AND firms.version = ? [<nil> 1 2]",
		"DELETE FROM permits WHERE permits.id = ? [1]", "DELETE FROM cars WHERE cars.id = ? [1]", "DELETE FROM cars WHERE cars.id = ? [2]",
		"DELETE FROM clerks WHERE clerks.id = ? [1]", "DELETE FROM clerks WHERE clerks.id = ? [2]", "DELETE FROM firms WHERE firms.id = ? AND firms.version = ? [1 2]", "COMMIT")
}

func testRulesOfDelete(t *testing.T) {
	ctx := context.Background()

	t.Run("a key that cannot be NULL", func(t *testing.T) {
		s, _, firm, clerks := withFirm(t)
		require.NoError(t, firm.Clerks.Remove(clerks[0]))
		require.EqualError(t, s.Flush(ctx), "orm: flushing the session: Clerk.FirmID cannot be NULL, but a Clerk is to be without its Firm: it was taken out of Firm.Clerks; "+
			"give it another Firm, delete it, or say cascade:all delete-orphan at Firm.Clerks")
		require.NoError(t, firm.Clerks.Add(clerks[0]))
		require.NoError(t, s.Commit(ctx))
		require.NoError(t, s.Delete(firm))
		require.ErrorContains(t, s.Flush(ctx), "Clerk.FirmID cannot be NULL, but a Clerk is to be without its Firm: that is deleted; ")
	})

	t.Run("passive deletes", func(t *testing.T) {
		s, log, firm, clerks := withFirm(t)
		require.NoError(t, firm.Boss.Set(nil))
		require.NoError(t, s.Delete(clerks[0], clerks[1]))
		require.NoError(t, s.Commit(ctx))
		require.NoError(t, s.ExpungeAll())
		firm, err := Firms.Get(ctx, s, 1)
		require.NoError(t, err)
		log.take()
		require.NoError(t, s.Delete(firm))
		require.NoError(t, s.Flush(ctx))
		var cars []string
		for _, st := range log.take() {
			cars = append(cars, line(st))
		}
		assert.Equal(t, []string{
			"SELECT clerks.id, clerks.name, clerks.firm_id FROM clerks WHERE ? = clerks.firm_id ORDER BY clerks.id [1]",
			"SELECT permits.id, permits.code, permits.firm_id FROM permits WHERE ? = permits.firm_id [1]",
			"DELETE FROM permits WHERE permits.id = ? [1]", "DELETE FROM firms WHERE firms.id = ? AND firms.version = ? [1 3]"}, cars)
		left, err := Cars.Select().All(ctx, s)
		require.NoError(t, err)
		assert.Empty(t, left, "the database deleted them")
	})

	t.Run("an orphan makes room", func(t *testing.T) {
		s, log, firm, _ := withFirm(t)
		log.take()
		require.NoError(t, firm.Permit.Set(&Permit{Code: "y"}))
		require.NoError(t, s.Flush(ctx))
		log.is(t, "DELETE FROM permits WHERE permits.id = ? [1]", "INSERT INTO permits (code, firm_id) VALUES (?, ?) [y 1]")
	})

	t.Run("a view is never written", func(t *testing.T) {
		s, log, firm, clerks := withFirm(t)
		assert.ErrorContains(t, firm.Visible.Remove(clerks[0]), "Firm.Visible: it is viewonly")
		require.NoError(t, s.Rollback(ctx))
		log.take()
	})
}
