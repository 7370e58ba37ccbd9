//go:build js || wasip1

package orm_test

import "testing"

// goldenOnServers does nothing: there are no servers in a browser.
func goldenOnServers(*testing.T, []shown) {}
