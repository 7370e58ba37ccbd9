package orm

import (
	"errors"

	"github.com/ormlab/ormlab/orm/expr"
)

// LockOption is an option of a lock, such as [SkipLocked].
type LockOption func(*lockOptions)

type lockOptions struct {
	node expr.Lock
	err  error
}

// NoWait fails at once if others have locked a row.
func NoWait() LockOption { return func(o *lockOptions) { o.node.Wait = expr.NoWait } }

// SkipLocked leaves out rows that others have locked.
func SkipLocked() LockOption { return func(o *lockOptions) { o.node.Wait = expr.SkipLocked } }

// KeyOnly lets others refer to the rows: FOR NO KEY UPDATE and FOR KEY SHARE.
func KeyOnly() LockOption {
	return func(o *lockOptions) {
		if o.node.Strength == expr.ForUpdate {
			o.node.Strength = expr.ForNoKeyUpdate
		} else {
			o.node.Strength = expr.ForKeyShare
		}
	}
}

// LockOf locks the rows of these tables only.
func LockOf(tables ...Source) LockOption {
	return func(o *lockOptions) {
		for _, t := range tables {
			s, err := t.source()
			o.err = errors.Join(o.err, err)
			o.node.Of = append(o.node.Of, s)
		}
	}
}

// ForUpdate keeps others from changing or locking the rows until the
// transaction ends. SQLite, which has one writer at a time, leaves it out.
func (s SelectStmt) ForUpdate(options ...LockOption) SelectStmt {
	return s.lock(expr.ForUpdate, options)
}

// ForShare keeps others from changing the rows until the transaction ends.
func (s SelectStmt) ForShare(options ...LockOption) SelectStmt {
	return s.lock(expr.ForShare, options)
}

func (s SelectStmt) lock(strength expr.LockStrength, options []LockOption) SelectStmt {
	o := lockOptions{node: expr.Lock{Strength: strength}}
	for _, option := range options {
		option(&o)
	}
	if o.err != nil {
		s.err = errors.Join(s.err, o.err)
		return s
	}
	s.node.Lock = &o.node
	return s
}
