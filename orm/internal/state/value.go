package state

import "github.com/ormlab/ormlab/orm/driver"

// SameValue says whether two values of key columns are the same.
func SameValue(a, b driver.Value) bool { return NewKey(nil, a) == NewKey(nil, b) }
