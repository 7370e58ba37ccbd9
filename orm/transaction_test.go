package orm_test

import (
	"context"
	"errors"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTransaction(t *testing.T) {
	ctx := context.Background()
	insert := orm.Insert(Owners, "id", "name").Row(1, "Ann")
	const sql = "INSERT INTO owners (id, name) VALUES (?, ?) [1 Ann]"
	mine := errors.New("mine")
	for name, c := range map[string]struct {
		fail func() error
		want []string
	}{
		"success": {func() error { return nil }, []string{"BEGIN", sql, "COMMIT"}},
		"failure": {func() error { return mine }, []string{"BEGIN", sql, "ROLLBACK"}},
		"panic":   {func() error { panic(mine) }, []string{"BEGIN", sql, "ROLLBACK"}},
	} {
		t.Run(name, func(t *testing.T) {
			engine, log := recorded(t, Owners)
			run := func() (err error) {
				defer func() {
					if r := recover(); r != nil {
						err = r.(error)
					}
				}()
				return engine.Transaction(ctx, func(tx orm.Executor) error {
					_, err := insert.Exec(ctx, tx)
					require.NoError(t, err)
					return c.fail()
				})
			}
			err := run()
			if name == "success" {
				assert.NoError(t, err)
			} else {
				assert.Equal(t, mine, err, "the caller's error comes back as it is")
			}
			log.is(t, c.want...)
			_, err = orm.Select(Owners).All(ctx, engine)
			assert.NoError(t, err, "the connection is back")
		})
	}
}
