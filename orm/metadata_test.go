package orm_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/ormlab/ormlab/orm/schema"
)

// cycle are two tables that refer to each other.
func cycle() *orm.Metadata {
	a := orm.NewTable("a", orm.Column("id", orm.Integer()).PrimaryKey(), orm.Column("bid", orm.Integer()).References("b", "id"))
	b := orm.NewTable("b", orm.Column("id", orm.Integer()).PrimaryKey(), orm.Column("aid", orm.Integer()).References("a", "id"))
	return orm.NewMetadata(a, b)
}

func TestASecondCreateAllOnlyLooks(t *testing.T) {
	e, log := recorded(t)
	ctx := context.Background()
	m := cycle().AddView("v", "SELECT id FROM a")
	require.NoError(t, m.CreateAll(ctx, e))
	log.take()
	require.NoError(t, m.CreateAll(ctx, e))
	for _, s := range log.take() {
		assert.Contains(t, s.SQL, "SELECT name FROM sqlite_master")
	}
	require.NoError(t, m.DropAll(ctx, e))
	rows, err := orm.Text("SELECT name FROM sqlite_master").All(ctx, e)
	require.NoError(t, err)
	assert.Zero(t, rows.Len())
}

func TestMistakesInMetadata(t *testing.T) {
	ctx := context.Background()
	e, _ := recorded(t)
	id := orm.Column("id", orm.Integer()).PrimaryKey()
	lonely := orm.NewTable("lonely", id, orm.Column("x", orm.Integer()).References("nowhere", "id"))
	assert.EqualError(t, orm.CreateAll(ctx, e, lonely), "creating table lonely: orm: lonely.x refers to the table nowhere, which is neither among the models nor in the database; pass its model too")
	assert.EqualError(t, orm.NewMetadata(orm.NewTable("t", id), orm.NewTable("t", id)).CreateAll(ctx, e), "orm: two models have the table t")
	wrong := orm.NewTable("w", id, orm.Column("x", orm.Integer()).References("t", "nothing"))
	assert.EqualError(t, orm.NewMetadata(orm.NewTable("t", id), wrong).Err(), "orm: w.x refers to t.nothing, which is not a column there")
	assert.EqualError(t, orm.NewMetadata(orm.NewTable("t", id)).AddView("t", "SELECT 1").DropAll(ctx, e), "orm: the view t has the name of another table or view")
	_, err := orm.Select(orm.NewMetadata(orm.NewTable("t", id)).Table("u").C("id")).All(ctx, e)
	assert.ErrorContains(t, err, `orm: the metadata has no table "u"; it has t`)
	// A table that is in the database need not be among the models.
	require.NoError(t, orm.CreateAll(ctx, e, orm.NewTable("nowhere", id)))
	assert.NoError(t, orm.CreateAll(ctx, e, lonely))
}

func TestDDLEvents(t *testing.T) {
	ctx := context.Background()
	e, _ := recorded(t)
	var heard []string
	hear := func(what string) func(context.Context, orm.Executor, *schema.Table) error {
		return func(_ context.Context, _ orm.Executor, t *schema.Table) error {
			heard = append(heard, what+" "+t.Name)
			return nil
		}
	}
	m := orm.NewMetadata(Pets).Listen(orm.DDLEvents{BeforeCreate: hear("before create"), AfterCreate: func(ctx context.Context, on orm.Executor, t *schema.Table) error {
		_, err := orm.Text("INSERT INTO pets (name) VALUES ('first')").Exec(ctx, on)
		return err
	}, BeforeDrop: hear("before drop"), AfterDrop: hear("after drop")})
	require.NoError(t, m.CreateAll(ctx, e))
	require.NoError(t, m.CreateAll(ctx, e))
	row, err := orm.Text("SELECT name FROM pets").One(ctx, e)
	require.NoError(t, err)
	assert.Equal(t, "('first')", row.String())
	require.NoError(t, m.DropAll(ctx, e))
	assert.Equal(t, []string{"before create pets", "before drop pets", "after drop pets"}, heard)
	no := errors.New("not now")
	m.Listen(orm.DDLEvents{BeforeCreate: func(context.Context, orm.Executor, *schema.Table) error { return no }})
	assert.ErrorIs(t, m.CreateAll(ctx, e), no)
}

func TestOptionsAndTagsMakeConstraints(t *testing.T) {
	type Small struct {
		ID     int64           `orm:"primary_key"`
		Amount int64           `orm:"check:amount > 0"`
		Code   string          `orm:"size:10,unique"`
		Parent orm.Null[int64] `orm:"foreign_key:small.id,on_delete:set_null,deferrable:deferred"`
	}
	m := orm.Declare[Small]("small", orm.WithNaming(schema.DefaultNaming), orm.TableComment("small ones"),
		orm.UniqueTogether("Amount", "Code").Named("both"), orm.Check("code <> ''").Named("code"), orm.Index("Code").Desc("Amount"))
	require.NoError(t, m.Err())
	sql, _, err := orm.CreateTable(m).Compile(sqlite.Dialect)
	require.NoError(t, err)
	assert.Equal(t, "CREATE TABLE small ( id INTEGER CONSTRAINT pk_small PRIMARY KEY, amount INTEGER NOT NULL, code VARCHAR(10) NOT NULL, "+
		"parent INTEGER, CONSTRAINT both UNIQUE (amount, code), CONSTRAINT uq_small_code UNIQUE (code), "+
		"CONSTRAINT ck_small_amount CHECK (amount > 0), CONSTRAINT ck_small_code CHECK (code <> ''), "+
		"CONSTRAINT fk_small_parent_small FOREIGN KEY (parent) REFERENCES small (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED )", oneSpace(sql))
	assert.Equal(t, "ix_small_code_amount", m.Table().Indexes[0].Name)
}

func TestMistakesInOptionsAreListedAtOnce(t *testing.T) {
	type Bad struct {
		ID int64       `orm:"primary_key"`
		A  string      `orm:"on_delete:cascade"`
		B  int64       `orm:"foreign_key:x.id,on_delete:explode"`
		C  int64       `orm:"foreign_key:x.id,on_delete:set_null"`
		D  int64       `orm:"precision:3"`
		E  int64       `orm:"enum:a|b"`
		F  orm.Decimal `orm:"precision:2,scale:3"`
		G  Mood        `orm:"default:sad"`
		H  int64       `orm:"not_null"`
		I  int64       `orm:"virtual"`
	}
	m := orm.Declare[Bad]("bad", orm.UniqueTogether("ID", "Nope"), orm.Index("A", "Neither"), orm.Check(" "),
		orm.ForeignKey("ID").References("x", "a", "b"), orm.DefaultFunc("ID", func() string { return "" }))
	assert.EqualError(t, m.Err(), `orm: model Bad:
	Bad.A: on_delete, on_update and deferrable are for a foreign_key, which is not there
	Bad.B: on_delete:explode is not one of cascade, no_action, restrict, set_default, set_null
	Bad.C: on_delete:set_null needs a field that may be NULL
	Bad.D: precision and scale are for decimal numbers, not for a Go int64
	Bad.E: enum is for text, not for a Go int64
	Bad.F: a precision of 2 has no room for 3 digits behind the point
	Bad.G: default:sad is not one of ["happy" "it's fine"]
	Bad.H: not_null is for orm.Opt; a plain field is never NULL, and others may be
	Bad.I: virtual is for a computed column
	UniqueTogether("ID", "Nope"): Bad has no mapped field Nope
	Index("A", "Neither"): Bad has no mapped field Neither
	DefaultFunc("ID"): Bad.ID: the function gives string values, the field holds int64
	table bad: a check has no condition; the foreign key to x has 1 columns for 2`)
}

func TestGeneratedFields(t *testing.T) {
	type Note struct {
		ID      int64  `orm:"primary_key"`
		Text    string `orm:"size:20"`
		Made    int64
		Changed orm.Null[int64]
		Twice   int64            `orm:"computed:made * 2"`
		Mark    orm.Null[string] `orm:"size:9,update_sql:'''seen'''"`
	}
	clock := int64(0)
	tick := func() int64 { clock++; return clock }
	notes := orm.Declare[Note]("notes", orm.DefaultFunc("Made", tick), orm.OnUpdateFunc("Changed", tick))
	require.NoError(t, notes.Err())
	clock = 0
	everywhere(t, func(t *testing.T, e *orm.Engine) {
		clock = 0
		ctx := context.Background()
		require.NoError(t, orm.CreateAll(ctx, e, notes))
		s := orm.NewSession(e)
		defer s.Close()
		a, b, c := notes.New(), &Note{}, &Note{Made: 10}
		for _, n := range []*Note{a, b, c} {
			s.Add(n)
			require.NoError(t, s.Flush(ctx))
		}
		assert.Equal(t, []int64{1, 2, 10}, []int64{a.Made, b.Made, c.Made})
		assert.Equal(t, []int64{2, 4, 20}, []int64{a.Twice, b.Twice, c.Twice}, "the database computes it")
		require.NoError(t, s.Commit(ctx))
		a.Text = "new"
		c.Text, c.Changed = "mine", orm.Some[int64](100)
		require.NoError(t, s.Commit(ctx))
		assert.Equal(t, orm.Some[int64](3), a.Changed)
		assert.False(t, b.Changed.Valid, "it was not changed")
		assert.Equal(t, orm.Some[int64](100), c.Changed)
		b.Made = 50
		require.NoError(t, s.Commit(ctx))
		assert.Equal(t, int64(100), b.Twice, "the database computed it anew")
		assert.Equal(t, orm.Some("seen"), b.Mark, "the database set it")
	})
}
