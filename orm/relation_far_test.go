package orm_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

// Fan, Mixtape, Clip and Sleeve cascade along relationships of all directions:
// a mixtape goes with its fan, its clips with it, although others may have them,
// too, and a clip's sleeve with the clip. What lies between clips and mixtapes is
// left to the database where a clip goes.
type (
	Fan struct {
		ID       int64             `orm:"primary_key"`
		Mixtapes orm.Many[Mixtape] `orm:"cascade:all delete-orphan,order_by:ID"`
	}
	Mixtape struct {
		ID    int64 `orm:"primary_key"`
		Name  string
		FanID orm.Null[int64] `orm:"foreign_key:fans.id"`
		Clips orm.Many[Clip]  `orm:"secondary:mixtape_clips,back_populates:Mixtapes,cascade:all,order_by:ID"`
	}
	Clip struct {
		ID       int64 `orm:"primary_key"`
		Label    string
		SleeveID orm.Null[int64]   `orm:"foreign_key:sleeves.id"`
		Sleeve   orm.One[Sleeve]   `orm:"cascade:all"`
		Mixtapes orm.Many[Mixtape] `orm:"secondary:mixtape_clips,back_populates:Clips,passive_deletes"`
	}
	Sleeve struct {
		ID     int64 `orm:"primary_key"`
		Colour string
	}
	MixtapeClip struct {
		MixtapeID int64 `orm:"primary_key,foreign_key:mixtapes.id,on_delete:cascade"`
		ClipID    int64 `orm:"primary_key,foreign_key:clips.id,on_delete:cascade"`
	}
)

// A Ship and its captain, who is one of its sailors, need each other: the
// collection, which is not where the key is, says that its key is written later.
type (
	Ship struct {
		ID        int64 `orm:"primary_key"`
		Name      string
		CaptainID orm.Null[int64]  `orm:"foreign_key:sailors.id"`
		Captain   orm.One[Sailor]  `orm:"foreign_key:CaptainID"`
		Sailors   orm.Many[Sailor] `orm:"foreign_key:ShipID,back_populates:Ship,post_update,order_by:ID"`
	}
	Sailor struct {
		ID     int64 `orm:"primary_key"`
		Name   string
		ShipID orm.Null[int64] `orm:"foreign_key:ships.id"`
		Ship   orm.One[Ship]   `orm:"foreign_key:ShipID,back_populates:Sailors"`
	}
)

var (
	Fans         = orm.Declare[Fan]("fans")
	Mixtapes     = orm.Declare[Mixtape]("mixtapes")
	Clips        = orm.Declare[Clip]("clips")
	Sleeves      = orm.Declare[Sleeve]("sleeves")
	MixtapeClips = orm.Declare[MixtapeClip]("mixtape_clips")
	Ships        = orm.Declare[Ship]("ships")
	Sailors      = orm.Declare[Sailor]("sailors")
)

const (
	selectClips    = "SELECT clips.id, clips.label, clips.sleeve_id FROM clips, mixtape_clips WHERE ? = mixtape_clips.mixtape_id AND clips.id = mixtape_clips.clip_id ORDER BY clips.id"
	sweepOfMixtape = "DELETE FROM mixtape_clips WHERE mixtape_clips.mixtape_id = ?"
	deleteClip     = "DELETE FROM clips WHERE clips.id = ?"
	deleteMixtape  = "DELETE FROM mixtapes WHERE mixtapes.id = ?"
)

// withMixtapes is a session on two mixtapes of which the first has clips 1 and 2,
// the second 2 and 3. Clip 1 has a sleeve.
func withMixtapes(t *testing.T) (*orm.Session, *sent) {
	t.Helper()
	engine, log := recorded(t, Fans, Mixtapes, Clips, Sleeves, MixtapeClips)
	s := session(t, engine)
	runAll(t, s, "INSERT INTO fans (id) VALUES (1)", "INSERT INTO mixtapes (id, name, fan_id) VALUES (1, 'a', 1), (2, 'b', NULL)",
		"INSERT INTO sleeves (id, colour) VALUES (1, 'red')", "INSERT INTO clips (id, label, sleeve_id) VALUES (1, 'x', 1), (2, 'y', NULL), (3, 'z', NULL)",
		"INSERT INTO mixtape_clips (mixtape_id, clip_id) VALUES (1, 1), (1, 2), (2, 2), (2, 3)")
	log.take()
	return s, log
}

// left are the numbers of rows that are left in tables.
func left(t *testing.T, s *orm.Session, tables ...orm.Mapped) (list []int) {
	t.Helper()
	for _, table := range tables {
		rows, err := orm.Select(table).All(context.Background(), s)
		require.NoError(t, err)
		list = append(list, rows.Len())
	}
	return list
}

func TestCascadeOfDeleteInAllDirections(t *testing.T) {
	ctx := context.Background()

	t.Run("many to many, and many to one behind it", func(t *testing.T) {
		s, log := withMixtapes(t)
		require.NoError(t, s.Delete(get(t, s, Mixtapes, 1)))
		log.take()
		require.NoError(t, s.Flush(ctx))
		log.is(t, selectClips+" [1]", "SELECT sleeves.id, sleeves.colour FROM sleeves WHERE sleeves.id = ? [1]",
			sweepOfMixtape+" [1]", deleteClip+" [1]", deleteClip+" [2]", "DELETE FROM sleeves WHERE sleeves.id = ? [1]", deleteMixtape+" [1]")
		assert.Equal(t, []int{1, 1, 0, 1}, left(t, s, Mixtapes, Clips, Sleeves, MixtapeClips))
	})

	t.Run("passive_deletes of what lies between", func(t *testing.T) {
		s, log := withMixtapes(t)
		clip := get(t, s, Clips, 2)
		_, err := clip.Mixtapes.Load(ctx)
		require.NoError(t, err)
		require.NoError(t, s.Delete(clip))
		flushedAs(t, s, log, deleteClip+" [2]")
		assert.Equal(t, []int{2, 2, 2}, left(t, s, Mixtapes, Clips, MixtapeClips))
	})

	t.Run("taken out and deleted", func(t *testing.T) {
		s, log := withMixtapes(t)
		tape := byID(t, s, Mixtapes, &Mixtapes.F.ID, orm.SelectIn(&Mixtapes.F.Clips))[0]
		clip := get(t, s, Clips, 2)
		require.NoError(t, tape.Clips.Remove(clip))
		require.NoError(t, s.Delete(clip))
		flushedAs(t, s, log, "DELETE FROM mixtape_clips WHERE mixtape_clips.mixtape_id = ? AND mixtape_clips.clip_id = ? [1 2]", deleteClip+" [2]")

		lib, log := withLibrary(t)
		one := byID(t, lib, Posts, &Posts.F.ID, orm.SelectIn(&Posts.F.Tags))[0]
		tag := get(t, lib, Tags, 1)
		require.NoError(t, one.Tags.Remove(tag))
		require.NoError(t, lib.Delete(tag))
		flushedAs(t, lib, log, "DELETE FROM post_tags WHERE post_tags.tag_id = ? [1]", "DELETE FROM tags WHERE tags.id = ? [1]")
	})

	t.Run("a many to one that is new, or shared", func(t *testing.T) {
		s, log := withMixtapes(t)
		clip := get(t, s, Clips, 3)
		fresh := &Sleeve{Colour: "never"}
		require.NoError(t, clip.Sleeve.Set(fresh))
		require.NoError(t, s.Delete(clip))
		flushedAs(t, s, log, deleteClip+" [3]")
		assert.False(t, s.Contains(fresh))

		s, log = withMixtapes(t)
		runAll(t, s, "UPDATE clips SET sleeve_id = 1 WHERE id = 3")
		require.NoError(t, s.Delete(get(t, s, Clips, 3), get(t, s, Clips, 1)))
		flushedAs(t, s, log, "SELECT sleeves.id, sleeves.colour FROM sleeves WHERE sleeves.id = ? [1]",
			deleteClip+" [3]", deleteClip+" [1]", "DELETE FROM sleeves WHERE sleeves.id = ? [1]")
	})

	t.Run("of an orphan that was never written", func(t *testing.T) {
		s, log := withMixtapes(t)
		fan := get(t, s, Fans, 1)
		tape, clip, sleeve, old := &Mixtape{Name: "never"}, &Clip{Label: "never"}, &Sleeve{Colour: "kept"}, get(t, s, Clips, 3)
		require.NoError(t, tape.Clips.Add(clip, old))
		require.NoError(t, clip.Sleeve.Set(sleeve))
		add(t, &fan.Mixtapes, tape)
		require.NoError(t, fan.Mixtapes.Remove(tape))
		flushedAs(t, s, log, "INSERT INTO sleeves (colour) VALUES (?) [kept]", deleteClip+" [3]")
		assert.Equal(t, []bool{false, false, true, false}, []bool{s.Contains(tape), s.Contains(clip), s.Contains(sleeve), s.Contains(old)},
			"a many to one is followed from rows that go, not from objects that had none")
	})
}

func TestPostUpdateAtTheOtherSide(t *testing.T) {
	ctx := context.Background()
	engine, log := recorded(t, Ships, Sailors)
	s := session(t, engine)
	ship, ann, bob := &Ship{Name: "Argo"}, &Sailor{Name: "Ann"}, &Sailor{Name: "Bob"}
	require.NoError(t, ship.Sailors.Add(ann, bob))
	require.NoError(t, ship.Captain.Set(ann))
	require.NoError(t, s.Add(ship))
	require.NoError(t, s.Flush(ctx))
	log.is(t, "BEGIN", "INSERT INTO sailors (name, ship_id) VALUES (?, ?) [Ann <nil>]", "INSERT INTO ships (name, captain_id) VALUES (?, ?) [Argo 1]",
		"INSERT INTO sailors (name, ship_id) VALUES (?, ?) [Bob <nil>]",
		"UPDATE sailors SET ship_id=? WHERE sailors.id = ? [1 1]", "UPDATE sailors SET ship_id=? WHERE sailors.id = ? [1 2]")
	require.NoError(t, s.Flush(ctx))
	log.is(t)

	require.NoError(t, s.Delete(ship, ann, bob))
	require.NoError(t, s.Flush(ctx))
	log.is(t, "UPDATE sailors SET ship_id=? WHERE sailors.id = ? [<nil> 1]", "UPDATE sailors SET ship_id=? WHERE sailors.id = ? [<nil> 2]",
		"DELETE FROM ships WHERE ships.id = ? [1]", "DELETE FROM sailors WHERE sailors.id = ? [1]", "DELETE FROM sailors WHERE sailors.id = ? [2]")
}
