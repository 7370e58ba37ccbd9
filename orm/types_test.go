package orm_test

import (
	"context"
	"encoding/json"
	"math"
	"testing"
	"time"

	"github.com/ormlab/ormlab/orm"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type (
	level   int16
	color   string
	toggle  bool
	celsius float64
)

// AllTypes has a field of every Go type that a column can have.
type AllTypes struct {
	ID      int `orm:"primary_key"`
	I8      int8
	I16     int16
	I32     int32
	I64     int64
	U8      uint8
	U16     uint16
	U32     uint32
	F32     float32
	F64     float64
	Bool    bool
	Text    string
	Bytes   []byte
	Time    time.Time
	Level   level
	Color   color
	Flag    toggle
	Celsius celsius
	JSON    json.RawMessage
	NInt    orm.Null[int64]
	NColor  orm.Null[color]
	NBool   orm.Null[bool]
	NTime   orm.Null[time.Time]
	NBytes  orm.Null[[]byte]
	PInt    *int32
	PText   *string
	PColor  *color
	PTime   *time.Time
	PBytes  *[]byte
}

var AllTypesModel = orm.Declare[AllTypes]("all_types")

func ptr[T any](v T) *T { return &v }

var noon = time.Date(2026, 3, 29, 12, 0, 0, 123456000, time.UTC)

func TestValuesComeBackAsTheyWere(t *testing.T) {
	ctx := context.Background()
	for name, want := range map[string]AllTypes{
		"zero": {Bytes: []byte{}, JSON: json.RawMessage{}},
		"usual": {I8: 1, I16: 2, I32: 3, I64: 4, U8: 5, U16: 6, U32: 7, F32: 0.1, F64: 0.1, Bool: true, Text: "é😀",
			Bytes: []byte{0, 255}, Time: noon, Level: 3, Color: "red", Flag: true, Celsius: 36.6, JSON: json.RawMessage(`{"a":1}`),
			NInt: orm.Some[int64](1), NColor: orm.Some[color]("blue"), NBool: orm.Some(true), NTime: orm.Some(noon), NBytes: orm.Some([]byte("b")),
			PInt: ptr[int32](1), PText: ptr("t"), PColor: ptr[color]("c"), PTime: ptr(noon), PBytes: ptr([]byte("p"))},
		"smallest": {I8: math.MinInt8, I16: math.MinInt16, I32: math.MinInt32, I64: math.MinInt64, F32: -math.MaxFloat32, F64: -math.MaxFloat64,
			Bytes: []byte{}, JSON: json.RawMessage{}, Level: math.MinInt16, Time: time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)},
		"greatest": {I8: math.MaxInt8, I16: math.MaxInt16, I32: math.MaxInt32, I64: math.MaxInt64, U8: math.MaxUint8, U16: math.MaxUint16,
			U32: math.MaxUint32, F32: math.MaxFloat32, F64: math.Inf(1), Bytes: []byte{}, JSON: json.RawMessage{},
			Time: time.Date(9999, 12, 31, 23, 59, 59, 999999000, time.UTC)},
		"zero values that are not NULL": {Bytes: []byte{}, JSON: json.RawMessage{}, NInt: orm.Some[int64](0), NColor: orm.Some[color](""),
			NBool: orm.Some(false), NTime: orm.Some(time.Time{}), NBytes: orm.Some([]byte{}),
			PInt: ptr[int32](0), PText: ptr(""), PColor: ptr[color](""), PTime: ptr(time.Time{}), PBytes: ptr([]byte{})},
	} {
		t.Run(name, func(t *testing.T) {
			engine, log := recorded(t, AllTypesModel)
			want.ID = 1
			s := orm.NewSession(engine)
			given := want
			require.NoError(t, s.Add(&given))
			require.NoError(t, s.Commit(ctx))
			require.NoError(t, s.Close())

			s = session(t, engine)
			got, err := AllTypesModel.Get(ctx, s, 1)
			require.NoError(t, err)
			assert.Equal(t, &want, got)
			log.take()
			require.NoError(t, s.Commit(ctx))
			log.is(t, "COMMIT") // what was read is no change

			row, err := orm.Select(AllTypesModel).One(ctx, engine)
			require.NoError(t, err)
			var a AllTypes
			require.NoError(t, row.Scan(&a.ID, &a.I8, &a.I16, &a.I32, &a.I64, &a.U8, &a.U16, &a.U32, &a.F32, &a.F64, &a.Bool, &a.Text,
				&a.Bytes, &a.Time, &a.Level, &a.Color, &a.Flag, &a.Celsius, &a.JSON, &a.NInt, &a.NColor, &a.NBool, &a.NTime, &a.NBytes,
				&a.PInt, &a.PText, &a.PColor, &a.PTime, &a.PBytes))
			assert.Equal(t, want, a, "rows scan into the same types")
		})
	}
}

// A change of any field, in place too, is one UPDATE of its column, and a
// rollback brings the old value back.
func TestEveryTypeOfChangeIsSeen(t *testing.T) {
	ctx := context.Background()
	full := func() *AllTypes {
		return &AllTypes{ID: 1, Bytes: []byte("abc"), JSON: json.RawMessage("1"), Time: noon, NInt: orm.Some[int64](1), NTime: orm.Some(noon),
			NBytes: orm.Some([]byte("abc")), PInt: ptr[int32](1), PTime: ptr(noon), PBytes: ptr([]byte("abc"))}
	}
	for column, change := range map[string]func(a *AllTypes){
		"i8":      func(a *AllTypes) { a.I8 = 1 },
		"f32":     func(a *AllTypes) { a.F32 = 1 },
		"bool":    func(a *AllTypes) { a.Bool = true },
		"bytes":   func(a *AllTypes) { a.Bytes[1] = 'x' },
		"json":    func(a *AllTypes) { a.JSON[0] = '2' },
		"time":    func(a *AllTypes) { a.Time = a.Time.Add(time.Microsecond) },
		"level":   func(a *AllTypes) { a.Level = 1 },
		"color":   func(a *AllTypes) { a.Color = "red" },
		"n_int":   func(a *AllTypes) { a.NInt.V = 2 },
		"n_bool":  func(a *AllTypes) { a.NBool.Valid = true },
		"n_time":  func(a *AllTypes) { a.NTime = orm.None[time.Time]() },
		"n_bytes": func(a *AllTypes) { a.NBytes.V[0] = 'x' },
		"p_int":   func(a *AllTypes) { *a.PInt = 2 },
		"p_time":  func(a *AllTypes) { a.PTime = nil },
		"p_text":  func(a *AllTypes) { a.PText = ptr("") },
		"p_bytes": func(a *AllTypes) { (*a.PBytes)[2] = 'x' },
	} {
		t.Run(column, func(t *testing.T) {
			engine, log := recorded(t, AllTypesModel)
			s := session(t, engine)
			a := full()
			require.NoError(t, s.Add(a))
			require.NoError(t, s.Commit(ctx))
			log.take()
			change(a)
			require.NoError(t, s.Flush(ctx))
			list := log.take()
			require.Len(t, list, 2)
			assert.Equal(t, "UPDATE all_types SET "+column+"=? WHERE all_types.id = ?", list[1].SQL)
			require.NoError(t, s.Flush(ctx))
			log.is(t)
			require.NoError(t, s.Rollback(ctx))
			assert.Equal(t, full(), a)

			change(a)
			require.NoError(t, s.Rollback(ctx))
			assert.Equal(t, full(), a, "without a flush too")
		})
	}
}

func TestWhatIsNoChange(t *testing.T) {
	ctx := context.Background()
	for name, change := range map[string]func(a *AllTypes){
		"another zone":          func(a *AllTypes) { a.Time = a.Time.In(time.FixedZone("IST", 19800)) },
		"below the microsecond": func(a *AllTypes) { a.Time = a.Time.Add(999 * time.Nanosecond) },
		"other bytes, equal":    func(a *AllTypes) { a.Bytes = append([]byte{}, a.Bytes...) },
		"another pointer":       func(a *AllTypes) { a.PInt = ptr(*a.PInt) },
		"a value below NULL":    func(a *AllTypes) { a.NInt.V = 99 },
		"nil for empty bytes":   func(a *AllTypes) { a.JSON = nil },
	} {
		t.Run(name, func(t *testing.T) {
			engine, log := recorded(t, AllTypesModel)
			s := session(t, engine)
			a := &AllTypes{ID: 1, Bytes: []byte("abc"), JSON: json.RawMessage{}, Time: noon, PInt: ptr[int32](1)}
			require.NoError(t, s.Add(a))
			require.NoError(t, s.Commit(ctx))
			log.take()
			change(a)
			require.NoError(t, s.Commit(ctx))
			log.is(t)
		})
	}
}

func TestTimesAreKeptInUTCToTheMicrosecond(t *testing.T) {
	ctx := context.Background()
	engine, _ := recorded(t, AllTypesModel)
	zone := time.FixedZone("CEST", 7200)
	local := time.Date(2026, 7, 1, 1, 30, 0, 123456789, zone)
	s := session(t, engine)
	a := &AllTypes{ID: 1, Time: local}
	require.NoError(t, s.Add(a))
	require.NoError(t, s.Flush(ctx))
	row, err := orm.Text("SELECT time FROM all_types").One(ctx, s)
	require.NoError(t, err)
	assert.Equal(t, []any{"2026-06-30 23:30:00.123456"}, row.Values())

	at := orm.C(&AllTypesModel.F.Time)
	for name, where := range map[string]orm.Cond{"zone": at.Eq(local), "UTC": at.Eq(local.UTC()), "nanoseconds": at.Eq(local.Add(200 * time.Nanosecond))} {
		got, err := AllTypesModel.Select().Where(where).One(ctx, s)
		require.NoError(t, err, name)
		assert.Same(t, a, got)
	}
	require.NoError(t, s.Refresh(ctx, a))
	assert.Equal(t, local.Truncate(time.Microsecond).UTC(), a.Time)
}

// What stands in the database may not be what the model says.
func TestRowsThatDoNotFitTheModel(t *testing.T) {
	ctx := context.Background()
	type Loose struct {
		ID   int64 `orm:"primary_key"`
		I8   int8
		Text string
		Bool bool
		F    float64
		B    []byte
		T    time.Time
		P    *int8
	}
	model := orm.Declare[Loose]("loose")
	for set, want := range map[string]string{
		"i8 = 300":      "column i8 into Loose.I8: 300 does not fit a Go int8",
		"i8 = 1.5":      "column i8 into Loose.I8: it holds float 1.5, not an integer",
		"i8 = NULL":     "column i8 into Loose.I8: it is NULL; use orm.Null or a pointer",
		"text = NULL":   "column text into Loose.Text: it is NULL; use orm.Null or a pointer",
		"text = 5":      "column text into Loose.Text: it holds int 5, not text",
		"bool = 'yes'":  `column bool into Loose.Bool: it holds text "yes", not a truth value`,
		"f = 'much'":    `column f into Loose.F: it holds text "much", not a number`,
		"b = 'x'":       `column b into Loose.B: it holds text "x", not bytes`,
		"t = 'someday'": `column t into Loose.T: "someday" is not a date and time`,
		"t = 5":         "column t into Loose.T: it holds int 5, not a date and time",
		"p = 128":       "column p into Loose.P: 128 does not fit a Go int8",
	} {
		t.Run(set, func(t *testing.T) {
			engine, _ := recorded(t)
			exec := func(sql string) {
				_, err := orm.Text(sql).Exec(ctx, engine)
				require.NoError(t, err)
			}
			exec("CREATE TABLE loose (id, i8, text, bool, f, b, t, p)")
			exec(`INSERT INTO loose VALUES (1, 1, '', 0, 1, x'', '2026-01-01', 1)`)
			exec("UPDATE loose SET " + set)
			s := session(t, engine)
			_, err := model.Select().All(ctx, s)
			assert.ErrorContains(t, err, want)
			var failure *orm.Error
			require.ErrorAs(t, err, &failure)
			assert.Equal(t, orm.KindData, failure.Kind)
			assert.Contains(t, failure.SQL, "FROM loose")
		})
	}
}

func TestOtherFormsOfTime(t *testing.T) {
	ctx := context.Background()
	engine, _ := recorded(t)
	for text, want := range map[string]time.Time{
		"2026-01-02":                  time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC),
		"2026-01-02 03:04:05":         time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
		"2026-01-02T03:04:05Z":        time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
		"2026-01-02T03:04:05.5+02:00": time.Date(2026, 1, 2, 1, 4, 5, 5e8, time.UTC),
		"2026-01-02 03:04:05+02:00":   time.Date(2026, 1, 2, 1, 4, 5, 0, time.UTC),
	} {
		row, err := orm.Text("SELECT :t").Bind("t", text).One(ctx, engine)
		require.NoError(t, err)
		var got time.Time
		require.NoError(t, row.Scan(&got))
		assert.Equal(t, want, got, text)
	}
}
