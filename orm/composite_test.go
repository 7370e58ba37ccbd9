package orm_test

import (
	"context"
	"errors"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/ormlab/ormlab/orm/internal/testdb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Vertex has two points, one of which may be missing; Labelled is a mixin of
// Vertex with a relationship and a method Validate.
type (
	Point struct{ X, Y int64 }
	// MaybePoint has parts of its own.
	MaybePoint struct {
		X, Y orm.Null[int64]
		Note struct {
			Text string `orm:"size:20"`
		} `orm:"embedded,prefix:note_"`
	}
	Labelled struct {
		Label    string           `orm:"size:20"`
		AuthorID orm.Null[int64]  `orm:"foreign_key:authors.id"`
		Writer   orm.One[Author]  `orm:"foreign_key:AuthorID"`
		Hint     orm.Null[string] `orm:"size:20,index"`
	}
	Vertex struct {
		ID    int64      `orm:"primary_key"`
		Start Point      `orm:"embedded,prefix:start_"`
		End   MaybePoint `orm:"embedded,prefix:end_"`
		Labelled
	}
)

var Vertices = orm.Declare[Vertex]("vertices", orm.UniqueTogether("Label", "Start.X"))

var errNoLabel = errors.New("a label is needed")

func (l *Labelled) Validate() error {
	if l.Label == "" {
		return errNoLabel
	}
	return nil
}

func TestCompositesAreColumns(t *testing.T) {
	require.NoError(t, Vertices.Err())
	var names []string
	for _, c := range Vertices.Table().Columns {
		names = append(names, c.Name)
	}
	assert.Equal(t, []string{"id", "start_x", "start_y", "end_x", "end_y", "end_note_text", "label", "author_id", "hint"}, names)
	assert.Equal(t, []string{"label", "start_x"}, Vertices.Table().Uniques[0].Columns, "options name promoted fields as Go does")
	sql, args, err := orm.Select(orm.C(&Vertices.F.ID)).
		Where(orm.C(&Vertices.F.Start.X).Gt(3), orm.EqComposite(&Vertices.F.End, MaybePoint{X: orm.Some[int64](1)})).Compile(sqlite.Dialect)
	require.NoError(t, err)
	assert.Equal(t, "SELECT vertices.id FROM vertices WHERE vertices.start_x > ? AND vertices.end_x = ? AND vertices.end_y IS NULL AND vertices.end_note_text = ?", sql)
	assert.Equal(t, []any{int64(3), int64(1), ""}, args)
}

func TestCompositesAreReadAndWritten(t *testing.T) {
	testdb.Each(t, func(t *testing.T, url string) {
		ctx := context.Background()
		engine, log := recordedAt(t, url, Authors, Vertices)
		s := session(t, engine)
		v := &Vertex{ID: 1, Start: Point{1, 2}, End: MaybePoint{X: orm.Some[int64](7)}, Labelled: Labelled{Label: "a"}}
		v.End.Note.Text = "far"
		require.NoError(t, v.Writer.Set(&Author{ID: 5, Name: "Ann"}))
		require.NoError(t, s.Add(v))
		require.NoError(t, s.Commit(ctx))
		assert.Equal(t, orm.Some[int64](5), v.AuthorID, "a mixin has relationships")

		other := session(t, engine)
		got, err := Vertices.Select().Where(orm.EqComposite(&Vertices.F.End, v.End)).One(ctx, other)
		require.NoError(t, err)
		assert.Equal(t, v.Start, got.Start)
		assert.Equal(t, v.End, got.End)
		alias := Vertices.As("w")
		_, err = alias.Select().Where(orm.EqComposite(&alias.F.Start, Point{1, 3})).One(ctx, other)
		require.ErrorIs(t, err, orm.ErrNoRows)

		log.take()
		got.Start.Y = 9
		require.NoError(t, other.Flush(ctx))
		updates := log.take()
		assert.Contains(t, line(updates[len(updates)-1]), "SET start_y=", "only what changed is written")
		got.Label = ""
		require.ErrorIs(t, other.Flush(ctx), errNoLabel, "a mixin's Validate is asked")
	})
}

// Trigger has a column that only the database writes.
type Trigger struct {
	ID    int64  `orm:"primary_key"`
	Name  string `orm:"size:20"`
	State string `orm:"size:20,readonly,server_default:'''fresh'''"`
	Total int64  `orm:"computed:length(name) + 1"`
}

var Triggers = orm.Declare[Trigger]("triggers")

func TestReadonlyColumnsAreNotWritten(t *testing.T) {
	testdb.Each(t, func(t *testing.T, url string) {
		ctx := context.Background()
		engine, _ := recordedAt(t, url, Triggers)
		s := session(t, engine)
		one := &Trigger{ID: 1, Name: "a", State: "mine", Total: 50}
		require.NoError(t, s.Add(one))
		require.NoError(t, s.Flush(ctx))
		assert.Equal(t, "fresh", one.State, "the INSERT leaves it out and reads it back")
		assert.Equal(t, int64(2), one.Total)
		one.State = "mine"
		assert.Empty(t, s.Dirty())
		one.Name = "b"
		require.NoError(t, s.Commit(ctx))
		_, err := orm.Update(Triggers, orm.C(&Triggers.F.State).Set("changed")).AllRows().Exec(ctx, engine)
		require.NoError(t, err, "a statement of one's own may write it")
		require.NoError(t, s.Refresh(ctx, one))
		assert.Equal(t, &Trigger{1, "b", "changed", 2}, one)
		require.NoError(t, s.Commit(ctx))

		other := session(t, engine)
		merged, err := orm.Merge(ctx, other, &Trigger{ID: 1, Name: "c", State: "mine"})
		require.NoError(t, err)
		assert.Equal(t, &Trigger{1, "c", "changed", 2}, merged)
	})
}

func TestReadonlyMistakes(t *testing.T) {
	type Bad struct {
		ID int64 `orm:"primary_key,readonly"`
		V  int64 `orm:"version,readonly"`
		O  int64 `orm:"omitzero,default:3,readonly"`
	}
	assert.EqualError(t, orm.Declare[Bad]("bad").Err(), `orm: model Bad:
	Bad.ID: a primary key cannot be readonly: new rows need one; leave the tag to a field that the database fills
	Bad.V: readonly does not go with version or omitzero, which write the column
	Bad.O: readonly does not go with version or omitzero, which write the column`)
}

func TestCompositeMistakes(t *testing.T) {
	type tagged struct {
		X int64 `orm:"size:3"`
	}
	type Bad struct {
		ID int64    `orm:"primary_key"`
		A  *Point   `orm:"embedded,prefix:a_"`
		B  Point    `orm:"prefix:b_"`
		C  Point    `orm:"embedded,size:3"`
		D  int64    `orm:"embedded"`
		E  orm.Date `orm:"embedded"`
		F  Point
		G  tagged `orm:"embedded,prefix:g_"`
		H  Point  `orm:"embedded"`
		I  Point  `orm:"embedded"`
		*Labelled
	}
	assert.EqualError(t, orm.Declare[Bad]("bad").Err(), `orm: model Bad:
	Bad.A: embedded is for a struct, not for a pointer, whose nil no column tells; embed orm_test.Point itself, with fields that may be NULL
	Bad.B: prefix is for the columns of an embedded struct; add embedded
	Bad.C: embedded goes with prefix only; other options belong to the fields of the struct
	Bad.D: embedded is for a struct, not for a Go int64
	Bad.E: a orm.Date is one column; it cannot be embedded
	Bad.F: a Go orm_test.Point has no column type; if its fields are columns, add the tag embedded
	Bad.G.X: size is for text, not for a Go int64
	Bad.Labelled: it embeds a pointer; embed orm_test.Labelled itself
	table bad: column x is there twice; column y is there twice`)
	_, _, err := orm.Select(orm.C(&Vertices.F.ID)).Where(orm.EqComposite(&Vertices.F.ID, 1)).Compile(sqlite.Dialect)
	assert.ErrorContains(t, err, "int64 is not an embedded struct of a Vertex")
	lost := Point{}
	_, _, err = orm.Select(orm.C(&Vertices.F.ID)).Where(orm.EqComposite(&lost, lost)).Compile(sqlite.Dialect)
	assert.ErrorContains(t, err, "not a field of a declared model's prototype")
}
