package orm_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

// Citizen and Home are joined in several ways beside the foreign key.
type Citizen struct {
	ID        int64             `orm:"primary_key"`
	City      string            `orm:"size:30"`
	Homes     orm.Many[Home]    `orm:"back_populates:Citizen,order_by:ID"`
	Boston    orm.Many[Home]    `orm:"order_by:ID"` // key, and a constant
	Local     orm.Many[Home]    `orm:"order_by:ID"` // key, and a column of both
	Near      orm.Many[Home]    `orm:"order_by:ID"` // no key
	Following orm.Many[Citizen] `orm:"back_populates:Followers,foreign_key:from_id,order_by:ID"`
	Followers orm.Many[Citizen] `orm:"back_populates:Following,order_by:ID"`
	Friends   orm.Many[Citizen] `orm:"foreign_key:from_id,order_by:ID,viewonly"`
}

type Home struct {
	ID        int64            `orm:"primary_key"`
	City      string           `orm:"size:30"`
	CitizenID orm.Null[int64]  `orm:"foreign_key:citizens.id"`
	Citizen   orm.One[Citizen] `orm:"back_populates:Homes"`
	Owner     orm.One[Citizen] // key, and a constant at the other end
	Rooms     orm.Many[Room]   `orm:"back_populates:Homes,order_by:Floor Number"`
}

// Room has a key of two columns, also in the table of the model Stay.
type Room struct {
	Floor  int64          `orm:"primary_key"`
	Number string         `orm:"primary_key,size:10"`
	Homes  orm.Many[Home] `orm:"back_populates:Rooms,secondary:stays,order_by:ID"`
}

type Stay struct {
	ID     int64 `orm:"primary_key"`
	HomeID int64 `orm:"foreign_key:homes.id"`
	Floor  int64
	Number string `orm:"size:10"`
}

// Branch is a tree of nested sets.
type Branch struct {
	ID    int64 `orm:"primary_key"`
	Low   int64
	High  int64
	Below orm.Many[Branch] `orm:"order_by:ID"`
}

var (
	Citizens = orm.Declare[Citizen]("citizens")
	Homes    = orm.Declare[Home]("homes")
	Rooms    = orm.Declare[Room]("rooms")
	Stays    = orm.Declare[Stay]("stays", orm.ForeignKey("Floor", "Number").References("rooms", "floor", "number"))
	Branches = orm.Declare[Branch]("branches")

	followers = orm.NewTable("followers",
		orm.Column("from_id", orm.Integer()).PrimaryKey().References("citizens", "id"),
		orm.Column("to_id", orm.Integer()).PrimaryKey().References("citizens", "id"),
		orm.Column("mutual", orm.Integer()).Default(0))

	lives  = orm.C(&Citizens.F.ID).EqExpr(orm.N(&Homes.F.CitizenID))
	friend = Citizens.As("friend")
	below  = Branches.As("below")
)

var joins = []error{
	orm.JoinOn(&Citizens.F.Boston, lives, orm.C(&Homes.F.City).Eq("Boston")),
	orm.JoinOn(&Citizens.F.Local, lives, orm.C(&Homes.F.City).EqExpr(orm.C(&Citizens.F.City))),
	orm.JoinOn(&Citizens.F.Near, orm.C(&Homes.F.City).EqExpr(orm.C(&Citizens.F.City)), orm.C(&Homes.F.ID).Gt(1)),
	orm.JoinOn(&Citizens.F.Friends, followers.C("mutual").Eq(1), orm.C(&friend.F.City).EqExpr(orm.C(&Citizens.F.City))),
	orm.Secondary(&Citizens.F.Following, followers),
	orm.Secondary(&Citizens.F.Friends, followers),
	orm.JoinOn(&Homes.F.Owner, lives, orm.C(&Citizens.F.City).Ne("Rome")),
	orm.JoinOn(&Branches.F.Below, orm.C(&below.F.Low).GtExpr(orm.C(&Branches.F.Low)), orm.C(&below.F.High).LtExpr(orm.C(&Branches.F.High))),
	orm.Secondary(&Homes.F.Rooms, Stays),
}

var settled = []orm.Mapped{Citizens, Homes, Rooms, Stays, Branches, followers}

var town = []string{
	"INSERT INTO citizens (id, city) VALUES (1, 'Boston'), (2, 'Rome'), (3, 'Boston')",
	"INSERT INTO homes (id, city, citizen_id) VALUES (1, 'Boston', 1), (2, 'Rome', 1), (3, 'Boston', 2), (4, 'Rome', 2), (5, 'Boston', NULL)",
	"INSERT INTO rooms (floor, number) VALUES (1, 'a'), (1, 'b'), (2, 'a')",
	"INSERT INTO stays (id, home_id, floor, number) VALUES (1, 1, 1, 'a'), (2, 1, 2, 'a'), (3, 2, 1, 'a')",
	"INSERT INTO followers (from_id, to_id, mutual) VALUES (1, 2, 0), (1, 3, 1), (2, 1, 1), (3, 1, 0)",
	"INSERT INTO branches (id, low, high) VALUES (1, 1, 10), (2, 2, 5), (3, 3, 4), (4, 6, 9)",
}

func fillTown(t testing.TB, engine *orm.Engine) {
	t.Helper()
	require.NoError(t, orm.CreateAll(context.Background(), engine, settled...))
	for _, sql := range town {
		_, err := orm.Text(sql).Exec(context.Background(), engine)
		require.NoError(t, err, sql)
	}
}

func withTown(t testing.TB) (*orm.Session, *sent) {
	t.Helper()
	engine, log := recorded(t)
	fillTown(t, engine)
	s := session(t, engine)
	_, err := orm.Text("SELECT 1").All(context.Background(), s)
	require.NoError(t, err)
	log.take()
	return s, log
}

// idsOf are those of objects, by the field of a prototype's.
func idsOf[T any](list []*T, id func(*T) int64) []int64 {
	ids := []int64{}
	for _, o := range list {
		ids = append(ids, id(o))
	}
	return ids
}

func homeIDs(list []*Home) []int64       { return idsOf(list, func(h *Home) int64 { return h.ID }) }
func citizenIDs(list []*Citizen) []int64 { return idsOf(list, func(p *Citizen) int64 { return p.ID }) }
func branchIDs(list []*Branch) []int64   { return idsOf(list, func(b *Branch) int64 { return b.ID }) }

func TestJoinsAreSaid(t *testing.T) {
	for _, err := range joins {
		assert.NoError(t, err)
	}
	assert.NoError(t, Citizens.Err())
}

// loads calls check for every way to load a relationship of all objects.
func loads[T any](t *testing.T, engine *orm.Engine, m *orm.Model[T], id *int64, h orm.Handle, load func(*T) error, check func(t *testing.T, all []*T)) {
	ctx := context.Background()
	for name, how := range map[string]func(orm.Handle) orm.Loader{"SelectIn": orm.SelectIn, "Joined": orm.Joined, "SubqueryLoad": orm.SubqueryLoad} {
		t.Run(name, func(t *testing.T) { check(t, byID(t, session(t, engine), m, id, how(h))) })
		t.Run(name+" with a limit", func(t *testing.T) {
			all, err := m.Select().OrderBy(orm.C(id).Asc()).Limit(10).Options(how(h)).All(ctx, session(t, engine))
			require.NoError(t, err)
			check(t, all)
		})
	}
	t.Run("Load", func(t *testing.T) {
		all := byID(t, session(t, engine), m, id)
		for _, o := range all {
			require.NoError(t, load(o))
		}
		check(t, all)
	})
	t.Run("LoadAll", func(t *testing.T) {
		s := session(t, engine)
		all := byID(t, s, m, id)
		require.NoError(t, orm.LoadAll(ctx, s, all, orm.SelectIn(h)))
		check(t, all)
	})
	t.Run("limit for each", func(t *testing.T) {
		_, err := m.Select().Options(orm.SelectIn(h).Limit(100)).All(ctx, session(t, engine))
		require.NoError(t, err)
	})
}

// checkJoins checks the relationships with conditions on one database.
func checkJoins(t *testing.T, engine *orm.Engine) {
	ctx := context.Background()
	homes := map[string]struct {
		of   func(*Citizen) *orm.Many[Home]
		want [][]int64
	}{
		"Boston": {func(p *Citizen) *orm.Many[Home] { return &p.Boston }, [][]int64{{1}, {3}, {}}},
		"Local":  {func(p *Citizen) *orm.Many[Home] { return &p.Local }, [][]int64{{1}, {4}, {}}},
		"Near":   {func(p *Citizen) *orm.Many[Home] { return &p.Near }, [][]int64{{3, 5}, {2, 4}, {3, 5}}},
	}
	for name, c := range homes {
		t.Run(name, func(t *testing.T) {
			handle := c.of(&Citizens.F)
			loads(t, engine, Citizens, &Citizens.F.ID, handle, func(p *Citizen) error { _, err := c.of(p).Load(ctx); return err },
				func(t *testing.T, all []*Citizen) {
					for i, p := range all {
						list, err := c.of(p).All()
						require.NoError(t, err)
						assert.Equal(t, c.want[i], homeIDs(list), "person %d", p.ID)
					}
				})
			var some []int64
			for i, ids := range c.want {
				if len(ids) > 0 {
					some = append(some, int64(i+1))
				}
			}
			s := session(t, engine)
			found, err := Citizens.Select().Where(orm.Any(handle)).OrderBy(orm.C(&Citizens.F.ID).Asc()).All(ctx, s)
			require.NoError(t, err)
			assert.Equal(t, some, citizenIDs(found))
			three, err := Homes.Get(ctx, s, 3)
			require.NoError(t, err)
			found, err = Citizens.Select().Where(orm.ContainsObject(handle, three)).OrderBy(orm.C(&Citizens.F.ID).Asc()).All(ctx, s)
			require.NoError(t, err)
			assert.Equal(t, map[string][]int64{"Boston": {2}, "Local": {}, "Near": {1, 3}}[name], citizenIDs(found))
			found, err = Citizens.Select().Join(orm.Along(handle), orm.C(&Homes.F.ID).Ge(3)).OrderBy(orm.C(&Citizens.F.ID).Asc()).All(ctx, s)
			require.NoError(t, err)
			assert.Equal(t, map[string][]int64{"Boston": {2}, "Local": {2}, "Near": {1, 1, 2, 3, 3}}[name], citizenIDs(found))
			two, err := Citizens.Get(ctx, s, 2)
			require.NoError(t, err)
			list, err := orm.Related(Homes, c.of(two)).OrderBy(orm.C(&Homes.F.ID).Asc()).All(ctx, s)
			require.NoError(t, err)
			assert.Equal(t, c.want[1], homeIDs(list))
		})
	}

	t.Run("one", func(t *testing.T) {
		loads(t, engine, Homes, &Homes.F.ID, &Homes.F.Owner, func(h *Home) error { _, err := h.Owner.Load(ctx); return err },
			func(t *testing.T, all []*Home) {
				for _, h := range all {
					owner, err := h.Owner.Get()
					require.NoError(t, err)
					assert.Equal(t, h.ID <= 2, owner != nil, "home %d", h.ID)
				}
			})
		s := session(t, engine)
		ann, err := Citizens.Get(ctx, s, 1)
		require.NoError(t, err)
		bob, err := Citizens.Get(ctx, s, 2)
		require.NoError(t, err)
		for want, where := range map[string]orm.Cond{
			"1 2": orm.EqObject(&Homes.F.Owner, ann), "": orm.EqObject(&Homes.F.Owner, bob), "3 4 5": orm.NeObject(&Homes.F.Owner, ann),
			"3 4 5 ": orm.EqObject(&Homes.F.Owner, nil), "1 2 ": orm.NeObject(&Homes.F.Owner, nil), " 1 2": orm.Has(&Homes.F.Owner)} {
			found, err := Homes.Select().Where(where).OrderBy(orm.C(&Homes.F.ID).Asc()).All(ctx, s)
			require.NoError(t, err)
			assert.Equal(t, strings.TrimSpace(want), strings.Trim(fmt.Sprint(homeIDs(found)), "[]"))
		}
	})

	t.Run("to itself", func(t *testing.T) {
		loads(t, engine, Branches, &Branches.F.ID, &Branches.F.Below, func(b *Branch) error { _, err := b.Below.Load(ctx); return err },
			func(t *testing.T, all []*Branch) {
				for i, want := range [][]int64{{2, 3, 4}, {3}, {}, {}} {
					list, err := all[i].Below.All()
					require.NoError(t, err)
					assert.Equal(t, want, branchIDs(list))
				}
			})
		found, err := Branches.Select().Where(orm.Any(&Branches.F.Below, orm.C(&Branches.F.ID).Eq(3))).OrderBy(orm.C(&Branches.F.ID).Asc()).All(ctx, session(t, engine))
		require.NoError(t, err)
		assert.Equal(t, []int64{1, 2}, branchIDs(found))
	})

	many := map[string]struct {
		of   func(*Citizen) *orm.Many[Citizen]
		want [][]int64
	}{
		"Following": {func(p *Citizen) *orm.Many[Citizen] { return &p.Following }, [][]int64{{2, 3}, {1}, {1}}},
		"Followers": {func(p *Citizen) *orm.Many[Citizen] { return &p.Followers }, [][]int64{{2, 3}, {1}, {1}}},
		"Friends":   {func(p *Citizen) *orm.Many[Citizen] { return &p.Friends }, [][]int64{{3}, {}, {}}},
	}
	for name, c := range many {
		t.Run(name, func(t *testing.T) {
			loads(t, engine, Citizens, &Citizens.F.ID, c.of(&Citizens.F), func(p *Citizen) error { _, err := c.of(p).Load(ctx); return err },
				func(t *testing.T, all []*Citizen) {
					for i, p := range all {
						list, err := c.of(p).All()
						require.NoError(t, err)
						assert.Equal(t, c.want[i], citizenIDs(list), "person %d", p.ID)
					}
				})
			s := session(t, engine)
			ann, err := Citizens.Get(ctx, s, 1)
			require.NoError(t, err)
			list, err := orm.Related(Citizens, c.of(ann)).OrderBy(orm.C(&Citizens.F.ID).Asc()).All(ctx, s)
			require.NoError(t, err)
			assert.Equal(t, c.want[0], citizenIDs(list))
			found, err := Citizens.Select().Where(orm.Any(c.of(&Citizens.F), orm.C(&Citizens.F.ID).Eq(3))).All(ctx, s)
			require.NoError(t, err)
			assert.Equal(t, []int64{1}, citizenIDs(found))
		})
	}

	t.Run("through a model, by two columns", func(t *testing.T) {
		loads(t, engine, Homes, &Homes.F.ID, &Homes.F.Rooms, func(h *Home) error { _, err := h.Rooms.Load(ctx); return err },
			func(t *testing.T, all []*Home) {
				for i, want := range []int{2, 1, 0, 0, 0} {
					list, err := all[i].Rooms.All()
					require.NoError(t, err)
					assert.Len(t, list, want)
				}
			})
	})
}

func TestRelationship52JoinOn(t *testing.T) {
	engine, _ := recorded(t)
	fillTown(t, engine)
	checkJoins(t, engine)
}

func TestRelationship52JoinOnSQL(t *testing.T) {
	ctx := context.Background()
	s, log := withTown(t)
	const homes, citizens = "homes.id, homes.city, homes.citizen_id", "citizens.id, citizens.city"
	all := byID(t, s, Citizens, &Citizens.F.ID)
	log.take()
	load := func(h *orm.Many[Home]) {
		_, err := h.Load(ctx)
		require.NoError(t, err)
	}
	load(&all[0].Boston)
	load(&all[0].Near)
	_, err := all[0].Friends.Load(ctx)
	require.NoError(t, err)
	log.is(t, "SELECT "+homes+" FROM homes WHERE ? = homes.citizen_id AND homes.city = ? ORDER BY homes.id [1 Boston]",
		"SELECT "+homes+" FROM homes WHERE homes.city = ? AND homes.id > ? ORDER BY homes.id [Boston 1]",
		"SELECT "+citizens+" FROM citizens, followers WHERE ? = followers.from_id AND citizens.id = followers.to_id AND followers.mutual = ? AND citizens.city = ? ORDER BY citizens.id [1 1 Boston]")

	byID(t, s, Citizens, &Citizens.F.ID, orm.SelectIn(&Citizens.F.Boston), orm.SelectIn(&Citizens.F.Near))
	sent := log.take()
	require.Len(t, sent, 3)
	assert.Equal(t, "SELECT "+homes+" FROM homes WHERE homes.citizen_id IN (?, ?) AND homes.city = ? ORDER BY homes.id [2 3 Boston]", line(sent[1]))
	assert.Equal(t, "SELECT "+homes+", citizens_1.id AS id_1 FROM citizens AS citizens_1 JOIN homes ON homes.city = citizens_1.city AND homes.id > ?"+
		" WHERE citizens_1.id IN (?, ?) ORDER BY homes.id [1 2 3]", line(sent[2]))
}

func TestRelationship52JoinOnWrites(t *testing.T) {
	ctx := context.Background()
	s, log := withTown(t)
	all := byID(t, s, Citizens, &Citizens.F.ID, orm.SelectIn(&Citizens.F.Boston))
	log.take()
	home := &Home{City: "Boston"}
	require.NoError(t, all[0].Boston.Add(home))
	require.NoError(t, all[1].Boston.Remove(first(t, &all[1].Boston)))
	require.NoError(t, s.Flush(ctx))
	log.is(t, "INSERT INTO homes (city, citizen_id) VALUES (?, ?) [Boston 1]", "UPDATE homes SET citizen_id=? WHERE homes.id = ? [<nil> 3]")

	assert.ErrorContains(t, all[0].Near.Add(home), "Citizen.Near: it is viewonly")
	require.NoError(t, s.Rollback(ctx))
}

func TestRelationship52Secondary(t *testing.T) {
	ctx := context.Background()
	s, log := withTown(t)
	all := byID(t, s, Citizens, &Citizens.F.ID, orm.SelectIn(&Citizens.F.Following), orm.SelectIn(&Citizens.F.Followers))
	log.take()
	require.NoError(t, all[1].Following.Add(all[2]))
	followers, err := all[2].Followers.All()
	require.NoError(t, err)
	assert.Equal(t, []int64{1, 2}, citizenIDs(followers))
	require.NoError(t, all[2].Following.Remove(all[0]))
	require.NoError(t, s.Flush(ctx))
	log.is(t, "DELETE FROM followers WHERE followers.from_id = ? AND followers.to_id = ? [3 1]",
		"INSERT INTO followers (from_id, to_id) VALUES (?, ?) [2 3]")

	home := byID(t, s, Homes, &Homes.F.ID, orm.SelectIn(&Homes.F.Rooms))[0]
	log.take()
	require.NoError(t, home.Rooms.Add(&Room{Floor: 3, Number: "x"}))
	require.NoError(t, home.Rooms.Remove(first(t, &home.Rooms)))
	require.NoError(t, s.Flush(ctx))
	log.is(t, "INSERT INTO rooms (floor, number) VALUES (?, ?) [3 x]",
		"DELETE FROM stays WHERE stays.home_id = ? AND stays.floor = ? AND stays.number = ? [1 1 a]",
		"INSERT INTO stays (home_id, floor, number) VALUES (?, ?, ?) [1 3 x]")
}

type joinOwner struct {
	ID     int64 `orm:"primary_key"`
	Name   string
	Empty  orm.Many[joinPart]
	Third  orm.Many[joinPart]
	Texted orm.Many[joinPart]
	Itself orm.Many[joinOwner]
	Keyed  orm.Many[joinPart] `orm:"foreign_key:OwnerID"`
	Owned  orm.Many[joinPart] `orm:"cascade:all delete-orphan"`
}

type joinPart struct {
	ID      int64 `orm:"primary_key"`
	Name    string
	OwnerID int64 `orm:"foreign_key:join_owners.id"`
	Note    orm.One[joinOwner]
}

func TestMistakesOfJoinOn(t *testing.T) {
	owners, parts := orm.Declare[joinOwner]("join_owners"), orm.Declare[joinPart]("join_parts")
	same := orm.C(&owners.F.Name).EqExpr(orm.C(&parts.F.Name))
	assert.EqualError(t, orm.JoinOn(&owners.F.Empty), "orm: JoinOn of joinOwner.Empty needs a condition")
	assert.EqualError(t, orm.JoinOn(&new(joinOwner).Empty, same), notPrototype)
	assert.EqualError(t, orm.JoinOn(&owners.As("o").F.Empty, same), "orm: what joins a relationship is said of the model, not of an alias")
	assert.EqualError(t, orm.Secondary(&parts.F.Note, followers), "orm: Secondary of joinPart.Note: a table between the ends is for several objects; use orm.Many")
	assert.ErrorContains(t, orm.Secondary(&owners.F.Empty, orm.NewTable("nothing", orm.Column("", orm.Integer()))), "nothing")

	require.NoError(t, orm.JoinOn(&owners.F.Third, orm.C(&owners.F.Name).EqExpr(orm.C(&Tags.F.Name))))
	require.NoError(t, orm.JoinOn(&owners.F.Texted, same, orm.Text("name = 'x'").Cond()))
	require.NoError(t, orm.JoinOn(&owners.F.Itself, orm.C(&owners.F.Name).Eq("x")))
	require.NoError(t, orm.JoinOn(&owners.F.Keyed, same))
	require.NoError(t, orm.JoinOn(&owners.F.Owned, same))
	assert.EqualError(t, owners.Err(), `orm: relationships:
	joinOwner.Third: JoinOn: the condition reads tags, which is not one of the tables of the relationship; say it with orm.Any or orm.Exists
	joinOwner.Texted: JoinOn: the condition has text in it, whose columns cannot be read under another name; write it with orm.C
	joinOwner.Itself: JoinOn joins joinOwner to itself; read the other end under one alias in the condition, as in other := ….As("other")
	joinOwner.Keyed: JoinOn: foreign_key:OwnerID says what is written, so the condition must say that joinOwner.ID and joinPart.OwnerID are equal, and it does not
	joinOwner.Owned: JoinOn: the condition names no foreign key that could be written, so the relationship can only be read; name the key with foreign_key, or leave back_populates, post_update and cascade out`)

	type lateOwner struct {
		ID   int64         `orm:"primary_key"`
		Tags orm.Many[Tag] `orm:"secondary:late_tags"`
	}
	late := orm.Declare[lateOwner]("late_owners")
	require.NoError(t, late.Err())
	err := orm.JoinOn(&late.F.Tags, orm.C(&Tags.F.Name).Eq("x"))
	require.EqualError(t, err, "orm: lateOwner.Tags: JoinOn: a relationship was used before that; say it in an init function, or in a variable beside the models")
	assert.EqualError(t, late.Err(), err.Error())
}
