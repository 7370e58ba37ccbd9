package client

import (
	"testing"

	"github.com/ormlab/ormlab/orm/driver"
)

// What stands here plays the program in TestCallSite, which knows the lines.

func programOfOneLine(t *testing.T, conn driver.Conn) {
	call := func() {
		exec(t, conn, "SELECT 1")
		exec(t, conn, "SELECT 2")
	}
	call()
}

func programOfDeepCalls(t *testing.T, conn driver.Conn, n int) {
	// More frames than one look at the stack sees.
	func() {
		func() {
			deep(t, conn, n)
		}()
	}()
}
