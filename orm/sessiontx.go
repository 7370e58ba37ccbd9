package orm

import (
	"context"
	"errors"
	"strconv"
)

// Session returns a session that joins the transaction of the connection: what
// it commits becomes part of that, by a savepoint, and is undone with it.
// Rollback undoes what was not committed. A test that wants its database back
// runs code that commits in such a session:
//
//	conn, err := engine.Connect(ctx)
//	defer conn.Close() // undoes everything
//	session := conn.Session()
//
// SQLAlchemy calls it join_transaction_mode="create_savepoint".
func (c *Conn) Session() *Session {
	s := NewSession(c.engine)
	s.host = c
	return s
}

// savepoint is the name of the savepoint at a depth.
func savepoint(depth int) string { return "sp_" + strconv.Itoa(depth) }

// begin starts the transaction if there is none.
func (s *Session) begin(ctx context.Context) error {
	if s.conn != nil {
		return nil
	}
	s.begun++
	if s.host != nil {
		conn, err := s.host.transaction(ctx)
		if err != nil {
			return err
		}
		if err := conn.Savepoint(ctx, savepoint(s.host.depth+1)); err != nil {
			return err
		}
		s.host.depth++
		s.conn = conn
		return s.tell(ctx, afterBegin)
	}
	c, err := s.engine.connect(ctx)
	if err != nil {
		return err
	}
	if err := c.BeginWith(ctx, s.engine.tx); err != nil {
		s.engine.pool.Put(c)
		return err
	}
	s.conn = c
	return s.tell(ctx, afterBegin)
}

// commit ends the transaction and keeps its work.
func (s *Session) commit(ctx context.Context) error {
	if s.host == nil {
		if err := s.conn.Commit(ctx); err != nil {
			return err
		}
		s.end()
		return nil
	}
	if err := s.conn.Release(ctx, savepoint(s.host.depth)); err != nil {
		return err
	}
	s.host.depth--
	s.conn = nil
	return nil
}

// undo ends the transaction, if there is one, and undoes its work.
func (s *Session) undo(ctx context.Context) error {
	if s.conn == nil {
		return nil
	}
	conn := s.conn
	s.conn = nil
	if s.host == nil {
		err := conn.Rollback(ctx)
		s.engine.pool.Put(conn)
		return err
	}
	name := savepoint(s.host.depth)
	s.host.depth--
	if s.host.conn != conn || !conn.InTransaction() || conn.Lost() != nil {
		return nil // the transaction has gone, with its savepoints
	}
	return conn.RollbackTo(ctx, name)
}

// end is undo for those who have an error to report already.
func (s *Session) end() { _ = s.undo(context.Background()) }

// Nested runs f in a savepoint of the transaction: what f did is undone if f
// fails or panics, in the database and in the objects that it changed, and the
// rest of the transaction stays. It flushes before f and at its end. A flush
// that fails inside f undoes f only. Rollback inside f ends the whole
// transaction; Commit is an error there.
func (s *Session) Nested(ctx context.Context, f func(ctx context.Context) error) (err error) {
	name, begun, err := s.push(ctx)
	if err != nil {
		return err
	}
	done := false
	defer func() {
		if !done {
			err = errors.Join(err, s.popRestoring(ctx, name, begun))
		}
	}()
	if err := f(ctx); err != nil {
		return err
	}
	if err := s.popKeeping(ctx, name, begun); err != nil {
		return err
	}
	done = true
	return nil
}

// push flushes and sets a savepoint. The number says of which transaction.
func (s *Session) push(ctx context.Context) (name string, begun int, err error) {
	if err := s.enter(); err != nil {
		return "", 0, err
	}
	defer s.leave()
	if err := s.flush(ctx); err != nil {
		return "", 0, err
	}
	if err := s.begin(ctx); err != nil {
		return "", 0, err
	}
	name = savepoint(s.depth() + 1)
	if err := s.conn.Savepoint(ctx, name); err != nil {
		s.settle()
		return "", 0, err
	}
	s.identity.Push()
	return name, s.begun, nil
}

// depth is the number of savepoints of the transaction.
func (s *Session) depth() int {
	if s.host != nil {
		return s.host.depth + s.identity.Depth()
	}
	return s.identity.Depth()
}

// isOpen says whether the transaction is still the one of that number.
func (s *Session) isOpen(begun int) bool {
	return s.conn != nil && s.begun == begun && s.identity.Depth() > 0
}

// popKeeping ends a savepoint and keeps its work.
func (s *Session) popKeeping(ctx context.Context, name string, begun int) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	if !s.isOpen(begun) && s.usable() == nil {
		return errors.New("orm: Nested: the transaction was rolled back inside the block")
	}
	if err := s.flush(ctx); err != nil {
		return err
	}
	if err := s.conn.Release(ctx, name); err != nil {
		return err
	}
	s.identity.PopKeeping()
	return nil
}

// popRestoring ends a savepoint and undoes its work, unless the transaction has
// gone.
func (s *Session) popRestoring(ctx context.Context, name string, begun int) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave()
	if !s.isOpen(begun) || s.conn.Lost() != nil {
		return nil
	}
	s.identity.PopRestoring()
	s.failed, s.rejected = nil, nil
	if err := s.conn.RollbackTo(ctx, name); err != nil {
		s.settle()
		return err
	}
	return nil
}
