package orm_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

// Missive has fields that are checked, and a method that checks, too.
type Missive struct {
	ID    int64            `orm:"primary_key"`
	To    string           `orm:"size:30,name:recipient"`
	Cc    orm.Null[string] `orm:"size:30"`
	Pages int64
	Body  orm.Deferred[string] `orm:"type:text"`
	Words int64                `orm:"expression"`
	Toys  orm.Many[Missive]    `orm:"foreign_key:Pages,viewonly"`
}

var errNoPages = errors.New("no pages")

func (l *Missive) Validate() error {
	if l.Pages < 0 {
		return errNoPages
	}
	return nil
}

var (
	Missives    = orm.Declare[Missive]("missives")
	errNobody   = errors.New("nobody to send it to")
	bodyLengths []int
	_           = orm.ValidateField(&Missives.F.To, func(to string) error {
		if to == "" {
			return errNobody
		}
		return nil
	})
	_ = orm.ValidateField(&Missives.F.To, func(to string) error {
		if to == "nobody" {
			return errNobody
		}
		return nil
	})
	_ = orm.ValidateField(&Missives.F.Cc, func(cc orm.Null[string]) error {
		if cc.Valid && cc.V == "" {
			return errors.New("an empty copy")
		}
		return nil
	})
	_ = orm.ValidateField(&Missives.F.Body, func(body orm.Deferred[string]) error {
		text, err := body.Get()
		bodyLengths = append(bodyLengths, len(text))
		return err
	})
)

func TestFieldsAreValidatedBeforeAFlush(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t, Missives)
	s := session(t, engine)
	bad := &Missive{ID: 1, Cc: orm.Some(""), Pages: -1}
	worse := &Missive{ID: 2, To: "nobody"}
	require.NoError(t, s.Add(bad, worse, &Missive{ID: 3, To: "x"}))
	err := s.Flush(ctx)
	assert.EqualError(t, err, "orm: flushing the session: the Missive is not valid: Missive.To: nobody to send it to\nMissive.Cc: an empty copy\nno pages\n"+
		"the Missive is not valid: Missive.To: nobody to send it to")
	require.ErrorIs(t, err, errNobody)
	require.ErrorIs(t, err, errNoPages)
	assert.Empty(t, log.take(), "nothing was sent")
	bad.To, bad.Cc, bad.Pages, worse.To = "a", orm.Null[string]{}, 1, "b"
	require.NoError(t, s.Commit(ctx))
	assert.Equal(t, []int{0, 0, 0, 0, 0, 0}, bodyLengths)
	_, err = orm.Text("UPDATE missives SET recipient = '' WHERE id = 1").Exec(ctx, engine)
	require.NoError(t, err)

	// What has not changed, or was not read, is not asked.
	bodyLengths = nil
	for _, loaders := range [][]orm.Loader{nil, {orm.LoadOnly(&Missives.F.Pages)}} {
		other := session(t, engine)
		l, err := Missives.Select().Where(orm.C(&Missives.F.ID).Eq(1)).Options(loaders...).One(ctx, other)
		require.NoError(t, err)
		l.Pages++
		require.NoError(t, other.Commit(ctx))
		assert.Empty(t, bodyLengths)
		l.To = "nobody"
		require.ErrorIs(t, other.Commit(ctx), errNobody)
		require.NoError(t, other.Rollback(ctx))
		l.Body.Set("long")
		l.To = "y"
		require.NoError(t, other.Flush(ctx))
		assert.Equal(t, []int{4}, bodyLengths)
		require.NoError(t, other.Delete(l))
		require.NoError(t, other.Flush(ctx), "what is deleted is not asked")
		require.NoError(t, other.Rollback(ctx))
		bodyLengths = nil
	}
}

// A class has the checks of its base.
func TestAClassIsValidatedAsItsBase(t *testing.T) {
	type Vehicle struct {
		orm.Polymorphic
		ID     int64 `orm:"primary_key"`
		Kind   string
		Wheels int64
	}
	type Cart struct {
		Vehicle
		Load orm.Null[int64]
	}
	vehicles := orm.Declare[Vehicle]("vehicles", orm.PolymorphicOn("Kind", "vehicle"))
	carts := orm.Declare[Cart]("vehicles", orm.Inherits(vehicles, "cart"))
	errOdd, errHeavy := errors.New("an odd number"), errors.New("too heavy")
	require.NoError(t, orm.ValidateField(&vehicles.F.Wheels, func(n int64) error {
		if n%2 == 1 {
			return errOdd
		}
		return nil
	}))
	require.NoError(t, orm.ValidateField(&carts.F.Load, func(n orm.Null[int64]) error {
		if n.V > 100 {
			return errHeavy
		}
		return nil
	}))
	ctx := context.Background()
	engine, log := recorded(t, vehicles)
	s := session(t, engine)
	cart := carts.New()
	cart.Wheels, cart.Load = 3, orm.Some[int64](101)
	require.NoError(t, s.Add(cart))
	err := s.Flush(ctx)
	require.ErrorIs(t, err, errOdd)
	require.ErrorIs(t, err, errHeavy)
	assert.ErrorContains(t, err, "Vehicle.Wheels: an odd number")
	cart.Wheels, cart.Load = 4, orm.Some[int64](2)
	require.NoError(t, s.Commit(ctx))
	log.take()
	cart.Load, cart.Wheels = orm.Some[int64](3), 5
	require.ErrorIs(t, s.Flush(ctx), errOdd)
	cart.Wheels = 4
	require.NoError(t, s.Commit(ctx))
}

func TestWhatCannotBeValidated(t *testing.T) {
	type Wrong struct {
		ID    int64 `orm:"primary_key"`
		Count int64 `orm:"expression"`
	}
	fine := func(int64) error { return nil }
	m := orm.Declare[Wrong]("wrong")
	require.EqualError(t, orm.ValidateField(&m.F.Count, fine), "orm: ValidateField: what is named of a Wrong is not a column")
	assert.ErrorContains(t, m.Err(), "ValidateField: what is named of a Wrong is not a column")
	m = orm.Declare[Wrong]("wrong")
	alias := m.As("other")
	require.EqualError(t, orm.ValidateField(&alias.F.ID, fine), "orm: ValidateField: name the field by the model's prototype, not by that of an alias")
	var loose int64
	assert.ErrorContains(t, orm.ValidateField(&loose, fine), "not a field of a declared model's prototype")
	broken := orm.Declare[Wrong]("")
	assert.ErrorContains(t, orm.ValidateField(&broken.F.ID, fine), "the table has no name")
}
