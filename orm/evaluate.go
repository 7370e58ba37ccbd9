package orm

import (
	"cmp"
	"fmt"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/state"
	"github.com/ormlab/ormlab/orm/schema"
)

// evaluator computes expressions of one row as every database does. Where they
// differ, or could, it fails: text is compared for equality only, and not where
// a collation may take different texts as equal.
type evaluator struct {
	row   *state.State
	held  *state.Map
	folds bool // text is compared by a collation that the program does not know
}

// sqlNull is NULL.
var sqlNull = driver.Value{}

// truth says whether a condition holds; NULL does not.
func truth(v driver.Value) bool { return !v.IsNull() && number(v) != 0 }

func boolean(b bool) driver.Value { return driver.BoolValue(b) }

func cannot(e any) (driver.Value, error) {
	return sqlNull, fmt.Errorf("%T cannot be evaluated in memory", e)
}

// evaluable says whether values of a column are the same in memory as in the
// database.
func evaluable(c *schema.Column) bool {
	switch c.Type.Kind {
	case schema.SmallInteger, schema.Integer, schema.BigInteger, schema.Boolean, schema.Float, schema.String, schema.Text, schema.Enum:
		return true
	}
	return false
}

func (x evaluator) eval(e expr.Expr) (driver.Value, error) {
	switch e := e.(type) {
	case expr.Bind:
		return dialect.Value(e.Type, e.Value)
	case expr.Null:
		return sqlNull, nil
	case expr.Bool:
		return boolean(e.Value), nil
	case expr.Column:
		f := x.row.Mapper.FieldOf(e.Column)
		if f == nil || e.Of != nil || !evaluable(e.Column) {
			return cannot(e)
		}
		if x.held.Lacks(x.row, f) || !f.Holds(x.row.Snapshot) {
			return sqlNull, fmt.Errorf("%s is not loaded", f.Path)
		}
		return f.Value(x.row.Snapshot), nil
	case expr.Junction:
		return x.junction(e)
	case expr.Not:
		v, err := x.eval(e.Operand)
		return negated(v, true), err
	case expr.IsNull:
		v, err := x.eval(e.Operand)
		return boolean(v.IsNull() != e.Negated), err
	case expr.In:
		return x.in(e)
	case expr.Between:
		low := expr.Binary{Op: expr.Ge, Left: e.Operand, Right: e.Low}
		high := expr.Binary{Op: expr.Le, Left: e.Operand, Right: e.High}
		v, err := x.junction(expr.Junction{Operands: []expr.Expr{low, high}})
		return negated(v, e.Negated), err
	case expr.Binary:
		return x.binary(e)
	}
	return cannot(e)
}

func negated(v driver.Value, yes bool) driver.Value {
	if v.IsNull() || !yes {
		return v
	}
	return boolean(!truth(v))
}

// junction is AND or OR with three truth values. One operand may decide it,
// whatever those are that cannot be evaluated: of a hierarchy, a condition for
// the class, where the object has none of the class's columns.
func (x evaluator) junction(j expr.Junction) (driver.Value, error) {
	result := boolean(!j.Or)
	var unknown error
	for _, o := range j.Operands {
		v, err := x.eval(o)
		switch {
		case err != nil:
			unknown = err
		case v.IsNull():
			result = sqlNull
		case truth(v) == j.Or:
			return v, nil
		}
	}
	return result, unknown
}

func (x evaluator) in(e expr.In) (driver.Value, error) {
	if e.Query != nil {
		return cannot(e)
	}
	any := expr.Junction{Or: true}
	for _, item := range e.List {
		any.Operands = append(any.Operands, expr.Binary{Op: expr.Eq, Left: e.Operand, Right: item})
	}
	v, err := x.junction(any)
	return negated(v, e.Negated), err
}

func (x evaluator) binary(e expr.Binary) (driver.Value, error) {
	a, err := x.eval(e.Left)
	if err != nil {
		return sqlNull, err
	}
	b, err := x.eval(e.Right)
	if err != nil {
		return sqlNull, err
	}
	if e.Op == expr.Distinct || e.Op == expr.NotDistinct {
		return cannot(e)
	}
	if a.IsNull() || b.IsNull() {
		return sqlNull, nil
	}
	if a.Kind() == driver.Text && b.Kind() == driver.Text {
		if equality := e.Op == expr.Eq || e.Op == expr.Ne; !equality || x.folds || collated(e.Left) || collated(e.Right) {
			return cannot(e)
		}
		return boolean((a.Text() == b.Text()) == (e.Op == expr.Eq)), nil
	}
	if !numeric(a) || !numeric(b) {
		return cannot(e)
	}
	if a.Kind() == driver.Float || b.Kind() == driver.Float {
		return arithmetic(e, number(a), number(b), driver.FloatValue)
	}
	return integers(e, whole(a), whole(b))
}

func collated(e expr.Expr) bool {
	c, ok := e.(expr.Column)
	return ok && (c.Collation != "" || c.Type.Kind == schema.Enum)
}

func numeric(v driver.Value) bool {
	return v.Kind() == driver.Int || v.Kind() == driver.Float || v.Kind() == driver.Bool
}

func whole(v driver.Value) int64 {
	if v.Kind() == driver.Bool && v.Bool() {
		return 1
	}
	if v.Kind() == driver.Bool {
		return 0
	}
	return v.Int()
}

func number(v driver.Value) float64 {
	if v.Kind() == driver.Float {
		return v.Float()
	}
	return float64(whole(v))
}

// integers is arithmetic that does not overflow: where it would, databases
// differ in what they do.
func integers(e expr.Binary, a, b int64) (driver.Value, error) {
	const most = 1 << 31
	large := a >= most || a <= -most || b >= most || b <= -most
	switch e.Op {
	case expr.Add, expr.Sub, expr.Mul:
		if large {
			return cannot(e)
		}
	}
	return arithmetic(e, a, b, driver.IntValue)
}

func arithmetic[T int64 | float64](e expr.Binary, a, b T, result func(T) driver.Value) (driver.Value, error) {
	order := cmp.Compare(a, b)
	switch e.Op {
	case expr.Eq:
		return boolean(order == 0), nil
	case expr.Ne:
		return boolean(order != 0), nil
	case expr.Lt:
		return boolean(order < 0), nil
	case expr.Le:
		return boolean(order <= 0), nil
	case expr.Gt:
		return boolean(order > 0), nil
	case expr.Ge:
		return boolean(order >= 0), nil
	case expr.Add:
		return result(a + b), nil
	case expr.Sub:
		return result(a - b), nil
	case expr.Mul:
		return result(a * b), nil
	}
	return cannot(e)
}
