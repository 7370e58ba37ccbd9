package dialect

import "github.com/ormlab/ormlab/orm/expr"

// lock writes FOR UPDATE and its like; nil is none.
func (c *compiler) lock(l *expr.Lock) {
	if l == nil || c.features.Locks == LocksImplied {
		return
	}
	switch l.Strength {
	case expr.ForUpdate:
		c.write(" FOR UPDATE")
	case expr.ForShare:
		if c.features.Locks == LocksShareMode {
			c.write(" LOCK IN SHARE MODE")
		} else {
			c.write(" FOR SHARE")
		}
	case expr.ForNoKeyUpdate, expr.ForKeyShare:
		if !c.features.KeyLocks {
			c.lacks("FOR NO KEY UPDATE and FOR KEY SHARE")
			return
		}
		if l.Strength == expr.ForKeyShare {
			c.write(" FOR KEY SHARE")
		} else {
			c.write(" FOR NO KEY UPDATE")
		}
	}
	if len(l.Of) > 0 && !c.features.LockOf {
		c.lacks("FOR UPDATE OF")
		return
	}
	for i, s := range l.Of {
		if i == 0 {
			c.write(" OF ")
		}
		c.separate(i)
		if !contains(c.scope.sources, s) {
			c.fail("a lock is for a table that the statement does not read")
			return
		}
		c.name(c.nameOf(s))
	}
	switch l.Wait {
	case expr.NoWait:
		c.write(" NOWAIT")
	case expr.SkipLocked:
		c.write(" SKIP LOCKED")
	}
}
