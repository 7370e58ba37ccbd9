package orm_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

type wrongOwner struct {
	ID      int64 `orm:"primary_key"`
	Parts   orm.Many[wrongPart]
	Loose   orm.Many[wrongLoose]
	Strange orm.One[wrongStrange]
	Back    orm.Many[wrongPart]  `orm:"foreign_key:OwnerID,back_populates:Nope"`
	Crossed orm.Many[wrongPart]  `orm:"foreign_key:OwnerID,back_populates:Other"`
	Silent  orm.Many[wrongPart]  `orm:"foreign_key:OwnerID,back_populates:Owner"`
	Sorted  orm.Many[wrongPart]  `orm:"foreign_key:OwnerID,order_by:Nope"`
	Named   orm.Many[wrongPart]  `orm:"foreign_key:Nope"`
	Through orm.Many[wrongOwner] `orm:"secondary:wrong_pairs"`
	Wide    orm.Many[wrongPart]  `orm:"foreign_key:OwnerID OtherID"`
}

type wrongPart struct {
	ID      int64               `orm:"primary_key"`
	OwnerID int64               `orm:"foreign_key:wrong_owners.id"`
	OtherID int64               `orm:"foreign_key:wrong_owners.id"`
	Owner   orm.One[wrongOwner] `orm:"foreign_key:OwnerID"`
	Other   orm.One[wrongOwner] `orm:"foreign_key:OtherID,back_populates:Crossed"`
	Orphan  orm.One[wrongOwner] `orm:"foreign_key:OwnerID,cascade:all delete-orphan"`
}

type wrongLoose struct {
	ID int64 `orm:"primary_key"`
}

type wrongStrange struct{ ID int64 }

func TestAllMistakesOfRelationshipsAtOnce(t *testing.T) {
	owners := orm.Declare[wrongOwner]("wrong_owners")
	parts := orm.Declare[wrongPart]("wrong_parts")
	orm.Declare[wrongLoose]("wrong_loose")
	want := `orm: relationships:
	wrongOwner.Parts: several foreign keys could be meant: OwnerID; OtherID of wrongPart; say which with foreign_key:OwnerID
	wrongOwner.Loose: no foreign key leads from wrong_loose to wrong_owners; tag the field of wrongLoose that holds the key with foreign_key:wrong_owners.id, or name a table between them with secondary
	wrongOwner.Strange: orm_test.wrongStrange is not a declared model, or its mapping is wrong: see orm.Declare
	wrongOwner.Sorted: order_by:Nope: wrongPart has no mapped field Nope
	wrongOwner.Named: foreign_key:Nope: wrongPart has no such mapped field
	wrongOwner.Through: secondary:wrong_pairs joins wrongOwner to itself; name its column that holds the wrongOwner which has this relationship, as in foreign_key:wrong_owner_id
	wrongOwner.Wide: foreign_key: wrongPart.OwnerID, wrongPart.OtherID cannot refer to the primary key of wrongOwner, which has 1 columns
	wrongPart.Orphan: cascade delete-orphan is for the side whose objects belong to one parent; here a wrongOwner may have several
	wrongOwner.Back: back_populates:Nope: wrongPart has no relationship Nope
	wrongOwner.Crossed: back_populates:Other: wrongOwner.Crossed and wrongPart.Other are not the two sides of one relationship: wrongOwner.Crossed goes from wrongOwner.ID to wrongPart.OwnerID, wrongPart.Other goes from wrongPart.OtherID to wrongOwner.ID
	wrongOwner.Silent: back_populates:Owner: wrongPart.Owner does not say back_populates:Silent
	wrongPart.Other: back_populates:Crossed: wrongPart.Other and wrongOwner.Crossed are not the two sides of one relationship: wrongPart.Other goes from wrongPart.OtherID to wrongOwner.ID, wrongOwner.Crossed goes from wrongOwner.ID to wrongPart.OwnerID`
	require.EqualError(t, owners.Err(), want)

	ctx := context.Background()
	engine, log := recorded(t)
	s := session(t, engine)
	_, err := owners.Select().All(ctx, s)
	assert.EqualError(t, err, want)
	_, err = parts.Get(ctx, s, 1)
	assert.EqualError(t, err, want)
	assert.EqualError(t, orm.CreateAll(ctx, engine, owners, parts), want)
	assert.ErrorContains(t, s.Add(&wrongOwner{}), strings.TrimPrefix(want, "orm: "))
	assert.ErrorContains(t, orm.ConfigureMappers(), want)
	log.is(t)

	type wrongTags struct {
		ID int64         `orm:"primary_key"`
		A  orm.Many[Tag] `orm:"cascade:some"`
		B  orm.Many[Tag] `orm:"cascade:delete-orphan"`
		C  orm.One[Tag]  `orm:"order_by:ID"`
		D  orm.One[Tag]  `orm:"secondary:a_b"`
		E  orm.Many[Tag] `orm:"back_populates"`
		F  orm.Many[Tag] `orm:"size:3"`
		G  orm.Many[Tag] `orm:"viewonly:yes"`
	}
	assert.EqualError(t, orm.Declare[wrongTags]("wrong_tags").Err(), `orm: model wrongTags:
	wrongTags.A: tag "cascade:some": cascade:some is not one of all, delete, delete-orphan, expunge, merge, none, refresh-expire, save-update
	wrongTags.B: tag "cascade:delete-orphan": cascade delete-orphan needs delete, as in cascade:all delete-orphan
	wrongTags.C: tag "order_by:ID": order_by is for several objects; an orm.One has one
	wrongTags.D: tag "secondary:a_b": secondary is for several objects; use orm.Many
	wrongTags.E: tag "back_populates": back_populates needs a value, as in back_populates:…
	wrongTags.F: tag "size:3": unknown option "size" of a relationship; known are back_populates, cascade, foreign_key, order_by, passive_deletes, position, post_update, secondary, viewonly, write_only
	wrongTags.G: tag "viewonly:yes": viewonly takes no value`)
}

// Late is declared when the model that leads to it has failed already.
type Late struct {
	ID    int64 `orm:"primary_key"`
	Early int64 `orm:"foreign_key:earlies.id"`
}

type Early struct {
	ID    int64 `orm:"primary_key"`
	Lates orm.Many[Late]
}

func TestModelsCanBeDeclaredInAnyOrder(t *testing.T) {
	earlies := orm.Declare[Early]("earlies")
	assert.ErrorContains(t, earlies.Err(), "Late is not a declared model")
	orm.Declare[Late]("lates")
	assert.NoError(t, earlies.Err())
}

func TestSecondaryTableIsCreated(t *testing.T) {
	engine, _ := recorded(t)
	ctx := context.Background()
	metadata := orm.NewMetadata(Posts, Authors, Tags)
	var names []string
	for _, table := range metadata.Tables() {
		names = append(names, table.Name)
	}
	assert.Equal(t, []string{"authors", "posts", "tags", "post_tags"}, names)
	require.NoError(t, metadata.CreateAll(ctx, engine))
	rows, err := orm.Text("SELECT sql FROM sqlite_master WHERE name = 'post_tags'").All(ctx, engine)
	require.NoError(t, err)
	require.Equal(t, 1, rows.Len())
	var sql string
	require.NoError(t, rows.At(0).Scan(&sql))
	assert.Equal(t, "CREATE TABLE post_tags ( post_id INTEGER NOT NULL, tag_id INTEGER NOT NULL, PRIMARY KEY (post_id, tag_id),"+
		" FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE, FOREIGN KEY (tag_id) REFERENCES tags (id) ON DELETE CASCADE )", oneSpace(sql))
	require.NoError(t, metadata.DropAll(ctx, engine))
	rows, err = orm.Text("SELECT name FROM sqlite_master WHERE type = 'table'").All(ctx, engine)
	require.NoError(t, err)
	assert.Equal(t, 0, rows.Len())
}
