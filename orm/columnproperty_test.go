package orm_test

import (
	"context"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/internal/testdb"
)

// Shop has fields that are no columns: two that the model fills, and one that
// only queries fill.
type Shop struct {
	ID     int64              `orm:"primary_key"`
	Name   string             `orm:"size:30"`
	Sales  int64              `orm:"expression"`
	Loud   orm.Null[string]   `orm:"expression,name:shout"`
	Factor orm.Null[int64]    `orm:"expression"`
	Items  orm.Many[ShopItem] `orm:"back_populates:Shop,order_by:ID"`
}

type ShopItem struct {
	ID     int64         `orm:"primary_key"`
	Price  int64         `orm:"default:1"`
	ShopID int64         `orm:"foreign_key:shops.id"`
	Shop   orm.One[Shop] `orm:"back_populates:Items"`
}

var (
	Shops     = orm.Declare[Shop]("shops")
	ShopItems = orm.Declare[ShopItem]("shop_items")

	_ = orm.ColumnProperty(&Shops.F.Sales, orm.ScalarSubquery[int64](
		orm.Select(orm.Coalesce(orm.Max(orm.C(&ShopItems.F.Price)), orm.Literal[int64](0))).From(ShopItems).
			Where(orm.C(&ShopItems.F.ShopID).EqExpr(orm.C(&Shops.F.ID)))))
	_ = orm.ColumnProperty(&Shops.F.Loud, orm.Upper(orm.C(&Shops.F.Name)))
)

func withShops(t *testing.T, url string) (*orm.Engine, *sent) {
	t.Helper()
	ctx := context.Background()
	engine, log := recordedAt(t, url, Shops, ShopItems)
	s := session(t, engine)
	require.NoError(t, s.Add(&Shop{ID: 1, Name: "a", Sales: 99}, &Shop{ID: 2, Name: "b"},
		&ShopItem{ID: 1, Price: 4, ShopID: 1}, &ShopItem{ID: 2, Price: 3, ShopID: 1}, &ShopItem{ID: 3, Price: 10, ShopID: 2}))
	require.NoError(t, s.Commit(ctx))
	log.take()
	return engine, log
}

func TestColumnPropertiesAreRead(t *testing.T) {
	testdb.Each(t, func(t *testing.T, url string) {
		ctx := context.Background()
		engine, log := withShops(t, url)
		assert.Len(t, Shops.Table().Columns, 2)
		s := session(t, engine)
		one, err := Shops.Get(ctx, s, 1)
		require.NoError(t, err)
		assert.Equal(t, []any{int64(4), orm.Some("A")}, []any{one.Sales, one.Loud})

		list, err := Shops.Select().Where(orm.C(&Shops.F.Sales).Gt(8)).OrderBy(orm.C(&Shops.F.Sales).Desc()).All(ctx, s)
		require.NoError(t, err)
		require.Len(t, list, 1)
		assert.Equal(t, int64(10), list[0].Sales)
		same := Shops.As("other")
		list, err = same.Select().Where(orm.C(&same.F.Sales).Eq(4)).All(ctx, s)
		require.NoError(t, err)
		require.Len(t, list, 1)
		assert.Same(t, one, list[0])

		require.NoError(t, s.Commit(ctx))
		other := session(t, engine)
		items, err := ShopItems.Select().OrderBy(orm.C(&ShopItems.F.ID).Asc()).Options(orm.Joined(&ShopItems.F.Shop)).All(ctx, other)
		require.NoError(t, err)
		require.NoError(t, other.Rollback(ctx))
		shop, err := items[2].Shop.Get()
		require.NoError(t, err)
		assert.Equal(t, int64(10), shop.Sales, "also at the end of a relationship")

		one, err = Shops.Get(ctx, s, 1)
		require.NoError(t, err)
		log.take()
		one.Sales = 1
		assert.Empty(t, s.Dirty(), "nothing writes it")
		one.Name = "c"
		require.NoError(t, s.Commit(ctx))
		assert.NotContains(t, line(log.take()[0]), "sales")
		require.NoError(t, s.Refresh(ctx, one))
		assert.Equal(t, []any{int64(4), orm.Some("C")}, []any{one.Sales, one.Loud})
		require.NoError(t, s.Refresh(ctx, one, &Shops.F.Loud))
		_, err = orm.Insert(ShopItems, "id", "price", "shop_id").Row(4, 8, 1).Exec(ctx, s)
		require.NoError(t, err)
		require.NoError(t, s.Expire(one))
		_, err = Shops.Get(ctx, s, 1)
		require.NoError(t, err)
		assert.Equal(t, int64(8), one.Sales)
	})
}

func TestExpressionsOfQueries(t *testing.T) {
	testdb.Each(t, func(t *testing.T, url string) {
		ctx := context.Background()
		engine, log := withShops(t, url)
		s := session(t, engine)
		held, err := Shops.Get(ctx, s, 2)
		require.NoError(t, err)
		log.take()
		list, err := Shops.Select().OrderBy(orm.C(&Shops.F.ID).Asc()).
			Options(orm.WithExpression(&Shops.F.Factor, orm.Mul(orm.C(&Shops.F.ID), 10)), orm.Defer(&Shops.F.Sales)).All(ctx, s)
		require.NoError(t, err)
		assert.NotContains(t, log.take()[0].SQL, "max(")
		require.Len(t, list, 2)
		assert.Same(t, held, list[1])
		assert.Equal(t, []orm.Null[int64]{orm.Some[int64](10), orm.Some[int64](20)}, []orm.Null[int64]{list[0].Factor, list[1].Factor})
		assert.Equal(t, int64(10), held.Sales)
		assert.Empty(t, s.Dirty())
		require.NoError(t, s.Commit(ctx))
		log.take()
		other := session(t, engine)
		part, err := Shops.Select().Options(orm.LoadOnly(&Shops.F.Loud)).Where(orm.C(&Shops.F.ID).Eq(1)).One(ctx, other)
		require.NoError(t, err)
		assert.Equal(t, &Shop{ID: 1, Loud: orm.Some("A")}, &Shop{ID: part.ID, Name: part.Name, Sales: part.Sales, Loud: part.Loud, Factor: part.Factor})
		assert.NotContains(t, log.take()[0].SQL, "max(")
		require.NoError(t, other.Commit(ctx))
		rows, err := orm.FromStatement(Shops, orm.Text("SELECT id, name, 5 AS sales, name AS shout FROM shops WHERE id = 1")).All(ctx, session(t, engine))
		require.NoError(t, err)
		assert.Equal(t, []any{int64(5), orm.Some("a")}, []any{rows[0].Sales, rows[0].Loud})
	})
}

func TestColumnPropertyMistakes(t *testing.T) {
	type Wrong struct {
		ID  int64 `orm:"primary_key"`
		Sum int64 `orm:"expression"`
	}
	m := orm.Declare[Wrong]("wrong")
	_, _, err := orm.Select(orm.C(&m.F.Sum)).Compile(sqlite.Dialect)
	assert.ErrorContains(t, err, "orm: Wrong.Sum is no column, and only queries fill it, by orm.WithExpression; see orm.ColumnProperty")
	_, _, err = m.Select().Compile(sqlite.Dialect)
	require.NoError(t, err)
	assert.EqualError(t, orm.ColumnProperty(new(int64), orm.Count()), "orm: the pointer is not a field of a declared model's prototype: pass &Model.F.Field, where Model = orm.Declare[…](…)")
	want := "orm: ColumnProperty: Wrong.ID is a column; it is for a field with the tag expression"
	assert.EqualError(t, orm.ColumnProperty(&m.F.ID, orm.Count()), want)
	assert.EqualError(t, m.Err(), want, "all that uses the model says so")
	fine := orm.Declare[Wrong]("fine")
	alias := fine.As("a")
	assert.ErrorContains(t, orm.ColumnProperty(&alias.F.Sum, orm.Count()), "not by that of an alias")
}
