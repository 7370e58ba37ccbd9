package orm_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/internal/testdb"
)

// Measured has whole numbers in several types.
type Measured struct {
	ID    int64       `orm:"primary_key"`
	Big   int64       `orm:"type:bigint"`
	Price orm.Decimal `orm:"precision:15,scale:2"`
	Text  string      `orm:"size:20"`
}

var Measurements = orm.Declare[Measured]("measured")

// PostgreSQL and MariaDB give the sum of integers as a decimal number.
func TestAWholeNumberIsReadIntoAnInteger(t *testing.T) {
	testdb.Each(t, func(t *testing.T, url string) {
		ctx := context.Background()
		engine, _ := recordedAt(t, url, Measurements)
		s := session(t, engine)
		const big = 1 << 61
		require.NoError(t, s.Add(&Measured{ID: 1, Big: big, Price: orm.DecimalOf(4000, 2), Text: "42"}, &Measured{ID: 2, Big: 2, Price: orm.DecimalOf(200, 2), Text: "1.5"}))
		require.NoError(t, s.Commit(ctx))
		id, n, price, text := orm.C(&Measurements.F.ID), orm.C(&Measurements.F.Big), orm.C(&Measurements.F.Price), orm.C(&Measurements.F.Text)

		sum, err := orm.Select1(orm.Sum(n)).One(ctx, engine)
		require.NoError(t, err)
		assert.Equal(t, int64(big+2), sum)
		both, err := orm.As[struct{ Small int16 }](orm.Select(orm.Sum(id).As("small"))).One(ctx, engine)
		require.NoError(t, err)
		assert.Equal(t, int16(3), both.Small)
		row, err := orm.Select(orm.Sum(id), orm.Sum(n)).One(ctx, engine)
		require.NoError(t, err)
		var a uint64
		var b orm.Null[int64]
		require.NoError(t, row.Scan(&a, &b))
		assert.Equal(t, uint64(3), a)
		assert.Equal(t, orm.Some[int64](big+2), b)
		_, err = orm.As[struct{ Small int8 }](orm.Select(orm.Sum(n).As("small"))).One(ctx, engine)
		assert.ErrorContains(t, err, "2305843009213693954 does not fit a Go int8")

		// A part of one is not read, nor what is beyond 64 bits, nor the text of a column.
		for what, stmt := range map[string]orm.SelectStmt{
			"a part":   orm.Select(orm.Sum(orm.Add(price, orm.DecimalOf(5, 1))).As("n")),
			"too much": orm.Select(orm.Sum(orm.MulExpr(orm.Mul(price, orm.DecimalOf(1, -12)), orm.Mul(price, orm.DecimalOf(1, -12)))).As("n")),
			"a text":   orm.Select(text.As("n")),
		} {
			_, err := orm.As[struct{ N int64 }](stmt.Where(id.Eq(1))).One(ctx, engine)
			assert.ErrorContains(t, err, "not an integer", what)
		}
	})
}
