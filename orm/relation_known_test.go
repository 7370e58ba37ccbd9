package orm_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

// Zoo, Cage and Beast have no way back, so that only the collection says who
// belongs where. Pallet and Box each name the other by themselves, and a box must
// have a pallet. Dossier is in a folder.
type (
	Zoo struct {
		ID    int64          `orm:"primary_key"`
		Cages orm.Many[Cage] `orm:"cascade:all delete-orphan,order_by:ID"`
	}
	Cage struct {
		ID     int64 `orm:"primary_key"`
		Label  string
		ZooID  orm.Null[int64] `orm:"foreign_key:zoos.id"`
		Beasts orm.Many[Beast] `orm:"cascade:all delete-orphan"`
	}
	Beast struct {
		ID     int64           `orm:"primary_key"`
		CageID orm.Null[int64] `orm:"foreign_key:cages.id"`
	}
	Pallet struct {
		ID    int64         `orm:"primary_key"`
		Boxes orm.Many[Box] `orm:"cascade:none,order_by:ID"`
	}
	Box struct {
		ID       int64 `orm:"primary_key"`
		Label    string
		PalletID int64           `orm:"foreign_key:pallets.id"`
		Pallet   orm.One[Pallet] `orm:"cascade:save-update"`
	}
	Dossier struct {
		ID       int64           `orm:"primary_key"`
		ParentID orm.Null[int64] `orm:"foreign_key:dossiers.id"`
		Subs     orm.Many[Dossier]
	}
)

var (
	Zoos     = orm.Declare[Zoo]("zoos")
	Cages    = orm.Declare[Cage]("cages")
	Beasts   = orm.Declare[Beast]("beasts")
	Pallets  = orm.Declare[Pallet]("pallets")
	Boxes    = orm.Declare[Box]("boxes")
	Dossiers = orm.Declare[Dossier]("dossiers")
)

// withZoo is a session on two zoos, of which the first has two cages, two pallets
// with a box in the first, and two dossiers, one in the other. Nothing is loaded.
func withZoo(t *testing.T) (*orm.Session, *sent) {
	t.Helper()
	engine, log := recorded(t, Zoos, Cages, Beasts, Pallets, Boxes, Dossiers)
	s := session(t, engine)
	runAll(t, s, "INSERT INTO zoos (id) VALUES (1), (2)", "INSERT INTO cages (id, label, zoo_id) VALUES (1, 'a', 1), (2, 'b', 1)",
		"INSERT INTO pallets (id) VALUES (1), (2)", "INSERT INTO boxes (id, label, pallet_id) VALUES (1, 'x', 1)",
		"INSERT INTO dossiers (id, parent_id) VALUES (1, NULL), (2, 1)")
	log.take()
	return s, log
}

// get is an object by its key, which must be there.
func get[T any](t testing.TB, s *orm.Session, m *orm.Model[T], key ...any) *T {
	t.Helper()
	return must(t, func() (*T, error) { return m.Get(context.Background(), s, key...) })
}

// flushedAs flushes, and compares what was sent since.
func flushedAs(t *testing.T, s *orm.Session, log *sent, sql ...string) {
	t.Helper()
	log.take()
	require.NoError(t, s.Flush(context.Background()))
	log.is(t, sql...)
}

func TestOrphansWithoutAWayBack(t *testing.T) {
	const moveCage = "UPDATE cages SET zoo_id=? WHERE cages.id = ? "

	t.Run("a pending one is let go, with what it leads to", func(t *testing.T) {
		for name, out := range map[string]func(z *Zoo, c *Cage) error{
			"Remove": func(z *Zoo, c *Cage) error { return z.Cages.Remove(c) },
			"Set":    func(z *Zoo, _ *Cage) error { return z.Cages.Set() },
		} {
			s, log := withZoo(t)
			zoo, cage, beast := get(t, s, Zoos, 2), &Cage{Label: "new"}, &Beast{}
			_, err := zoo.Cages.Load(context.Background())
			require.NoError(t, err)
			add(t, &cage.Beasts, beast)
			add(t, &zoo.Cages, cage)
			assert.True(t, s.Contains(beast))
			require.NoError(t, out(zoo, cage), name)
			flushedAs(t, s, log)
			assert.False(t, s.Contains(cage) || s.Contains(beast), name)
		}
	})

	t.Run("one that gets another parent is none", func(t *testing.T) {
		s, log := withZoo(t)
		one, two, cage := get(t, s, Zoos, 1), get(t, s, Zoos, 2), get(t, s, Cages, 1)
		require.NoError(t, one.Cages.Remove(cage))
		add(t, &two.Cages, cage)
		flushedAs(t, s, log, moveCage+"[2 1]")
	})

	t.Run("a child says so whose parent nobody has loaded", func(t *testing.T) {
		s, log := withLibrary(t)
		require.NoError(t, get(t, s, Posts, 3).Author.Set(nil))
		flushedAs(t, s, log, repliesOf+" [3]",
			"DELETE FROM post_tags WHERE post_tags.post_id = ? [3]", "DELETE FROM posts WHERE posts.id = ? [3]")
	})
}

func TestChildrenThatMustHaveAParent(t *testing.T) {
	const moveBox = "UPDATE boxes SET pallet_id=? WHERE boxes.id = ? "
	const boxesOf = "SELECT boxes.id, boxes.label, boxes.pallet_id FROM boxes WHERE ? = boxes.pallet_id ORDER BY boxes.id"

	t.Run("moved from a parent that is deleted", func(t *testing.T) {
		s, log := withZoo(t)
		one, two, box := get(t, s, Pallets, 1), get(t, s, Pallets, 2), get(t, s, Boxes, 1)
		add(t, &two.Boxes, box)
		require.NoError(t, s.Delete(one))
		flushedAs(t, s, log, boxesOf+" [1]", moveBox+"[2 1]", "DELETE FROM pallets WHERE pallets.id = ? [1]")
	})

	t.Run("taken out of one and put into another", func(t *testing.T) {
		s, log := withZoo(t)
		one, two, box := get(t, s, Pallets, 1), get(t, s, Pallets, 2), get(t, s, Boxes, 1)
		require.NoError(t, one.Boxes.Remove(box))
		add(t, &two.Boxes, box)
		flushedAs(t, s, log, moveBox+"[2 1]")
	})

	t.Run("its own side says none, the other one", func(t *testing.T) {
		s, log := withZoo(t)
		two, box := get(t, s, Pallets, 2), get(t, s, Boxes, 1)
		require.NoError(t, box.Pallet.Set(nil))
		add(t, &two.Boxes, box)
		flushedAs(t, s, log, moveBox+"[2 1]")
	})

	t.Run("an object in no session waits", func(t *testing.T) {
		s, log := withZoo(t)
		two, box := get(t, s, Pallets, 2), &Box{Label: "y"}
		add(t, &two.Boxes, box)
		flushedAs(t, s, log)
		assert.False(t, s.Contains(box), "the tag leaves save-update out")
		require.NoError(t, s.Add(box))
		flushedAs(t, s, log, "INSERT INTO boxes (label, pallet_id) VALUES (?, ?) [y 2]")
		flushedAs(t, s, log)
	})

	t.Run("a new object whose handle leads nowhere keeps its key", func(t *testing.T) {
		s, log := withZoo(t)
		box := Boxes.New()
		box.PalletID = 2
		require.NoError(t, box.Pallet.Set(nil))
		require.NoError(t, s.Add(box))
		flushedAs(t, s, log, "INSERT INTO boxes (label, pallet_id) VALUES (?, ?) [ 2]")
	})
}

func TestKeysOfParentsThatGo(t *testing.T) {
	ctx := context.Background()
	const partItem = "UPDATE items SET room=?, number=? WHERE items.id = ? "

	t.Run("a new child of a deleted parent", func(t *testing.T) {
		s, log := withLibrary(t)
		four, reply := get(t, s, Posts, 4), &Post{Title: "late"}
		add(t, &four.Replies, reply)
		require.NoError(t, s.Delete(four))
		flushedAs(t, s, log, repliesOf+" [4]", insertPost+" [late <nil> <nil>]", "DELETE FROM post_tags WHERE post_tags.post_id = ? [4]", "DELETE FROM posts WHERE posts.id = ? [4]")
		assert.Nil(t, must(t, reply.Parent.Get))
	})

	t.Run("the handle of a child follows", func(t *testing.T) {
		s, _ := withLibrary(t)
		one, two := get(t, s, Posts, 1), get(t, s, Posts, 2)
		assert.Same(t, one, must(t, func() (*Post, error) { return two.Parent.Load(ctx) }))
		require.NoError(t, two.Parent.Set(one))
		require.NoError(t, s.Delete(one))
		require.NoError(t, s.Flush(ctx))
		assert.Nil(t, must(t, two.Parent.Get))
	})

	t.Run("taken out of a parent that is deleted", func(t *testing.T) {
		s, log := withLibrary(t)
		shelf, item := get(t, s, Shelves, "b", 1), get(t, s, Items, 3)
		_, err := shelf.Items.Load(ctx)
		require.NoError(t, err)
		require.NoError(t, shelf.Items.Remove(item))
		require.NoError(t, s.Delete(shelf))
		flushedAs(t, s, log, partItem+"[<nil> <nil> 3]", "DELETE FROM shelves WHERE shelves.room = ? AND shelves.number = ? [b 1]")
	})

	t.Run("set to a parent that is deleted", func(t *testing.T) {
		s, log := withLibrary(t)
		shelf, item := get(t, s, Shelves, "a", 2), get(t, s, Items, 3)
		require.NoError(t, item.Shelf.Set(shelf))
		require.NoError(t, s.Delete(shelf))
		flushedAs(t, s, log, "SELECT items.id, items.room, items.number FROM items WHERE ? = items.room AND ? = items.number ORDER BY items.id [a 2]",
			partItem+"[<nil> <nil> 3]", "DELETE FROM shelves WHERE shelves.room = ? AND shelves.number = ? [a 2]")
	})

	t.Run("taken out of a parent that its key has left", func(t *testing.T) {
		s, log := withLibrary(t)
		shelf, item := get(t, s, Shelves, "a", 1), get(t, s, Items, 1)
		require.NoError(t, shelf.Items.Remove(item))
		item.Number = orm.Some(int64(2))
		flushedAs(t, s, log, "UPDATE items SET number=? WHERE items.id = ? [2 1]")
	})

	t.Run("one to one: the old child goes to a new parent", func(t *testing.T) {
		s, log := withLibrary(t)
		ann, cleo := get(t, s, Authors, 1), &Author{Name: "Cleo"}
		old := must(t, func() (*Profile, error) { return ann.Profile.Load(ctx) })
		require.NoError(t, s.Add(cleo))
		require.NoError(t, cleo.Profile.Set(old))
		require.NoError(t, ann.Profile.Set(nil))
		flushedAs(t, s, log, insertAuthor+" [Cleo]", "UPDATE profiles SET author_id=? WHERE profiles.id = ? [4 1]")
	})

	t.Run("a parent that takes over a row", func(t *testing.T) {
		s, log := withLibrary(t)
		require.NoError(t, s.Delete(get(t, s, Authors, 3)))
		next := &Author{ID: 3, Name: "Dee"}
		add(t, &next.Posts, &Post{Title: "p"})
		require.NoError(t, s.Add(next))
		flushedAs(t, s, log, postsOf+" [3]", profileOf+" [3]", insertPost+" [p 3 <nil>]", "UPDATE authors SET name=? WHERE authors.id = ? [Dee 3]")
	})

	t.Run("a collection that has expired is read for the deletion, and what is hidden too", func(t *testing.T) {
		s, _ := withLibrary(t)
		bob := get(t, s, Authors, 2)
		_, err := bob.Posts.Load(ctx)
		require.NoError(t, err)
		require.NoError(t, s.Commit(ctx))
		runAll(t, s, "INSERT INTO posts (id, title, author_id) VALUES (9, 'nine', 2)")
		require.NoError(t, s.Delete(bob))
		require.NoError(t, s.Flush(ctx))
		n, err := orm.Select1(orm.Count()).Where(orm.N(&Posts.F.AuthorID).Eq(2)).One(ctx, s)
		require.NoError(t, err)
		assert.Zero(t, n)

		s, log := withLibrary(t)
		s.AddCriteria(orm.Criteria(Posts, orm.C(&Posts.F.Title).Ne("three")))
		bob = get(t, s, Authors, 2)
		require.NoError(t, s.Delete(bob))
		log.take()
		require.NoError(t, s.Flush(ctx))
		assert.Equal(t, postsOf+" [2]", line(log.take()[0]))
	})
}

func TestRowsOfTablesBetween(t *testing.T) {
	t.Run("of a side that is deleted are deleted once", func(t *testing.T) {
		s, log := withLibrary(t)
		one, tag := get(t, s, Posts, 1), get(t, s, Tags, 1)
		require.NoError(t, one.Tags.Remove(tag))
		require.NoError(t, s.Delete(tag))
		flushedAs(t, s, log, "DELETE FROM post_tags WHERE post_tags.tag_id = ? [1]", "DELETE FROM tags WHERE tags.id = ? [1]")
	})

	t.Run("are found by the key that the row has", func(t *testing.T) {
		s, log := withLibrary(t)
		tag := get(t, s, Tags, 1)
		tag.ID = 99
		require.NoError(t, s.Delete(tag))
		flushedAs(t, s, log, "DELETE FROM post_tags WHERE post_tags.tag_id = ? [1]", "DELETE FROM tags WHERE tags.id = ? [1]")
	})

	t.Run("are written again if nothing is kept of them", func(t *testing.T) {
		s, log, album := withAlbum(t)
		sticker := &Sticker{Name: "x"}
		add(t, &album.Stickers, sticker)
		require.NoError(t, s.Flush(context.Background()))
		runAll(t, s, "DELETE FROM album_labels")
		add(t, &album.Stickers, sticker)
		flushedAs(t, s, log, "INSERT INTO album_labels (album_id, sticker_id) VALUES (?, ?) [1 1]")

		fresh := &Album{Name: "fresh"}
		add(t, &fresh.Plays, &Play{Who: "x"})
		require.NoError(t, s.Add(fresh))
		require.NoError(t, s.Flush(context.Background()))
		assert.False(t, fresh.Plays.Loaded(), "a write_only collection never is")
	})
}

func TestOrderOfRowsInOneTable(t *testing.T) {
	const deleteDossier = "DELETE FROM dossiers WHERE dossiers.id = ? "
	const subsOf = "SELECT dossiers.id, dossiers.parent_id FROM dossiers WHERE ? = dossiers.parent_id"

	t.Run("children go first, although only the parent knows them", func(t *testing.T) {
		s, log := withZoo(t)
		require.NoError(t, s.Delete(get(t, s, Dossiers, 1), get(t, s, Dossiers, 2)))
		flushedAs(t, s, log, subsOf+" [1]", subsOf+" [2]", deleteDossier+"[2]", deleteDossier+"[1]")
	})

	t.Run("by what the database has", func(t *testing.T) {
		s, log := withZoo(t)
		child := get(t, s, Dossiers, 2)
		child.ParentID = orm.Null[int64]{}
		require.NoError(t, s.Delete(get(t, s, Dossiers, 1), child))
		flushedAs(t, s, log, subsOf+" [1]", subsOf+" [2]", deleteDossier+"[2]", deleteDossier+"[1]")
	})

	t.Run("a row that refers to itself", func(t *testing.T) {
		s, _ := withZoo(t)
		runAll(t, s, "UPDATE dossiers SET parent_id = 2 WHERE id = 2")
		require.NoError(t, s.Delete(get(t, s, Dossiers, 2)))
		require.NoError(t, s.Flush(context.Background()))
	})

	t.Run("post_update of a row that is there", func(t *testing.T) {
		s, log, firm, _ := withFirm(t)
		boss := &Clerk{Name: "Cid"}
		add(t, &firm.Clerks, boss)
		require.NoError(t, firm.Boss.Set(boss))
		flushedAs(t, s, log, insertClerk+" [Cid 1]", "UPDATE firms SET boss_id=?, version=? WHERE firms.id = ? AND firms.version = ? [3 3 1 2]")
	})
}
