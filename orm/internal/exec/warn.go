package exec

import (
	"errors"
	"strings"
)

// Warn notes what looks like an oversight in the statement that runs next, for
// observers; where warnings are errors it returns one.
func (c *Conn) Warn(warnings []string) error {
	if len(warnings) > 0 && c.hooks.Strict {
		return errors.New(strings.Join(warnings, "; "))
	}
	if c.hooks.observed() {
		c.warnings = warnings
	}
	return nil
}
