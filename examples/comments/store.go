package main

import (
	"context"
	"fmt"

	"github.com/ormlab/ormlab/orm"
)

// Store is what the application asks of its database: each method is one unit
// of work.
type Store struct{ engine *orm.Engine }

// open opens the database and makes the tables that are missing.
func open(ctx context.Context, url string, options orm.Options) (*Store, error) {
	engine, err := orm.Open(url, options)
	if err != nil {
		return nil, err
	}
	if err := orm.CreateAll(ctx, engine, Users, Comments); err != nil {
		return nil, err
	}
	return &Store{engine}, nil
}

// session is one that does not see what was removed.
func (st *Store) session() *orm.Session {
	s := orm.NewSession(st.engine)
	s.AddCriteria(visible)
	return s
}

// do runs a unit of work, and commits it unless it fails.
func (st *Store) do(ctx context.Context, work func(s *orm.Session) error) error {
	s := st.session()
	defer s.Close()
	if err := work(s); err != nil {
		return err
	}
	return s.Commit(ctx)
}

// AddUsers adds users by their names.
func (st *Store) AddUsers(ctx context.Context, names ...string) error {
	return st.do(ctx, func(s *orm.Session) error {
		for _, name := range names {
			if err := s.Add(&User{Name: name}); err != nil {
				return err
			}
		}
		return nil
	})
}

// Say adds a user's comment on a page, or a reply if parent is not 0, and
// returns its number.
func (st *Store) Say(ctx context.Context, author, page, body string, parent int64) (int64, error) {
	c := &Comment{Page: page, Body: body}
	err := st.do(ctx, func(s *orm.Session) error {
		user, err := Users.Select().Where(orm.C(&Users.F.Name).Eq(author)).One(ctx, s)
		if err != nil {
			return fmt.Errorf("looking for %s: %w", author, err)
		}
		if parent != 0 {
			above, err := Comments.Get(ctx, s, parent)
			if err != nil {
				return fmt.Errorf("looking for comment %d: %w", parent, err)
			}
			if err := c.Parent.Set(above); err != nil {
				return err
			}
		}
		return user.Comments.Add(c) // which brings it into the session
	})
	return c.ID, err
}

// Tree returns the comments on a page that reply to nothing. Their replies and
// the replies to those are loaded, each level by one query, and all authors.
func (st *Store) Tree(ctx context.Context, page string) ([]*Comment, error) {
	s := st.session()
	defer s.Close()
	author := orm.Joined(&Comments.F.Author)
	return Comments.Select().
		Where(orm.C(&Comments.F.Page).Eq(page), orm.N(&Comments.F.ParentID).IsNull()).
		OrderBy(orm.C(&Comments.F.ID).Asc()).
		Options(author, orm.SelectIn(&Comments.F.Replies).Then(author, orm.SelectIn(&Comments.F.Replies).Then(author, orm.Raise(&Comments.F.Replies)))).
		All(ctx, s)
}

// Page returns a page of the comments, newest first, and how many there are.
// It suits links such as "page 2 of 7": the database counts past what stands
// before.
func (st *Store) Page(ctx context.Context, number, size int) (list []*Comment, total int64, err error) {
	s := st.session()
	defer s.Close()
	total, err = orm.Select1(orm.Count()).From(Comments).Where(orm.C(&Comments.F.Removed).Eq(false)).One(ctx, s)
	if err != nil {
		return nil, 0, err
	}
	list, err = newest.Limit(size).Offset((number-1)*size).All(ctx, s)
	return list, total, err
}

// Older returns the comments that came before one, newest first. It suits
// "more" buttons: the index finds the first row at once, however far down, and
// comments that come meanwhile shift nothing.
func (st *Store) Older(ctx context.Context, than int64, size int) ([]*Comment, error) {
	s := st.session()
	defer s.Close()
	return newest.Where(orm.C(&Comments.F.ID).Lt(than)).Limit(size).All(ctx, s)
}

var newest = Comments.Select().OrderBy(orm.C(&Comments.F.ID).Desc()).Options(orm.Joined(&Comments.F.Author))

// Latest returns the users with their n latest comments each, in two queries.
func (st *Store) Latest(ctx context.Context, n int) ([]*User, error) {
	s := st.session()
	defer s.Close()
	return Users.Select().OrderBy(orm.C(&Users.F.Name).Asc()).
		Options(orm.SelectIn(&Users.F.Comments).OrderBy(orm.C(&Comments.F.ID).Desc()).Limit(n)).
		All(ctx, s)
}

// Remove hides a comment. Its row stays.
func (st *Store) Remove(ctx context.Context, id int64) error {
	return st.do(ctx, func(s *orm.Session) error {
		c, err := Comments.Get(ctx, s, id)
		if err != nil {
			return fmt.Errorf("looking for comment %d: %w", id, err)
		}
		c.Removed = true
		return nil
	})
}

// Forget deletes a user with all comments, hidden ones included, and all
// replies to them.
func (st *Store) Forget(ctx context.Context, name string) error {
	return st.do(ctx, func(s *orm.Session) error {
		user, err := Users.Select().Where(orm.C(&Users.F.Name).Eq(name)).One(ctx, s)
		if err != nil {
			return fmt.Errorf("looking for %s: %w", name, err)
		}
		return s.Delete(user)
	})
}

// Count is the number of comments, hidden ones included.
func (st *Store) Count(ctx context.Context) (int64, error) {
	return orm.Select1(orm.Count()).From(Comments).One(ctx, st.engine)
}
