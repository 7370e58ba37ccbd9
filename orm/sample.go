package orm

import (
	"errors"
	"fmt"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// Sampling is a way to read only a part of a table's rows. It is immutable.
type Sampling struct {
	node expr.Sample
	err  error
}

// Bernoulli takes each row with a chance of percent, from 0 to 100.
func Bernoulli(percent float64) Sampling { return sampling("BERNOULLI", percent) }

// SystemSample takes whole pages of the table, each with a chance of percent,
// from 0 to 100. It is faster than [Bernoulli] and less even.
func SystemSample(percent float64) Sampling { return sampling("SYSTEM", percent) }

func sampling(method string, percent float64) Sampling {
	s := Sampling{node: expr.Sample{Method: method, Percent: floatBind(percent)}}
	if !(percent >= 0 && percent <= 100) {
		s.err = fmt.Errorf("orm: a sample of %v percent: it is from 0 to 100", percent)
	}
	return s
}

// Repeatable takes the same rows each time, as long as the table does not
// change.
func (s Sampling) Repeatable(seed float64) Sampling {
	s.node.Seed = floatBind(seed)
	return s
}

func floatBind(f float64) expr.Expr {
	return expr.Bind{Value: f, Type: schema.Type{Kind: schema.Float}, Near: "a sample"}
}

// Sample reads a part of the table's rows, TABLESAMPLE, which only PostgreSQL
// has. For objects, read the statement with [FromStatement].
func (s SelectStmt) Sample(of Source, how Sampling) SelectStmt {
	source, err := of.source()
	s.err = errors.Join(s.err, err, how.err)
	how.node.Of = source
	s.node.Samples = append(s.node.Samples[:len(s.node.Samples):len(s.node.Samples)], how.node)
	return s
}
