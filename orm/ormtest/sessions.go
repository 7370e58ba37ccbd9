package ormtest

import (
	"fmt"
	"sync"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

// checkup has a column of every kind that Go has itself.
type checkup struct {
	ID     int64  `orm:"primary_key,autoincrement"`
	Vet    string `orm:"size:40,unique"`
	Notes  string `orm:"type:text"`
	Weight float64
	Paid   bool
	Scan   []byte
	At     time.Time
	Small  int16
	Big    int64            `orm:"type:bigint"`
	Next   orm.Null[string] `orm:"size:10"`
	Count  int64            `orm:"default:7,omitzero"`
}

var checkups = orm.Declare[checkup]("checkups")

// sessionCases are the unit of work: what a flush sends, and what comes back.
var sessionCases = []testCase{
	{"values come back", func(t *test) {
		t.create(checkups)
		at := time.Date(2024, 2, 29, 23, 59, 58, 123456000, time.FixedZone("", 3600))
		want := &checkup{Vet: "Dr. Ó 猫 😀", Notes: "it's \"fine\" \\ ?", Weight: 0.1, Paid: true, Scan: []byte{0, 1, 255},
			At: at, Small: -32768, Big: 1<<62 + 1, Next: orm.Some("")}
		s := t.session()
		require.NoError(t, s.Add(want))
		require.NoError(t, s.Flush(t.ctx))
		require.NoError(t, s.Add(&checkup{Scan: []byte{}, At: time.Unix(0, 0)}))
		require.NoError(t, s.Commit(t.ctx))
		assert.Equal(t, int64(7), want.Count, "defaults come back")
		require.NoError(t, s.Close())

		got, err := checkups.Select().OrderBy(orm.C(&checkups.F.ID).Asc()).All(t.ctx, t.session())
		require.NoError(t, err)
		require.Len(t, got, 2)
		assert.True(t, at.Equal(got[0].At), "%v", got[0].At)
		assert.Equal(t, time.UTC, got[0].At.Location())
		want.At, want.ID = got[0].At, 1
		assert.Equal(t, want, got[0])
		assert.Equal(t, orm.Null[string]{}, got[1].Next)
		assert.Equal(t, []byte{}, got[1].Scan)
	}},
	{"the life of an object", func(t *test) {
		t.create(checkups)
		s := t.session()
		ann, bob := &checkup{Vet: "Ann", At: day(2024, 1, 1)}, &checkup{Vet: "Bob", At: day(2024, 1, 1)}
		require.NoError(t, s.Add(ann, bob))
		require.NoError(t, s.Commit(t.ctx))
		assert.Equal(t, []int64{1, 2}, []int64{ann.ID, bob.ID}, "keys come back")

		ann.Count, ann.Next = 5, orm.Some("soon")
		require.NoError(t, s.Commit(t.ctx))
		again, err := checkups.Get(t.ctx, s, ann.ID)
		require.NoError(t, err)
		assert.Same(t, ann, again, "one object for one row")
		require.NoError(t, s.Delete(bob))
		require.NoError(t, s.Commit(t.ctx))
		_, err = checkups.Get(t.ctx, s, int64(2))
		require.ErrorIs(t, err, orm.ErrNoRows)
		require.NoError(t, s.Close())

		other := t.session()
		all, err := checkups.Select().All(t.ctx, other)
		require.NoError(t, err)
		require.Len(t, all, 1)
		assert.Equal(t, orm.Some("soon"), all[0].Next)
		assert.Equal(t, int64(5), all[0].Count)
		found, err := checkups.Select().Where(orm.C(&checkups.F.Count).Gt(4)).One(t.ctx, other)
		require.NoError(t, err)
		assert.Same(t, all[0], found)
	}},
	{"rollback", func(t *test) {
		t.create(checkups)
		s := t.session()
		ann := &checkup{Vet: "Ann", At: day(2024, 1, 1)}
		require.NoError(t, s.Add(ann))
		require.NoError(t, s.Commit(t.ctx))
		ann.Count = 99
		require.NoError(t, s.Flush(t.ctx))
		assert.Equal(t, "(99)", t.rows(s, orm.Select(orm.C(&checkups.F.Count))))
		require.NoError(t, s.Rollback(t.ctx))
		assert.Equal(t, int64(7), ann.Count, "the object has its committed values back")
		assert.Equal(t, "(7)", t.rows(s, orm.Select(orm.C(&checkups.F.Count))))
	}},
	{"a flush that fails", func(t *test) {
		t.create(checkups)
		s := t.session()
		require.NoError(t, s.Add(&checkup{Vet: "Ann", At: day(2024, 1, 1)}))
		require.NoError(t, s.Commit(t.ctx))
		require.NoError(t, s.Add(&checkup{Vet: "Ann", At: day(2024, 1, 1)}))
		t.refused(s.Flush(t.ctx), orm.KindUnique, "a second Ann")
		require.ErrorIs(t, s.Flush(t.ctx), orm.ErrPendingRollback)
		require.NoError(t, s.Rollback(t.ctx))
		require.NoError(t, s.Add(&checkup{Vet: "Bob", At: day(2024, 1, 1)}))
		require.NoError(t, s.Commit(t.ctx))
		assert.Equal(t, "('Ann') ('Bob')", t.rows(t.engine, orm.Select(orm.C(&checkups.F.Vet)).OrderBy(orm.C(&checkups.F.Vet).Asc())))
	}},
	{"a row that is gone", func(t *test) {
		t.create(checkups)
		s := t.session()
		ann := &checkup{Vet: "Ann", At: day(2024, 1, 1)}
		require.NoError(t, s.Add(ann))
		require.NoError(t, s.Commit(t.ctx))
		t.exec(t.engine, "DELETE FROM checkups")
		ann.Count = 1
		require.ErrorIs(t, s.Flush(t.ctx), orm.ErrStale)
		require.NoError(t, s.Rollback(t.ctx))
	}},
	{"several at once", func(t *test) {
		t.needsTwo()
		t.create(checkups)
		engine := t.open(orm.Options{PoolSize: 3})
		const writers, each = 6, 5
		var all sync.WaitGroup
		for w := range writers {
			all.Go(func() {
				s := orm.NewSession(engine)
				defer s.Close()
				for i := range each {
					assert.NoError(t, s.Add(&checkup{Vet: fmt.Sprintf("vet %d of %d", i, w), At: day(2024, 1, 1)}))
					if !assert.NoError(t, s.Commit(t.ctx)) {
						return
					}
				}
				found, err := checkups.Select().All(t.ctx, s)
				assert.NoError(t, err)
				assert.GreaterOrEqual(t, len(found), each)
			})
		}
		all.Wait()
		assert.Equal(t, fmt.Sprintf("(%d)", writers*each), t.rows(t.engine, orm.Select(orm.Count()).From(checkups)))
	}},
}
