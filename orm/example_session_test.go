package orm_test

import (
	"context"
	"errors"
	"fmt"
	"log"

	"github.com/ormlab/ormlab/orm"
)

// kennel is a session on an empty database in memory, for examples.
func kennel(models ...orm.Mapped) (*orm.Session, func()) {
	engine, err := orm.Open("sqlite://", orm.Options{})
	if err != nil {
		log.Fatal(err)
	}
	if err := orm.CreateAll(context.Background(), engine, models...); err != nil {
		log.Fatal(err)
	}
	session := orm.NewSession(engine)
	return session, func() { session.Close(); engine.Close() }
}

// check ends an example that fails.
func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// What fails in the block is undone, in the database and in the objects; the
// rest of the transaction stays.
func ExampleSession_Nested() {
	ctx := context.Background()
	session, end := kennel(Pets)
	defer end()
	fluffy := &Pet{Name: "Fluffy", Hunger: 5}
	check(session.Add(fluffy))

	err := session.Nested(ctx, func(ctx context.Context) error {
		fluffy.Hunger = 0
		if err := session.Flush(ctx); err != nil {
			return err
		}
		return errors.New("the bowl was empty")
	})
	fmt.Println(err)
	fmt.Println(fluffy.Hunger)
	check(session.Commit(ctx))
	// Output:
	// the bowl was empty
	// 5
}

// An object's way through a session.
func ExampleSession_Inspect() {
	ctx := context.Background()
	session, end := kennel(Pets)
	defer end()
	fluffy := &Pet{Name: "Fluffy", Hunger: 5}
	tell := func() {
		i, err := session.Inspect(fluffy)
		check(err)
		fmt.Println(i.State, i.Key, i.Expired, i.Changes)
	}
	tell()
	check(session.Add(fluffy))
	tell()
	check(session.Flush(ctx))
	fluffy.Hunger = 4
	tell()
	check(session.Commit(ctx))
	tell()
	check(session.Delete(fluffy))
	check(session.Flush(ctx))
	tell()
	check(session.Commit(ctx))
	tell()
	// Output:
	// transient [] false []
	// pending [] false []
	// persistent [1] false [{Pet.Hunger hunger 5 4}]
	// persistent [1] true []
	// deleted [1] true []
	// detached [] false []
}

// Queries see what was changed and not flushed: they flush first.
func ExampleSession_NoAutoflush() {
	ctx := context.Background()
	session, end := kennel(Pets)
	defer end()
	check(session.Add(&Pet{Name: "Fluffy"}))
	count := func() error {
		n, err := orm.Select1(orm.Count()).From(Pets).One(ctx, session)
		fmt.Println(n)
		return err
	}
	check(session.NoAutoflush(count))
	check(count())
	// Output:
	// 0
	// 1
}

// An object from outside, such as one that a form gave, goes into the row that
// has its key.
func ExampleMerge() {
	ctx := context.Background()
	session, end := kennel(Pets)
	defer end()
	check(session.Add(&Pet{Name: "Fluffy", Hunger: 5}))
	check(session.Commit(ctx))

	saved, err := orm.Merge(ctx, session, &Pet{ID: 1, Name: "Fluffy", Hunger: 2})
	check(err)
	history, err := orm.History(session, saved, &Pets.F.Hunger)
	check(err)
	fmt.Println(history.Old, "->", history.New)
	// Output: 5 -> 2
}

// What somebody else wrote is seen once the object has expired.
func ExampleSession_Expire() {
	ctx := context.Background()
	session, end := kennel(Pets)
	defer end()
	fluffy := &Pet{Name: "Fluffy", Hunger: 5}
	check(session.Add(fluffy))
	check(session.Flush(ctx))
	_, err := orm.Text("UPDATE pets SET hunger = 9").Exec(ctx, session)
	check(err)

	check(session.Expire(fluffy))
	_, err = Pets.Get(ctx, session, fluffy.ID)
	check(err)
	fmt.Println(fluffy.Hunger)
	// Output: 9
}

// A test runs code that commits in the transaction of a connection, and has its
// database back at the end.
func ExampleConn_Session() {
	ctx := context.Background()
	engine, err := orm.Open("sqlite://", orm.Options{})
	check(err)
	defer engine.Close()
	check(orm.CreateAll(ctx, engine, Pets))

	conn, err := engine.Connect(ctx)
	check(err)
	session := conn.Session()
	check(session.Add(&Pet{Name: "Fluffy"}))
	check(session.Commit(ctx)) // RELEASE SAVEPOINT
	check(session.Close())
	check(conn.Close()) // ROLLBACK

	n, err := orm.Select1(orm.Count()).From(Pets).One(ctx, engine)
	check(err)
	fmt.Println(n)
	// Output: 0
}

// The functions run when the session does what they are named after.
func ExampleSession_Listen() {
	ctx := context.Background()
	session, end := kennel(Pets)
	defer end()
	told := func(what string) orm.SessionEvent {
		return func(context.Context, *orm.Session) error { fmt.Println(what); return nil }
	}
	session.Listen(orm.Events{BeforeCommit: told("before commit"), BeforeFlush: told("before flush"),
		AfterBegin: told("after begin"), AfterFlush: told("after flush"), AfterCommit: told("after commit")})
	check(session.Add(&Pet{Name: "Fluffy"}))
	check(session.Commit(ctx))
	// Output:
	// before commit
	// before flush
	// after begin
	// after flush
	// after commit
}
