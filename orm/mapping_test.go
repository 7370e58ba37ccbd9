package orm_test

import (
	"context"
	"testing"
	"time"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/schema"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Stamps is embedded by models; the unexported identity too.
type (
	Stamps struct {
		CreatedAt time.Time
		UpdatedBy orm.Null[string] `orm:"size:10"`
	}
	identity struct {
		ID int64 `orm:"primary_key,autoincrement"`
	}
	// Everything has a column of each kind that a tag can ask for.
	Everything struct {
		identity
		Stamps
		UserID     int64   `orm:"foreign_key:owners.id"`
		HTTPServer string  `orm:"name:server,size:40,unique,default:'a, b'"`
		Small      int64   `orm:"type:smallint,default:-3"`
		Big        int32   `orm:"type:bigint,server_default:(1+1),omitzero"`
		Notes      *string `orm:"type:text"`
		Ratio      float64 `orm:"default:0.5"`
		Done       bool    `orm:"default:true"`
		Quote      string  `orm:"default:'it''s'"`
		Empty      string  `orm:"default:"`
		Skipped    func()  `orm:"-"`
		hidden     int
	}
)

var Everythings = orm.Declare[Everything]("everything")

func TestTagsMakeColumns(t *testing.T) {
	require.NoError(t, Everythings.Err())
	_ = Everything{}.hidden
	integer, text := schema.Type{Kind: schema.Integer}, func(n int) schema.Type { return schema.Type{Kind: schema.String, Size: n} }
	want := []schema.Column{
		{Name: "id", Type: integer, PrimaryKey: true, Autoincrement: true},
		{Name: "created_at", Type: schema.Type{Kind: schema.DateTime}},
		{Name: "updated_by", Type: text(10), Nullable: true},
		{Name: "user_id", Type: integer, References: &schema.Reference{Table: "owners", Column: "id"}},
		{Name: "server", Type: text(40), Unique: true, Default: "a, b"},
		{Name: "small", Type: schema.Type{Kind: schema.SmallInteger}, Default: int64(-3)},
		{Name: "big", Type: schema.Type{Kind: schema.BigInteger}, Default: schema.SQL("(1+1)")},
		{Name: "notes", Type: schema.Type{Kind: schema.Text}, Nullable: true},
		{Name: "ratio", Type: schema.Type{Kind: schema.Float}, Default: 0.5},
		{Name: "done", Type: schema.Type{Kind: schema.Boolean}, Default: true},
		{Name: "quote", Type: text(0), Default: "it's"},
		{Name: "empty", Type: text(0), Default: ""},
	}
	table := Everythings.Table()
	require.Len(t, table.Columns, len(want))
	for i, c := range table.Columns {
		got := *c
		got.Table = nil
		assert.Equal(t, want[i], got)
		assert.Same(t, table, c.Table)
	}
}

func TestNewFillsDefaults(t *testing.T) {
	e := Everythings.New()
	assert.Equal(t, &Everything{HTTPServer: "a, b", Small: -3, Ratio: 0.5, Done: true, Quote: "it's"}, e,
		"a server_default is for the database only")
	assert.NotSame(t, e, Everythings.New())
	assert.Equal(t, int64(20), Pets.New().Hunger)
}

func TestAPlainFieldIsAlwaysWritten(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t, Owners, Everythings)
	s := session(t, engine)
	require.NoError(t, s.Add(&Owner{ID: 1}))
	e := Everythings.New()
	e.UserID, e.Done, e.Ratio, e.HTTPServer = 1, false, 0, ""
	require.NoError(t, s.Add(e))
	require.NoError(t, s.Commit(ctx))
	assert.Equal(t, int32(2), e.Big, "what omitzero left to the database is read back")
	statements := log.take()
	assert.Equal(t, "INSERT INTO everything (created_at, updated_by, user_id, server, small, notes, ratio, done, quote, empty) "+
		"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id, big "+
		"[0001-01-01 00:00:00 +0000 UTC <nil> 1  -3 <nil> 0 false it's ]", line(statements[2]))
	row, err := orm.Select(Everythings).One(ctx, engine)
	require.NoError(t, err)
	done, err := row.Get("done")
	require.NoError(t, err)
	assert.Equal(t, false, done, "an explicit false beats the default true")
}

func TestMappingErrorsAreListedAtOnce(t *testing.T) {
	type inner struct {
		Deep chan int
	}
	type Bad struct {
		inner
		A complex128
		B string `orm:"sise:3"`
		C string `orm:"size:many"`
		D int64  `orm:"size:3"`
		E string `orm:"nullable"`
		F int64  `orm:"default:x"`
		G int64  `orm:"omitzero"`
		H int64  `orm:"default:1,server_default:2"`
		I string `orm:"type:integer"`
		J string `orm:"type:varchar"`
		K string `orm:"autoincrement"`
		L int64  `orm:"foreign_key:users"`
		M string `orm:"default:'x"`
		N int64  `orm:"nullable:yes"`
		O string `orm:"name:"`
		P uintptr
		Q **int64
		R orm.Null[orm.Null[int64]]
		S string           `orm:"name:t"`
		T string           `orm:"name:t"`
		U orm.Null[string] `orm:"default"`
		V time.Time        `orm:"default:now"`
		W [][]string
		X map[string]int
		Y *inner
		Z int8 `orm:"default:300"`
	}
	m := orm.Declare[Bad]("bad")
	want := `orm: model Bad:
	Bad.inner.Deep: a Go chan int has no column type; ` + known + `
	Bad.A: a Go complex128 has no column type; ` + known + `
	Bad.B: tag "sise:3": unknown option "sise"; known are autoincrement, check, collate, comment, computed, default, deferrable, deferred, embedded, enum, expression, foreign_key, identity, index, name, not_null, nullable, omitzero, on_delete, on_update, precision, prefix, primary_key, readonly, scale, sequence, server_default, size, sql_type, type, unique, update_sql, version, virtual
	Bad.C: tag "size:many": size:many is not a number of characters above 0
	Bad.D: size is for text, not for a Go int64
	Bad.E: a plain string cannot hold NULL; use orm.Null[string] or *string
	Bad.F: default:x is not a value of the type Integer
	Bad.G: omitzero needs a default or a server_default: what else should stand there?
	Bad.H: default and server_default exclude each other
	Bad.I: type integer cannot hold a Go string
	Bad.J: unknown type "varchar"; known are bigint, blob, boolean, date, datetime, float, integer, interval, json, numeric, smallint, string, text, time, uuid
	Bad.K: autoincrement needs an integer field that is primary_key
	Bad.L: tag "foreign_key:users": foreign_key:users is not of the form table.column
	Bad.M: tag "default:'x": a quote is not closed
	Bad.N: tag "nullable:yes": nullable takes no value
	Bad.O: tag "name:": name needs a value, as in name:…
	Bad.P: a Go uintptr has no column type; ` + known + `
	Bad.Q: a Go **int64 has no column type; ` + known + `
	Bad.R: a Go orm.Null[github.com/ormlab/ormlab/orm.Null[int64]] has no column type; ` + known + `
	Bad.U: tag "default": default needs a value, as in default:…
	Bad.V: a DateTime has no default in a tag; use server_default for an SQL expression
	Bad.W: a Go [][]string has no column type; ` + known + `
	Bad.X: a Go map[string]int has no column type; ` + known + `
	Bad.Y: a Go *orm_test.inner has no column type; ` + known + `
	Bad.Z: default:300 does not fit a Go int8
	Bad: no field has the tag primary_key; a model needs a primary key
	table bad: column t is there twice`
	assert.EqualError(t, m.Err(), want)
}

const known = "known are integers, floats, bool, string, []byte, time.Time, time.Duration, [16]byte, slices, types with ColumnType, BindValue and ScanValue, and orm.Null, orm.Opt or a pointer of these"

func TestAKeyThatIsWrongIsAKey(t *testing.T) {
	type Nullable struct {
		ID orm.Null[int64] `orm:"primary_key"`
	}
	type Misspelt struct {
		ID int64 `orm:"primary_key,sise:3"`
	}
	assert.EqualError(t, orm.Declare[Nullable]("n").Err(), "orm: model Nullable:\n\tNullable.ID: a primary key cannot be NULL; use the plain type")
	assert.ErrorContains(t, orm.Declare[Misspelt]("m").Err(), `unknown option "sise"`)
	assert.NotContains(t, orm.Declare[Misspelt]("m").Err().Error(), "needs a primary key")
}

func TestOtherMappingErrors(t *testing.T) {
	type Empty struct{}
	type Fine struct {
		ID int64 `orm:"primary_key"`
	}
	assert.EqualError(t, orm.Declare[int]("numbers").Err(), "orm: model int: a model is a struct, not int")
	assert.EqualError(t, orm.Declare[Empty]("empty").Err(),
		"orm: model Empty:\n\tEmpty: no field has the tag primary_key; a model needs a primary key\n\ttable empty: it has no columns")
	assert.EqualError(t, orm.Declare[Fine]("").Err(), "orm: model Fine:\n\ttable : the table has no name")
}

// Whatever uses a model that is wrong fails with the model's error.
func TestAWrongModelFailsEverywhere(t *testing.T) {
	type Wrong struct{ Name string }
	ctx := context.Background()
	m := orm.Declare[Wrong]("wrong")
	require.Error(t, m.Err())
	assert.Nil(t, m.Table())
	assert.Equal(t, &Wrong{}, m.New())
	engine, log := recorded(t)
	s := session(t, engine)
	_, getErr := m.Get(ctx, s, 1)
	_, allErr := m.Select().All(ctx, s)
	_, coreErr := orm.Select(m).All(ctx, s)
	_, columnErr := orm.Select(orm.C(&m.F.Name)).All(ctx, s)
	_, whereErr := Pets.Select().Where(orm.C(&m.F.Name).Eq("x")).All(ctx, s)
	_, insertErr := orm.Insert(m, "name").Row("x").Exec(ctx, s)
	_, updateErr := orm.Update(m, orm.C(&m.F.Name).Set("x")).AllRows().Exec(ctx, s)
	_, deleteErr := orm.Delete(m).AllRows().Exec(ctx, s)
	_, fromErr := orm.Select(orm.Count()).From(m).All(ctx, s)
	for name, err := range map[string]error{"Get": getErr, "All": allErr, "Select": coreErr, "C": columnErr, "Where": whereErr,
		"Insert": insertErr, "Update": updateErr, "Delete": deleteErr, "From": fromErr,
		"CreateAll": orm.CreateAll(ctx, engine, m), "DropAll": orm.DropAll(ctx, engine, m), "CreateTable": orm.CreateTable(m).Exec(ctx, engine)} {
		assert.ErrorContains(t, err, "no field has the tag primary_key", name)
	}
	assert.ErrorContains(t, s.Add(&Wrong{}), "orm_test.Wrong is not a declared model, or its mapping is wrong")
	log.is(t)
}
