//go:build !js && !wasip1

package orm_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/internal/testdb"
)

// TestManySessionsOnEveryDatabase has several goroutines write and read on one
// engine with fewer connections than goroutines.
func TestManySessionsOnEveryDatabase(t *testing.T) {
	testdb.Each(t, func(t *testing.T, url string) {
		ctx := context.Background()
		engine := open(t, url, orm.Options{PoolSize: 3})
		require.NoError(t, orm.CreateAll(ctx, engine, Pets))
		const writers, each = 6, 5
		var all sync.WaitGroup
		for w := range writers {
			all.Go(func() {
				s := orm.NewSession(engine)
				defer s.Close()
				for i := range each {
					assert.NoError(t, s.Add(&Pet{Name: fmt.Sprintf("pet %d of %d", i, w)}))
					if !assert.NoError(t, s.Commit(ctx)) {
						return
					}
				}
				pets, err := Pets.Select().All(ctx, s)
				assert.NoError(t, err)
				assert.GreaterOrEqual(t, len(pets), each)
			})
		}
		all.Wait()
		assert.Len(t, petNames(t, engine), writers*each)
	})
}
