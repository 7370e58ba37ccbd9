package orm_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/internal/testdb"
)

// Subscriber is a struct without tags, as a generator of code makes it.
type Subscriber struct {
	ID        int64
	FullName  string
	Mail      orm.Null[string]
	Cache     map[string]int
	SponsorID *int64
	Sponsor   orm.One[Subscriber]
	Sponsored orm.Many[Subscriber]
}

// subscriberTags are what the struct does not say.
var subscriberTags = []orm.FieldOption{
	orm.Field("Mail", "name:email"), orm.Field("Cache", "-"),
	orm.Field("Sponsor", "back_populates:Sponsored,foreign_key:SponsorID"),
	orm.Field("Sponsored", "back_populates:Sponsor,foreign_key:SponsorID,order_by:ID"),
}

// subscribers is their table, with columns that the struct does not have.
func subscribers() *orm.Table {
	return orm.NewTable("subscribers",
		orm.Column("visits", orm.Integer()).NotNull().Default(int64(7)),
		orm.Column("id", orm.Integer()).PrimaryKey().Autoincrement(),
		orm.Column("email", orm.String(50)).Unique(),
		orm.Column("full_name", orm.String(30)).NotNull(),
		orm.Column("sponsor_id", orm.Integer()).References("subscribers", "id"),
		orm.Column("hidden", orm.String(10)))
}

// A table that was found in a database has objects, relationships included, and
// stays as it is.
func TestAReflectedTableIsMapped(t *testing.T) {
	testdb.Each(t, func(t *testing.T, url string) {
		ctx := context.Background()
		engine, _ := recordedAt(t, url, subscribers())
		there, err := orm.Reflect(ctx, engine)
		require.NoError(t, err)
		users := orm.MapImperatively[Subscriber](there.Table("subscribers"), subscriberTags...)
		require.NoError(t, users.Err())
		id, visits := orm.C(&users.F.ID), there.Table("subscribers").C("visits")

		s := session(t, engine)
		ada := &Subscriber{FullName: "Ada", Mail: orm.Some("a@b"), Cache: map[string]int{"x": 1}}
		require.NoError(t, s.Add(ada, &Subscriber{FullName: "Bob"}, &Subscriber{FullName: "Cy"}))
		require.NoError(t, s.Flush(ctx))
		bob := must(t, func() (*Subscriber, error) {
			return users.Select().Where(orm.C(&users.F.FullName).Eq("Bob")).One(ctx, s)
		})
		require.NoError(t, bob.Sponsor.Set(ada))
		require.NoError(t, s.Commit(ctx))
		assert.NotZero(t, ada.ID)

		other := session(t, engine)
		ada, err = users.Get(ctx, other, ada.ID)
		require.NoError(t, err)
		assert.Equal(t, orm.Some("a@b"), ada.Mail)
		list, err := ada.Sponsored.Load(ctx)
		require.NoError(t, err)
		require.Len(t, list, 1)
		assert.Equal(t, "Bob", list[0].FullName)
		assert.Equal(t, ada.ID, *list[0].SponsorID)
		ada.FullName = "Ada L."
		require.NoError(t, other.Delete(must(t, func() (*Subscriber, error) { return users.Get(ctx, other, ada.ID+2) })))
		require.NoError(t, other.Commit(ctx))

		rows, err := orm.Select2(orm.C(&users.F.FullName), orm.Cast[int64](visits)).OrderBy(id.Asc()).All(ctx, engine)
		require.NoError(t, err)
		assert.Equal(t, "[{Ada L. 7} {Bob 7}]", fmt.Sprint(rows), "the database's default fills what has no field")

		n, err := orm.Update(users).Set(visits.Set(8)).Where(id.Eq(ada.ID)).Exec(ctx, other)
		require.NoError(t, err, "a column without a field is changed while objects are held")
		assert.Equal(t, int64(1), n)
		require.NoError(t, other.Commit(ctx))

		assert.Same(t, there.Tables()[0], users.Table())
		again, err := orm.Reflect(ctx, engine)
		require.NoError(t, err)
		assert.Len(t, again.Tables()[0].Columns, 6)
		assert.NoError(t, there.Add(users).Err(), "it is the metadata's own table")
		require.NoError(t, there.CreateAll(ctx, engine))
		diff, err := there.Diff(engine.Dialect(), again)
		require.NoError(t, err)
		assert.Empty(t, diff)
	})
}

// keepsAll has a field of each type that a table can be reflected with.
type keepsAll struct {
	ID       orm.UUID `orm:"primary_key"`
	Small    int8
	Big      orm.Null[uint32]
	Ratio    float64
	Done     bool
	Text     *string `orm:"type:text"`
	Bytes    []byte
	At       time.Time
	Price    orm.Decimal `orm:"precision:8,scale:2"`
	Day      orm.Date
	Clock    orm.TimeOfDay
	Length   time.Duration
	Document orm.JSON[map[string]int]
	State    string               `orm:"enum:open|closed"`
	Later    orm.Deferred[string] `orm:"type:text"`
	Count    int64                `orm:"version"`
}

// What CreateAll makes of a struct is what the struct is mapped to.
func TestEachTypeIsMappedToItsReflection(t *testing.T) {
	type keepsThere keepsAll
	kept := orm.Declare[keepsAll]("kept")
	testdb.Each(t, func(t *testing.T, url string) {
		ctx := context.Background()
		engine, _ := recordedAt(t, url, kept)
		there, err := orm.Reflect(ctx, engine)
		require.NoError(t, err)
		m := orm.MapImperatively[keepsThere](there.Table("kept"))
		require.NoError(t, m.Err())
		text := "t"
		id, err := orm.ParseUUID("0f8fad5b-d9cb-469f-a165-70867728950e")
		require.NoError(t, err)
		want := keepsAll{ID: id, Small: -3, Big: orm.Some[uint32](1 << 31), Ratio: 0.5, Done: true, Text: &text, Bytes: []byte{1, 0},
			At: noon, Price: orm.DecimalOf(1250, 2), Day: orm.DateOf(noon), Clock: orm.Clock(1, 2, 3), Length: time.Minute,
			Document: orm.JSONOf(map[string]int{"a": 1}), State: "open", Later: orm.Deferred[string]{}}
		want.Later.Set("late")
		s := session(t, engine)
		row := keepsThere(want)
		require.NoError(t, s.Add(&row))
		require.NoError(t, s.Commit(ctx))
		want.Count = 1

		other := session(t, engine)
		got, err := m.Get(ctx, other, id)
		require.NoError(t, err)
		assert.False(t, got.Later.Loaded())
		late, err := got.Later.Load(ctx)
		require.NoError(t, err)
		assert.Equal(t, "late", late)
		as, err := other.Inspect(got)
		require.NoError(t, err)
		assert.False(t, as.Modified)
		got.Later, want.Later = orm.Deferred[string]{}, orm.Deferred[string]{}
		assert.Equal(t, want, keepsAll(*got))
		got.Later.Set("later")
		got.Small = 4
		require.NoError(t, other.Commit(ctx))
		assert.Equal(t, int64(2), got.Count, "the version counts")
		got.State = "lost"
		assert.ErrorContains(t, other.Flush(ctx), "keepsThere.State")
		require.NoError(t, other.Rollback(ctx))
	})
}

func TestWhatDoesNotFitATableIsListedAtOnce(t *testing.T) {
	type Inner struct{ Born int64 }
	type Misfit struct {
		ID      orm.Null[int64]
		Name    string
		Size    string
		Missing int64
		Twice   int64 `orm:"name:size"`
		Again   int64 `orm:"name:size"`
		Bad     complex128
		State   int64
		Inner
		Part Inner `orm:"embedded,prefix:part_"`
	}
	table := orm.NewTable("misfits",
		orm.Column("id", orm.Integer()).PrimaryKey(), orm.Column("shard", orm.Integer()).PrimaryKey(),
		orm.Column("name", orm.String(5)), orm.Column("size", orm.Integer()).NotNull(),
		orm.Column("state", orm.Enum("state", "a", "b")).NotNull(), orm.Column("born", orm.DateOnly()).NotNull(), orm.Column("part_born", orm.Integer()))
	m := orm.MapImperatively[Misfit](table, orm.Field("Name", "primary_key"), orm.Field("Nmae", "size:3"), orm.Field("cache", "-"))
	has := "; it has id, shard, name, size, state, born, part_born; name another by the tag name:…, or leave the field out by the tag -"
	assert.EqualError(t, m.Err(), `orm: model Misfit over the table misfits:
	Misfit.Bad: a Go complex128 has no column type; `+known+`
	Field("Nmae"): Misfit has no exported field Nmae
	Field("cache"): Misfit has no exported field cache
	Misfit.ID: a primary key cannot be NULL; use the plain type
	Misfit.Name: the column name may be NULL, which a plain string cannot hold; use orm.Null[string] or *string
	Misfit.Size: the column size is Integer, which a Go string does not hold
	Misfit.Missing: the table has no column missing`+has+`
	Misfit.Twice: the column size is that of Misfit.Size already
	Misfit.Again: the column size is that of Misfit.Twice already
	Misfit.State: the column state is Enum, which a Go int64 does not hold
	Misfit.Inner.Born: the column born is Date, which a Go int64 does not hold
	Misfit.Part.Born: the column part_born may be NULL, which a plain int64 cannot hold; use orm.Null[int64] or *int64
	Misfit: no field is for the column shard, which is part of the primary key`)
	assert.Nil(t, m.Table())

	type Keyed struct {
		ID    int64
		Name  orm.Null[string] `orm:"primary_key"`
		Shard orm.Deferred[int64]
	}
	assert.EqualError(t, orm.MapImperatively[Keyed](table, orm.Field("Name", "primary_key,size:3"), orm.Field("ID", "")).Err(), `orm: model Keyed over the table misfits:
	Keyed.Name: a primary key cannot be NULL; use the plain type
	Keyed.Shard: a key cannot be deferred: each object needs it; use the plain type`)
	type Other struct {
		ID, Shard int64
		Size      int64 `orm:"primary_key"`
	}
	assert.ErrorContains(t, orm.MapImperatively[Other](table).Err(), "Other.Size: it has the tag primary_key, but the primary key of the table is id, shard")
	type Fine struct{ ID, Shard int64 }
	require.NoError(t, orm.MapImperatively[Fine](table).Err())
	type Another Fine
	assert.EqualError(t, orm.MapImperatively[Another](table).Err(), "orm: model Another: the table misfits is that of Fine already")
	assert.NoError(t, orm.MapImperatively[Fine](table).Err(), "the same again is no harm")
	assert.EqualError(t, orm.MapImperatively[Fine](nil).Err(), "orm: model Fine: the table is nil")
	assert.EqualError(t, orm.MapImperatively[int](table).Err(), "orm: model int: a model is a struct, not int")
	assert.ErrorContains(t, orm.MapImperatively[Fine](orm.NewMetadata().Table("gone")).Err(), `orm: the metadata has no table "gone"`)
}

// A table without a primary key, or a view, needs to be told one, and has it for
// the model only.
func TestAKeyIsNamedWhereTheTableHasNone(t *testing.T) {
	type Entry struct {
		Day   int64
		Place string
		Count orm.Null[int64]
	}
	table := func() *orm.Table {
		return orm.NewTable("entries", orm.Column("day", orm.Integer()).NotNull(), orm.Column("place", orm.String(10)).NotNull(), orm.Column("count", orm.Integer()))
	}
	assert.EqualError(t, orm.MapImperatively[Entry](table()).Err(), "orm: model Entry over the table entries:\n\t"+
		`Entry: the table entries has no primary key; name the columns that together tell its rows apart by the tag primary_key, or by orm.Field(…, "primary_key")`)
	testdb.Each(t, func(t *testing.T, url string) {
		ctx := context.Background()
		engine, log := recordedAt(t, url, table())
		there, err := orm.Reflect(ctx, engine)
		require.NoError(t, err)
		entries := orm.MapImperatively[Entry](there.Table("entries"), orm.Field("Day", "primary_key"), orm.Field("Place", "primary_key"))
		require.NoError(t, entries.Err())
		s := session(t, engine)
		for i := range int64(3) {
			require.NoError(t, s.Add(&Entry{Day: i, Place: "a"}, &Entry{Day: i, Place: "b"}))
		}
		require.NoError(t, s.Commit(ctx))
		log.take()
		e, err := entries.Get(ctx, s, 1, "b")
		require.NoError(t, err)
		e.Count = orm.Some[int64](5)
		require.NoError(t, s.Commit(ctx))
		e.Day = 4
		require.NoError(t, s.Commit(ctx))
		e2, err := entries.Get(ctx, s, 4, "b")
		require.NoError(t, err)
		assert.Same(t, e, e2, "a key may change")
		err = orm.BulkUpdate(ctx, s, entries, []*Entry{{Day: 4, Place: "b"}}, &entries.F.Day)
		assert.ErrorContains(t, err, "Entry.Day is part of the primary key")
		require.NoError(t, s.Commit(ctx))
		n, err := orm.Select1(orm.Count()).From(entries).Where(orm.N(&entries.F.Count).Eq(5)).One(ctx, engine)
		require.NoError(t, err)
		assert.Equal(t, int64(1), n)
		assert.Empty(t, entries.Table().PrimaryKey(), "the table stays as it is")
		diff, err := there.Diff(engine.Dialect(), orm.NewMetadata(entries))
		require.NoError(t, err)
		assert.Empty(t, diff)
	})
}

// An enumeration of the table holds for a plain field, too.
func TestATextIsLimitedByTheTablesEnumeration(t *testing.T) {
	type Door struct {
		ID    int64
		State string
	}
	table := orm.NewTable("doors", orm.Column("id", orm.Integer()).PrimaryKey(), orm.Column("state", orm.Enum("state", "open", "shut")).NotNull())
	doors := orm.MapImperatively[Door](table)
	require.NoError(t, doors.Err())
	engine, _ := recorded(t, doors)
	s := session(t, engine)
	require.NoError(t, s.Add(&Door{State: "ajar"}))
	assert.ErrorContains(t, s.Flush(context.Background()), "Door.State")
}
