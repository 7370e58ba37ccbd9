package ormtest

import (
	"bytes"
	"math"
	"reflect"
	"strings"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

var valueCases = func() []testCase {
	var list []testCase
	for _, v := range values() {
		list = append(list, testCase{v.name, v.run})
	}
	return append(list, testCase{"text with a NUL character", textWithNUL}, testCase{"NULL and the JSON document null", jsonNull},
		testCase{"other values of an enumeration", enumRefuses})
}()

// valuesOf are values of a type, each of which must come back as it was.
type valuesOf struct {
	name   string
	column orm.Type
	values []any
	// unfound says that the database need not compare the values.
	unfound bool
	// least is the first of the values when they are sorted; nil is not asked.
	least any
}

func values() []valuesOf {
	at := func(y, m, d, h, min, s, micros int, zone *time.Location) time.Time {
		return time.Date(y, time.Month(m), d, h, min, s, micros*1000, zone)
	}
	utc := time.UTC
	every := make([]byte, 256)
	for i := range every {
		every[i] = byte(i)
	}
	return []valuesOf{
		{"small integers", orm.SmallInteger(), []any{int16(0), int16(math.MinInt16), int16(math.MaxInt16)}, false, int16(math.MinInt16)},
		{"integers", orm.Integer(), []any{int32(0), int32(math.MinInt32), int32(math.MaxInt32)}, false, nil},
		{"big integers", orm.BigInteger(), []any{int64(0), int64(math.MinInt64), int64(math.MaxInt64), uint64(math.MaxInt64), int64(1<<53 + 1)}, false, int64(math.MinInt64)},
		{"booleans", orm.Boolean(), []any{true, false}, false, nil},
		{"floats", orm.Float(), []any{0.0, 0.1, -1.5, 1.0 / 3, math.MaxFloat64, -math.MaxFloat64, 2.2250738585072014e-308, 1e15 + 0.3}, false, -math.MaxFloat64},
		{"texts", orm.String(50), []any{"", " ", "x ", " x", "it's", `"quoted"`, `\`, `\'`, `\n`, "`", "%_", "?", ":x", "$1", "--", "/*", "\r\n\t", "NULL",
			"'; DROP TABLE v; --", "é", "e\u0301", "猫", "😀", strings.Repeat("😀", 50)}, false, nil},
		{"long texts", orm.LongText(), []any{"", strings.Repeat("long ", 12000), strings.Repeat("猫", 20000)}, false, nil},
		{"bytes", orm.LargeBinary(), []any{[]byte{}, []byte{0}, every, bytes.Repeat(every, 4096)}, true, nil},
		{"instants", orm.DateTime(), []any{at(2024, 2, 29, 23, 59, 58, 123456, utc), at(2024, 3, 31, 2, 30, 0, 1, time.FixedZone("CEST", 7200)),
			at(2024, 1, 1, 0, 0, 0, 0, time.FixedZone("", -12*3600)), at(1969, 12, 31, 23, 59, 59, 999999, utc), at(1, 1, 1, 0, 0, 0, 0, utc), at(9999, 12, 31, 23, 59, 59, 999999, utc)}, false, at(1, 1, 1, 0, 0, 0, 0, utc)},
		{"decimals", orm.Numeric(15, 6), []any{decimal("0"), decimal("0.000001"), decimal("-999999999.999999"), decimal("999999999.999999"), decimal("123456789.123457"), decimal("0.1"), decimal("100000000")}, false, decimal("-999999999.999999")},
		{"long decimals", orm.Numeric(38, 10), []any{decimal("1234567890123456789012345678.0123456789"), decimal("-0.0000000001")}, false, nil},
		{"dates", orm.DateOnly(), []any{orm.Date{Year: 2024, Month: 2, Day: 29}, orm.Date{Year: 1, Month: 1, Day: 1}, orm.Date{Year: 9999, Month: 12, Day: 31}, orm.Date{Year: 1582, Month: 10, Day: 10}}, false, orm.Date{Year: 1, Month: 1, Day: 1}},
		{"times of the day", orm.TimeOnly(), []any{orm.Clock(0, 0, 0), orm.Clock(23, 59, 59), orm.TimeOfDay(24*time.Hour - time.Microsecond), orm.TimeOfDay(time.Microsecond)}, false, orm.Clock(0, 0, 0)},
		{"intervals", orm.Interval(), []any{time.Duration(0), time.Microsecond, -time.Microsecond, 50*time.Hour + 3*time.Microsecond, -1000 * time.Hour,
			272*365*24*time.Hour + time.Microsecond, -272*365*24*time.Hour - time.Microsecond}, false, -272*365*24*time.Hour - time.Microsecond},
		{"documents", orm.JSONType(), []any{orm.JSONOf[any](map[string]any{"a": []any{1.5, "it's", nil, true}, `q"\`: "é猫😀"}), orm.JSONOf[any]([]any{}),
			orm.JSONOf[any]("text"), orm.JSONOf[any](1e20), orm.JSONOf[any](false), orm.JSONOf[int64](1<<62 + 1)}, true, nil},
		{"UUIDs", orm.UUIDType(), []any{uuid("123e4567-e89b-12d3-a456-426614174000"), orm.UUID{}, uuid("ffffffff-ffff-ffff-ffff-ffffffffffff")}, false, nil},
		{"enumerations", orm.Enum("moods", "happy", "it's fine", `a"b`, `a\b`, "a,b", "é猫"), []any{"happy", "it's fine", `a"b`, `a\b`, "a,b", "é猫"}, false, nil},
		{"arrays of integers", orm.Array(orm.BigInteger()), []any{[]int64{}, []int64{1, -2, math.MaxInt64}}, false, nil},
		{"arrays of texts", orm.Array(orm.LongText()), []any{[]string{"", "NULL", `a"b\,{}`, " x ", "é猫"}}, false, nil},
		{"arrays of instants", orm.Array(orm.DateTime()), []any{[]time.Time{at(2024, 1, 2, 3, 4, 5, 6, utc)}}, false, nil},
		{"arrays with NULL", orm.Array(orm.BigInteger()), []any{[]orm.Null[int64]{orm.Some[int64](1), {}}}, false, nil},
	}
}

// run writes each value and NULL into a row of its own, reads them by the
// primary key, and finds them by their value.
func (v valuesOf) run(t *test) {
	table := orm.NewTable("v", orm.Column("id", orm.Integer()).PrimaryKey(), orm.Column("v", v.column))
	if _, err := t.engine.Dialect().TypeDDL(v.column.On(t.engine.Dialect().Name())); err != nil {
		assert.Error(t, orm.CreateAll(t.ctx, t.engine, table), "the dialect has no such type")
		return
	}
	t.create(table)
	key, column := table.C("id"), table.C("v")
	for i, want := range v.values {
		i++ // a key of 0 asks some databases to make one
		require.Equal(t, "1 rows", t.rows(t.engine, orm.Insert(table, "id", "v").Row(i, want)))
		row, err := orm.Select(column).Where(key.Eq(i)).One(t.ctx, t.engine)
		require.NoError(t, err)
		got := reflect.New(reflect.TypeOf(want))
		require.NoError(t, row.Scan(got.Interface()), "%v", want)
		assertSame(t, want, got.Elem().Interface())
		if v.unfound {
			continue
		}
		found := t.rows(t.engine, orm.Select(orm.Count()).Where(column.Eq(want), key.Eq(i)))
		assert.Equal(t, "(1)", found, "%v is found by its value", want)
	}
	require.Equal(t, "1 rows", t.rows(t.engine, orm.Insert(table, "id", "v").Row(-1, nil)))
	row, err := orm.Select(column, key).Where(column.IsNull()).One(t.ctx, t.engine)
	require.NoError(t, err)
	assert.Equal(t, []any{nil, int64(-1)}, row.Values())
	if !v.unfound && reflect.TypeOf(v.values[0]).Kind() != reflect.Slice {
		first := reflect.New(reflect.TypeOf(v.values[0]))
		row, err := orm.Select(column).Where(column.IsNotNull()).OrderBy(column.Asc()).First(t.ctx, t.engine)
		require.NoError(t, err)
		require.NoError(t, row.Scan(first.Interface()))
		if v.least != nil {
			assertSame(t, v.least, first.Elem().Interface())
		}
	}
}

// assertSame compares values, instants by what they are in UTC.
func assertSame(t *test, want, got any) {
	t.Helper()
	if at, ok := want.(time.Time); ok {
		want = at.UTC()
	}
	if long, ok := want.([]byte); ok && len(long) > 300 { // which no message should show
		assert.True(t, bytes.Equal(long, got.([]byte)), "%d bytes", len(long))
		return
	}
	assert.Equal(t, want, got)
}

// textWithNUL is refused or kept, and never cut.
func textWithNUL(t *test) {
	table := orm.NewTable("v", orm.Column("v", orm.String(20)))
	t.create(table)
	_, err := orm.Insert(table, "v").Row("a\x00b").Exec(t.ctx, t.engine)
	if err != nil {
		t.refused(err, orm.KindData, "text with NUL")
		return
	}
	got, err := orm.Select(table.C("v")).Scalar(t.ctx, t.engine)
	require.NoError(t, err)
	assert.Equal(t, "a\x00b", got)
}

// jsonNull: SQL NULL and the JSON document null are two things.
func jsonNull(t *test) {
	type document struct {
		ID  int64 `orm:"primary_key,autoincrement"`
		Doc orm.Null[orm.JSON[any]]
	}
	documents := orm.Declare[document]("documents")
	t.create(documents)
	s := t.session()
	for _, doc := range []orm.Null[orm.JSON[any]]{{}, orm.Some(orm.JSONOf[any](nil)), orm.Some(orm.JSONOf[any]("null"))} {
		require.NoError(t, s.Add(&document{Doc: doc}))
		require.NoError(t, s.Flush(t.ctx))
	}
	require.NoError(t, s.Commit(t.ctx))
	require.NoError(t, s.Close())
	other := t.session()
	all, err := documents.Select().OrderBy(orm.C(&documents.F.ID).Asc()).All(t.ctx, other)
	require.NoError(t, err)
	require.Len(t, all, 3)
	for i, want := range []any{nil, nil, "null"} {
		assert.Equal(t, want, all[i].Doc.V.V, i)
		assert.Equal(t, i > 0, all[i].Doc.Valid, i)
	}
	empty, err := documents.Select().Where(orm.C(&documents.F.Doc).IsNull()).All(t.ctx, other)
	require.NoError(t, err)
	assert.Len(t, empty, 1)
}

// enumRefuses: the database itself refuses what is none of an enumeration's
// values.
func enumRefuses(t *test) {
	for _, column := range []orm.ColumnDef{orm.Column("mood", orm.Enum("moods", "happy", "sad")), orm.Column("mood", orm.Enum("", "happy", "sad"))} {
		m := orm.NewMetadata(orm.NewTable("v", orm.Column("id", orm.Integer()).PrimaryKey(), column))
		require.NoError(t, m.CreateAll(t.ctx, t.engine))
		t.exec(t.engine, "INSERT INTO v (id, mood) VALUES (1, 'sad')", "INSERT INTO v (id, mood) VALUES (2, NULL)")
		if _, err := orm.Text("INSERT INTO v (id, mood) VALUES (3, 'cross')").Exec(t.ctx, t.engine); assert.Error(t, err) {
			var refusal *orm.Error
			require.ErrorAs(t, err, &refusal)
			assert.Contains(t, []orm.Kind{orm.KindCheck, orm.KindData}, refusal.Kind, "%v", err)
		}
		require.NoError(t, m.DropAll(t.ctx, t.engine))
	}
}

func decimal(text string) orm.Decimal {
	d, err := orm.ParseDecimal(text)
	if err != nil {
		panic(err)
	}
	return d
}

func uuid(text string) orm.UUID {
	u, err := orm.ParseUUID(text)
	if err != nil {
		panic(err)
	}
	return u
}
