package ormtest

import (
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

type (
	// parcel has fields whose content changes in place, and a version.
	parcel struct {
		ID      int64  `orm:"primary_key,autoincrement"`
		Version int64  `orm:"version"`
		Label   string `orm:"size:20"`
		Tags    orm.JSON[[]string]
		Seal    []byte
		Note    orm.Opt[string] `orm:"size:20"`
		Weight  orm.Null[int64]
	}
	// stand has a key of two columns, coin one that the program gives, and
	// ledger one that is text.
	stand struct {
		Hall   string `orm:"primary_key,size:20"`
		Number int64  `orm:"primary_key,type:bigint"`
		Guest  string `orm:"size:20"`
	}
	coin struct {
		ID   int64  `orm:"primary_key,type:bigint"`
		Name string `orm:"size:30"`
	}
	ledger struct {
		ID   orm.UUID `orm:"primary_key"`
		Name string   `orm:"size:30"`
	}
)

var (
	parcels = orm.Declare[parcel]("parcels")
	stands  = orm.Declare[stand]("stands")
	coins   = orm.Declare[coin]("coins")
	ledgers = orm.Declare[ledger]("ledgers")
)

// rowCases are what becomes of the values and keys of single objects.
var rowCases = []testCase{
	{"an update writes what changed", func(t *test) {
		t.create(checkups)
		s := t.session()
		ann := &checkup{Vet: "Ann", At: day(2024, 1, 1), Weight: 1, Small: 1}
		require.NoError(t, s.Add(ann))
		require.NoError(t, s.Flush(t.ctx))
		t.exec(s, "UPDATE checkups SET small = 77") // the session does not know
		ann.Weight = 2
		require.NoError(t, s.Flush(t.ctx))
		assert.Equal(t, "(77, 2)", t.rows(s, orm.Select(orm.C(&checkups.F.Small), orm.C(&checkups.F.Weight))), "the other columns stay")
		require.NoError(t, s.Refresh(t.ctx, ann))
		assert.Equal(t, int16(77), ann.Small)
		assert.Empty(t, s.Dirty())
	}},
	{"what changes in place", func(t *test) {
		t.create(parcels)
		s := t.session()
		p := &parcel{Tags: orm.JSONOf([]string{"a", "b"}), Seal: []byte{1, 2, 3}}
		require.NoError(t, s.Add(p))
		require.NoError(t, s.Commit(t.ctx))
		p, err := parcels.Get(t.ctx, s, p.ID)
		require.NoError(t, err)
		p.Tags.V[1] = "猫"
		p.Seal[0] = 255
		require.Len(t, s.Dirty(), 1)
		require.NoError(t, s.Commit(t.ctx))
		require.NoError(t, s.Close())
		got, err := parcels.Get(t.ctx, t.session(), p.ID)
		require.NoError(t, err)
		assert.Equal(t, []string{"a", "猫"}, got.Tags.V)
		assert.Equal(t, []byte{255, 2, 3}, got.Seal)
	}},
	{"NULL, empty and not set", func(t *test) {
		t.create(parcels)
		s := t.session()
		list := []*parcel{{Label: "not set"}, {Label: "NULL", Note: orm.OptNull[string]()}, {Label: "empty", Note: orm.OptOf(""), Weight: orm.Some[int64](0)}}
		for _, p := range list {
			require.NoError(t, s.Add(p))
		}
		require.NoError(t, s.Commit(t.ctx))
		note, weight := orm.C(&parcels.F.Note), orm.C(&parcels.F.Weight)
		const want = "(NULL, NULL) (NULL, NULL) ('', 0)"
		both := orm.Select(note, weight).OrderBy(orm.C(&parcels.F.ID).Asc())
		assert.Equal(t, want, t.rows(s, both))
		list[2].Weight = orm.None[int64]()
		list[1].Note = orm.OptOf("it's Ó 😀")
		require.NoError(t, s.Commit(t.ctx))
		assert.Equal(t, "(NULL, NULL) ('it''s Ó 😀', NULL) ('', NULL)", t.rows(s, both))
	}},
	{"stale versions", func(t *test) {
		t.create(parcels)
		s := t.session()
		p := &parcel{Label: "a"}
		require.NoError(t, s.Add(p))
		require.NoError(t, s.Commit(t.ctx))
		require.Equal(t, int64(1), p.Version)
		p.Label = "b"
		require.NoError(t, s.Commit(t.ctx))
		require.Equal(t, int64(2), p.Version)
		for name, change := range map[string]func(){
			"UPDATE": func() { p.Label = "c" },
			"DELETE": func() { require.NoError(t, s.Delete(p)) },
		} {
			_, err := parcels.Get(t.ctx, s, p.ID)
			require.NoError(t, err)
			t.exec(s, "UPDATE parcels SET version = 9")
			change()
			require.ErrorIs(t, s.Flush(t.ctx), orm.ErrStale, name)
			require.NoError(t, s.Rollback(t.ctx))
			assert.Equal(t, int64(2), p.Version, name)
		}
		assert.Equal(t, "('b', 2)", t.rows(s, orm.Select(orm.C(&parcels.F.Label), orm.C(&parcels.F.Version))))
	}},
	{"keys that the program gives", func(t *test) {
		t.create(stands, coins, ledgers)
		s := t.session()
		big := []int64{math.MaxInt64, math.MinInt64, 1<<53 + 1, -1}
		for _, id := range big {
			require.NoError(t, s.Add(&coin{ID: id, Name: fmt.Sprint(id)}))
		}
		key := uuid("ffffffff-ffff-4fff-8fff-fffffffffffe")
		require.NoError(t, s.Add(&stand{"Ó 猫", 1, "ann"}, &stand{"Ó 猫", 2, "bob"}, &stand{"it's", 1 << 60, ""}, &ledger{key, "x"}))
		require.NoError(t, s.Commit(t.ctx))
		require.NoError(t, s.Close())

		s = t.session()
		for _, id := range big {
			c, err := coins.Get(t.ctx, s, id)
			require.NoError(t, err, id)
			assert.Equal(t, fmt.Sprint(id), c.Name)
			c.Name += "!"
		}
		one, err := stands.Get(t.ctx, s, "Ó 猫", 2)
		require.NoError(t, err)
		assert.Equal(t, "bob", one.Guest)
		all, err := stands.Select().Where(orm.C(&stands.F.Guest).Eq("bob")).All(t.ctx, s)
		require.NoError(t, err)
		require.Len(t, all, 1)
		assert.Same(t, one, all[0], "one object for one row")
		one.Guest = "cid"
		far, err := stands.Get(t.ctx, s, "it's", int64(1<<60))
		require.NoError(t, err)
		require.NoError(t, s.Delete(far))
		book, err := ledgers.Get(t.ctx, s, key)
		require.NoError(t, err)
		book.Name = "y"
		require.NoError(t, s.Commit(t.ctx))
		assert.Equal(t, fmt.Sprintf("(%d)", len(big)), t.rows(s, orm.Select(orm.Count()).From(coins).Where(orm.C(&coins.F.Name).Like("%!"))))
		assert.Equal(t, "('ann') ('cid')", t.rows(s, orm.Select(orm.C(&stands.F.Guest)).OrderBy(orm.C(&stands.F.Number).Asc())))
		assert.Equal(t, "('y')", t.rows(s, orm.Select(orm.C(&ledgers.F.Name))))

		one.Number = 5 // a key can change
		require.NoError(t, s.Commit(t.ctx))
		again, err := stands.Get(t.ctx, s, "Ó 猫", 5)
		require.NoError(t, err)
		assert.Same(t, one, again)
	}},
	{"keys come back in the order of Add", func(t *test) {
		t.create(checkups)
		s := t.session()
		var list []*checkup
		for i := range 250 {
			c := &checkup{Vet: fmt.Sprint("vet ", i), At: day(2024, 1, 1)}
			list = append(list, c)
			require.NoError(t, s.Add(c))
		}
		require.NoError(t, s.Flush(t.ctx))
		rows, err := orm.Select2(orm.C(&checkups.F.ID), orm.C(&checkups.F.Vet)).OrderBy(orm.C(&checkups.F.ID).Asc()).All(t.ctx, s)
		require.NoError(t, err)
		require.Len(t, rows, len(list))
		for i, c := range list {
			require.Equal(t, [2]any{rows[i].V1, rows[i].V2}, [2]any{c.ID, c.Vet})
		}
	}},
	{"merge", func(t *test) {
		t.create(checkups)
		s := t.session()
		require.NoError(t, s.Add(&checkup{Vet: "Ann", Notes: strings.Repeat("n", 100), At: day(2024, 1, 1)}))
		require.NoError(t, s.Commit(t.ctx))
		merged, err := orm.Merge(t.ctx, s, &checkup{ID: 1, Vet: "Bob", At: day(2024, 1, 2)})
		require.NoError(t, err)
		fresh, err := orm.Merge(t.ctx, s, &checkup{Vet: "Cid", At: day(2024, 1, 2)})
		require.NoError(t, err)
		require.NoError(t, s.Commit(t.ctx))
		assert.Equal(t, []int64{1, 2}, []int64{merged.ID, fresh.ID})
		assert.Equal(t, "('Bob', 7, '') ('Cid', 7, '')", t.rows(s, orm.Select(orm.C(&checkups.F.Vet), orm.C(&checkups.F.Count), orm.C(&checkups.F.Notes)).OrderBy(orm.C(&checkups.F.ID).Asc())))
	}},
	{"savepoints", func(t *test) {
		t.create(checkups)
		s := t.session()
		ann := &checkup{Vet: "Ann", At: day(2024, 1, 1)}
		require.NoError(t, s.Add(ann))
		vets := func() string {
			return t.rows(s, orm.Select(orm.C(&checkups.F.Vet), orm.C(&checkups.F.Count)).OrderBy(orm.C(&checkups.F.Vet).Asc()))
		}
		nested := func(fails bool, f func()) {
			t.Helper()
			err := s.Nested(t.ctx, func(context.Context) error {
				f()
				if fails {
					return errUndo
				}
				return nil
			})
			if fails {
				require.ErrorIs(t, err, errUndo)
				return
			}
			require.NoError(t, err)
		}
		nested(false, func() {
			ann.Count = 1
			nested(true, func() {
				ann.Count = 2
				require.NoError(t, s.Add(&checkup{Vet: "Bob", At: day(2024, 1, 1)}))
				require.NoError(t, s.Flush(t.ctx))
				assert.Equal(t, "('Ann', 2) ('Bob', 7)", vets())
			})
			assert.Equal(t, int64(1), ann.Count, "the object is as it was")
		})
		assert.Equal(t, "('Ann', 1)", vets())
		nested(true, func() { require.NoError(t, s.Delete(ann)); require.NoError(t, s.Flush(t.ctx)) })
		assert.True(t, s.Contains(ann))
		err := s.Nested(t.ctx, func(context.Context) error {
			require.NoError(t, s.Add(&checkup{Vet: "Ann", At: day(2024, 1, 1)}))
			return nil
		})
		t.refused(err, orm.KindUnique, "a second Ann")
		ann.Count = 3
		require.NoError(t, s.Commit(t.ctx), "what failed in a savepoint has not spoilt the transaction")
		assert.Equal(t, "('Ann', 3)", vets())
	}},
	{"rollback of objects", func(t *test) {
		t.create(checkups)
		s := t.session()
		ann, bob := &checkup{Vet: "Ann", At: day(2024, 1, 1)}, &checkup{Vet: "Bob", At: day(2024, 1, 1)}
		require.NoError(t, s.Add(ann, bob))
		require.NoError(t, s.Commit(t.ctx))
		cid := &checkup{Vet: "Cid", At: day(2024, 1, 1)}
		require.NoError(t, s.Add(cid))
		require.NoError(t, s.Delete(bob))
		ann.ID, ann.Next = 40, orm.Some("x")
		require.NoError(t, s.Flush(t.ctx))
		assert.Equal(t, "('Cid') ('Ann')", t.rows(s, orm.Select(orm.C(&checkups.F.Vet)).OrderBy(orm.C(&checkups.F.ID).Asc())))
		require.NoError(t, s.Rollback(t.ctx))
		assert.Equal(t, []bool{true, true, false}, []bool{s.Contains(ann), s.Contains(bob), s.Contains(cid)})
		assert.Equal(t, int64(1), ann.ID, "its key is as it was")
		for want, id := range map[*checkup]int64{ann: 1, bob: 2} {
			got, err := checkups.Get(t.ctx, s, id)
			require.NoError(t, err)
			assert.Same(t, want, got)
		}
		require.NoError(t, s.Add(&checkup{Vet: "Cid", At: time.Unix(0, 0)}))
		require.NoError(t, s.Commit(t.ctx))
	}},
}
