package orm

import (
	"fmt"
	"runtime"
	"strings"
)

// Caller is a line of Go code. The zero Caller is unknown.
type Caller struct {
	File     string
	Line     int
	Function string
}

// String formats the caller as file:line.
func (c Caller) String() string {
	if c.File == "" {
		return "unknown"
	}
	return fmt.Sprintf("%s:%d", c.File, c.Line)
}

// ownFrames are the functions that lie between a program and its statement.
const ownFrames = "github.com/ormlab/ormlab/orm"

// caller returns the first line of the stack that is not in this module's orm.
func caller() Caller {
	var pcs [32]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs[:])])
	for {
		f, more := frames.Next()
		if !isOwn(f.Function) {
			return Caller{File: f.File, Line: f.Line, Function: f.Function}
		}
		if !more {
			return Caller{}
		}
	}
}

// isOwn says whether the function belongs to orm or its packages; their tests
// do not.
func isOwn(function string) bool {
	rest, ok := strings.CutPrefix(function, ownFrames)
	return ok && rest != "" && (rest[0] == '.' || rest[0] == '/')
}
