package orm_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/schema"
)

type Mood string

func (Mood) EnumValues() []string { return []string{"happy", "it's fine"} }

// Celsius is a type of a user's own: a number that is stored as text.
type Celsius struct{ Degrees int64 }

func (Celsius) ColumnType() schema.Type { return orm.String(20) }
func (c Celsius) BindValue() (driver.Value, error) {
	text, err := json.Marshal(c.Degrees)
	return driver.TextValue(string(text) + " C"), err
}
func (c *Celsius) ScanValue(v driver.Value) error {
	return json.Unmarshal([]byte(v.Text()[:len(v.Text())-2]), &c.Degrees)
}

type Kinds struct {
	ID       int64       `orm:"primary_key"`
	Price    orm.Decimal `orm:"precision:12,scale:4"`
	Day      orm.Date
	At       orm.TimeOfDay
	Took     time.Duration
	Moment   time.Time
	Doc      orm.JSON[map[string]any]
	MaybeDoc orm.Null[orm.JSON[*int]]
	Key      orm.UUID
	Foreign  [16]byte
	Mood     Mood
	State    string `orm:"enum:open|closed"`
	MaybeDay *orm.Date
	Big      uint64
	Small    uint
	Temp     Celsius
	Bytes    []byte
	Cost     orm.Null[orm.Decimal] `orm:"precision:6,scale:2"`
}

var AllKinds = orm.Declare[Kinds]("kinds")

func someKinds() *Kinds {
	price, _ := orm.ParseDecimal("12345678.9012")
	key, _ := orm.ParseUUID("123e4567-e89b-12d3-a456-426614174000")
	return &Kinds{
		Price: price, Day: orm.Date{Year: 2024, Month: time.February, Day: 29}, At: orm.Clock(23, 59, 58) + orm.TimeOfDay(7*time.Microsecond),
		Took: -(50*time.Hour + 3*time.Microsecond), Moment: time.Date(2024, 3, 31, 2, 30, 0, 123456000, time.FixedZone("x", 7200)),
		Doc: orm.JSONOf(map[string]any{"a": []any{1.5, "it's", nil}}), MaybeDoc: orm.Some(orm.JSON[*int]{}),
		Key: key, Foreign: [16]byte(key), Mood: "it's fine", State: "open",
		MaybeDay: &orm.Date{Year: 1, Month: 1, Day: 1}, Big: 1<<63 - 1, Small: 7, Temp: Celsius{-40}, Bytes: []byte{0, 255},
		Cost: orm.Some(orm.DecimalOf(-50, 2)),
	}
}

func TestKindsSurviveTheDatabase(t *testing.T) {
	require.NoError(t, AllKinds.Err())
	everywhere(t, func(t *testing.T, e *orm.Engine) {
		ctx := context.Background()
		require.NoError(t, orm.NewMetadata(AllKinds).CreateAll(ctx, e))
		s := orm.NewSession(e)
		defer s.Close()
		s.Add(someKinds())
		require.NoError(t, s.Commit(ctx))

		other := orm.NewSession(e)
		defer other.Close()
		got, err := AllKinds.Get(ctx, other, int64(1))
		require.NoError(t, err)
		want := someKinds()
		want.ID = 1
		want.Moment = want.Moment.UTC()
		assert.Equal(t, want, got)

		got.Doc.V["a"] = "changed in place"
		got.Day = got.Day.AddDays(1)
		got.Cost = orm.None[orm.Decimal]()
		require.NoError(t, other.Commit(ctx))
		rows, err := AllKinds.Select().Where(orm.C(&AllKinds.F.Day).Eq(orm.Date{Year: 2024, Month: 3, Day: 1}),
			orm.C(&AllKinds.F.Price).Gt(orm.DecimalOf(2, 0)), orm.C(&AllKinds.F.Took).Lt(0),
			orm.C(&AllKinds.F.Mood).Eq("it's fine")).All(ctx, s)
		require.NoError(t, err)
		require.Len(t, rows, 1)
		assert.Equal(t, "changed in place", rows[0].Doc.V["a"])
		assert.False(t, rows[0].Cost.Valid)
	})
}

// What a column does not hold is an error before the database is asked.
func TestValuesThatNoColumnTakes(t *testing.T) {
	ctx := context.Background()
	e, log := recorded(t)
	require.NoError(t, orm.CreateAll(ctx, e, AllKinds))
	log.take()
	for want, change := range map[string]func(*Kinds){
		`Kinds.Mood: "sad" is not one of ["happy" "it's fine"]`:                                  func(k *Kinds) { k.Mood = "sad" },
		`Kinds.State: "" is not one of ["open" "closed"]`:                                        func(k *Kinds) { k.State = "" },
		"Kinds.Big: 9223372036854775808 is more than a BigInteger holds":                         func(k *Kinds) { k.Big = 1 << 63 },
		"Kinds.Price: 0.00001 has 5 digits behind the point, the column keeps 4; round it first": func(k *Kinds) { k.Price = orm.DecimalOf(1, 5) },
		"Kinds.Cost: 10000 has 5 digits before the point, the column keeps 4":                    func(k *Kinds) { k.Cost = orm.Some(orm.DecimalOf(10000, 0)) },
		"Kinds.Day: 2023-02-29 is not a day between 0001-01-01 and 9999-12-31":                   func(k *Kinds) { k.Day = orm.Date{Year: 2023, Month: 2, Day: 29} },
		"Kinds.At: 24h0m0s since midnight is not a time of the day":                              func(k *Kinds) { k.At = orm.Clock(24, 0, 0) },
		"Kinds.Doc: writing the JSON document: json: unsupported type: chan int":                 func(k *Kinds) { k.Doc.V["c"] = make(chan int) },
	} {
		s := orm.NewSession(e)
		k := someKinds()
		change(k)
		s.Add(k)
		assert.ErrorContains(t, s.Flush(ctx), want)
		s.Close()
	}
}

func TestDecimals(t *testing.T) {
	d := func(s string) orm.Decimal {
		v, err := orm.ParseDecimal(s)
		require.NoError(t, err)
		return v
	}
	assert.Equal(t, d("1.5"), d("1.500"), "one number has one form")
	assert.Equal(t, orm.Decimal{}, d("0.00"))
	assert.Equal(t, "0.3", d("0.1").Add(d("0.2")).String())
	assert.Equal(t, "-0.1", d("0.1").Sub(d("0.2")).String())
	assert.Equal(t, "0.0000000000000000000000000002", d("0.00000000000001").Mul(d("0.00000000000002")).String())
	assert.Equal(t, "2.68", d("2.675").Round(2).String())
	assert.Equal(t, -1, d("9.5").Cmp(d("10")))
	assert.Equal(t, d("12.5"), orm.DecimalOf(1250, 2))
	_, err := orm.ParseDecimal("1,5")
	assert.EqualError(t, err, `orm: reading a decimal: "1,5" is not a decimal number`)
}

// Unset, NULL and a value are three things.
func TestOpt(t *testing.T) {
	type Optional struct {
		ID    int64           `orm:"primary_key"`
		State orm.Opt[string] `orm:"size:10,server_default:'''new'''"`
		Level orm.Opt[int64]  `orm:"default:3,not_null"`
	}
	model := orm.Declare[Optional]("optional")
	require.NoError(t, model.Err())
	everywhere(t, func(t *testing.T, e *orm.Engine) {
		ctx := context.Background()
		require.NoError(t, orm.CreateAll(ctx, e, model))
		s := orm.NewSession(e)
		defer s.Close()
		unset, null, given := &Optional{}, &Optional{State: orm.OptNull[string]()}, &Optional{State: orm.OptOf("old"), Level: orm.OptOf[int64](0)}
		for _, o := range []*Optional{unset, null, given} {
			s.Add(o)
			require.NoError(t, s.Flush(ctx))
		}
		assert.Equal(t, orm.OptOf("new"), unset.State)
		assert.Equal(t, orm.OptOf[int64](3), unset.Level)
		require.NoError(t, s.Commit(ctx))
		other := orm.NewSession(e)
		defer other.Close()
		all, err := model.Select().OrderBy(orm.C(&model.F.ID).Asc()).All(ctx, other)
		require.NoError(t, err)
		assert.Equal(t, []*Optional{unset, null, given}, all)
		all[0].State = orm.Opt[string]{} // leaves the column alone
		all[0].Level = orm.OptOf[int64](4)
		require.NoError(t, other.Commit(ctx))
		row, err := orm.Text("SELECT state, level FROM optional WHERE id = 1").One(ctx, e)
		require.NoError(t, err)
		assert.Equal(t, "('new', 4)", row.String())
	})
}
