package orm_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/stretchr/testify/require"
)

const (
	benchKennels = 1000
	dogsEach     = 10
)

// Kennel and Dog are what the benchmark of eager loading reads.
type Kennel struct {
	ID   int64         `orm:"primary_key"`
	Name string        `orm:"size:50"`
	Dogs orm.Many[Dog] `orm:"back_populates:Kennel"`
}

type Dog struct {
	ID       int64  `orm:"primary_key"`
	Name     string `orm:"size:50"`
	Age      int64
	KennelID int64           `orm:"foreign_key:kennels.id,index"`
	Kennel   orm.One[Kennel] `orm:"back_populates:Dogs"`
}

var (
	Kennels = orm.Declare[Kennel]("kennels")
	Dogs    = orm.Declare[Dog]("dogs")
)

// fillKennels are the statements that fill the tables.
var fillKennels = []string{
	fmt.Sprintf("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) INSERT INTO kennels SELECT i, 'kennel ' || i FROM n", benchKennels),
	fmt.Sprintf("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) INSERT INTO dogs SELECT i, 'dog ' || i, i %% 12, i %% %d + 1 FROM n",
		benchKennels*dogsEach, benchKennels),
}

// sqlKennel and sqlDog are the same objects without an ORM.
type sqlKennel struct {
	ID   int64
	Name string
	Dogs []*sqlDog
}

type sqlDog struct {
	ID       int64
	Name     string
	Age      int64
	KennelID int64
	Kennel   *sqlKennel
}

var eagerLoad = both{
	orm: func(b *testing.B) {
		ctx := context.Background()
		engine := open(b, "sqlite://", orm.Options{})
		require.NoError(b, orm.CreateAll(ctx, engine, Kennels, Dogs))
		for _, sql := range fillKennels {
			_, err := orm.Text(sql).Exec(ctx, engine)
			require.NoError(b, err)
		}
		for b.Loop() {
			s := orm.NewSession(engine)
			list, err := Kennels.Select().Options(orm.SelectIn(&Kennels.F.Dogs)).All(ctx, s)
			if err != nil || len(list) != benchKennels {
				b.Fatal(len(list), err)
			}
			for _, k := range list {
				if dogs, err := k.Dogs.Load(ctx); err != nil || len(dogs) != dogsEach {
					b.Fatal(len(dogs), err)
				}
			}
			s.Close()
		}
	},
	sql: func(b *testing.B) {
		db := benchDB(b, 0)
		for _, sql := range append([]string{
			"CREATE TABLE kennels (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL)",
			"CREATE TABLE dogs (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL, age INTEGER NOT NULL, kennel_id INTEGER NOT NULL REFERENCES kennels (id))",
			"CREATE INDEX ix_dogs_kennel_id ON dogs (kennel_id)",
		}, fillKennels...) {
			_, err := db.Exec(sql)
			require.NoError(b, err)
		}
		for b.Loop() {
			rows, err := db.Query("SELECT id, name FROM kennels")
			if err != nil {
				b.Fatal(err)
			}
			var list []*sqlKennel
			byID := map[int64]*sqlKennel{}
			var ids []any
			for rows.Next() {
				k := new(sqlKennel)
				if err := rows.Scan(&k.ID, &k.Name); err != nil {
					b.Fatal(err)
				}
				list, ids = append(list, k), append(ids, k.ID)
				byID[k.ID] = k
			}
			rows.Close()
			rows, err = db.Query("SELECT id, name, age, kennel_id FROM dogs WHERE kennel_id IN (?"+strings.Repeat(", ?", len(ids)-1)+")", ids...)
			if err != nil {
				b.Fatal(err)
			}
			for rows.Next() {
				d := new(sqlDog)
				if err := rows.Scan(&d.ID, &d.Name, &d.Age, &d.KennelID); err != nil {
					b.Fatal(err)
				}
				d.Kennel = byID[d.KennelID]
				d.Kennel.Dogs = append(d.Kennel.Dogs, d)
			}
			rows.Close()
			if len(list) != benchKennels || len(list[0].Dogs) != dogsEach {
				b.Fatal(len(list))
			}
		}
	},
}

// BenchmarkEagerLoad reads 1,000 objects and the 10 of each that a collection
// leads to.
func BenchmarkEagerLoad(b *testing.B) { eagerLoad.run(b) }
