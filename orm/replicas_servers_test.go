//go:build !js && !wasip1

package orm_test

import (
	"context"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/stretchr/testify/assert"
)

func TestReplicasThatDoNotAnswer(t *testing.T) {
	query := orm.Select(orm.C(&Pets.F.Name))
	server := open(t, "postgresql://root@127.0.0.1:1/test?connect_timeout=2", orm.Options{})
	_, err := query.All(context.Background(), holding(t, "primary").Replicas(server))
	assert.ErrorContains(t, err, "a replica has the same dialect")
	silent := open(t, "postgresql://root@127.0.0.1:2/test?connect_timeout=2", orm.Options{})
	_, err = query.All(context.Background(), server.Replicas(silent, silent))
	assert.Equal(t, orm.KindDisconnected, orm.KindOf(err))
	assert.ErrorContains(t, err, "127.0.0.1:1", "when no replica answers, the engine itself is asked")
}
