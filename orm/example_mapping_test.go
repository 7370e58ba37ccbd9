package orm_test

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/ormlab/ormlab/orm"
)

// watched is kennel with a recorder of the statements that follow.
func watched(models ...orm.Mapped) (*orm.Session, *orm.Recorder, func()) {
	recorder := &orm.Recorder{}
	engine, err := orm.Open("sqlite://", orm.Options{Observers: []orm.Observer{recorder.Observer()}})
	check(err)
	check(orm.CreateAll(context.Background(), engine, models...))
	recorder.Reset()
	session := orm.NewSession(engine)
	return session, recorder, func() { session.Close(); engine.Close() }
}

// tell prints the statements since the last call.
func tell(recorder *orm.Recorder) {
	for _, s := range recorder.Statements() {
		fmt.Println(line(s))
	}
	recorder.Reset()
}

// Signed is a mixin: what embeds it has its column and its method.
type Signed struct {
	Author string `orm:"size:30"`
}

// Validate is asked before a flush sends anything.
func (s *Signed) Validate() error {
	if s.Author == "" {
		return errors.New("nobody has signed it")
	}
	return nil
}

type Letter struct {
	ID   int64  `orm:"primary_key"`
	Text string `orm:"size:200"`
	Signed
}

var Letters = orm.Declare[Letter]("letters")

// The fields of an embedded struct are columns of the model, and its methods
// are the model's.
func ExampleDeclare_mixin() {
	ctx := context.Background()
	session, recorder, end := watched(Letters)
	defer end()
	letter := &Letter{Text: "Come at once."}
	check(session.Add(letter))
	fmt.Println(session.Commit(ctx))

	letter.Author = "Ann"
	check(session.Commit(ctx))
	tell(recorder)
	found, err := Letters.Select().Where(orm.C(&Letters.F.Author).Eq("Ann")).One(ctx, session)
	check(err)
	fmt.Println(found.Author, found.Text)
	// Output:
	// orm: flushing the session: the Letter is not valid: nobody has signed it
	// INSERT INTO letters (text, author) VALUES (?, ?) [Come at once. Ann]
	// Ann Come at once.
}

// A value of several columns is a struct in a field of its own. The prefix
// tells two of them apart.
func ExampleEqComposite() {
	ctx := context.Background()
	type Spot struct{ X, Y int64 }
	type Walk struct {
		ID   int64 `orm:"primary_key"`
		From Spot  `orm:"embedded,prefix:from_"`
		To   Spot  `orm:"embedded,prefix:to_"`
	}
	walks := orm.Declare[Walk]("walks")
	session, recorder, end := watched(walks)
	defer end()
	check(session.Add(&Walk{From: Spot{1, 2}, To: Spot{3, 4}}, &Walk{From: Spot{1, 2}, To: Spot{8, 9}}))
	check(session.Commit(ctx))
	recorder.Reset()

	far, err := walks.Select().Where(orm.EqComposite(&walks.F.From, Spot{1, 2}), orm.C(&walks.F.To.X).Gt(5)).One(ctx, session)
	check(err)
	far.To.Y = 10 // only this column is written
	check(session.Commit(ctx))
	tell(recorder)
	// Output:
	// SELECT walks.id, walks.from_x, walks.from_y, walks.to_x, walks.to_y FROM walks WHERE walks.from_x = ? AND walks.from_y = ? AND walks.to_x > ? LIMIT ? [1 2 5 2]
	// UPDATE walks SET to_y=? WHERE walks.id = ? [10 2]
}

// A key of several columns: Get takes them in the order of the fields.
func ExampleModel_Get_compositeKey() {
	ctx := context.Background()
	type Square struct {
		File  string `orm:"primary_key,size:1"`
		Rank  int64  `orm:"primary_key"`
		Piece string `orm:"size:10"`
	}
	board := orm.Declare[Square]("board")
	session, end := kennel(board)
	defer end()
	check(session.Add(&Square{"e", 1, "king"}, &Square{"e", 2, "pawn"}))
	check(session.Commit(ctx))

	king, err := board.Get(ctx, session, "e", 1)
	check(err)
	fmt.Println(king.Piece)
	_, err = board.Get(ctx, session, "e", 5)
	fmt.Println(errors.Is(err, orm.ErrNoRows))
	_, err = board.Get(ctx, session, "e")
	fmt.Println(err)
	// Output:
	// king
	// true
	// orm: getting a Square: its primary key has 2 columns, got 1 values
}

// A row with the tag version cannot be written over by somebody who has not
// seen its latest state.
func ExampleErrStale() {
	ctx := context.Background()
	type Account struct {
		ID      int64 `orm:"primary_key"`
		Balance int64
		Version int64 `orm:"version"`
	}
	accounts := orm.Declare[Account]("accounts")
	session, recorder, end := watched(accounts)
	defer end()
	account := &Account{Balance: 100}
	check(session.Add(account))
	check(session.Flush(ctx))
	account.Balance = 90
	check(session.Flush(ctx))
	tell(recorder)

	// Somebody else is faster.
	_, err := orm.Text("UPDATE accounts SET balance = 0, version = version + 1").Exec(ctx, session)
	check(err)
	account.Balance = 80
	err = session.Flush(ctx)
	fmt.Println(errors.Is(err, orm.ErrStale))
	// Output:
	// INSERT INTO accounts (balance, version) VALUES (?, ?) [100 1]
	// UPDATE accounts SET balance=?, version=? WHERE accounts.id = ? AND accounts.version = ? [90 2 1 1]
	// true
}

// A large column is left out of queries until somebody asks.
func ExampleDeferred() {
	ctx := context.Background()
	type Essay struct {
		ID    int64                `orm:"primary_key"`
		Title string               `orm:"size:50"`
		Text  orm.Deferred[string] `orm:"type:text"`
	}
	essays := orm.Declare[Essay]("essays")
	session, recorder, end := watched(essays)
	defer end()
	essay := &Essay{Title: "On gardens"}
	essay.Text.Set("God Almighty first planted a garden.")
	check(session.Add(essay))
	check(session.Commit(ctx))
	check(session.ExpungeAll())
	recorder.Reset()

	essay, err := essays.Get(ctx, session, 1)
	check(err)
	_, err = essay.Text.Get()
	fmt.Println(errors.Is(err, orm.ErrNotLoaded))
	text, err := essay.Text.Load(ctx)
	check(err)
	fmt.Println(text)
	tell(recorder)

	check(session.ExpungeAll())
	essay, err = essays.Select().Where(orm.N(&essays.F.Text).Like("God%")).Options(orm.Undefer(&essays.F.Text)).One(ctx, session)
	check(err)
	fmt.Println(essay.Text.Loaded())
	// Output:
	// true
	// God Almighty first planted a garden.
	// SELECT essays.id, essays.title FROM essays WHERE essays.id = ? [1]
	// SELECT essays.text FROM essays WHERE essays.id = ? [1]
	// true
}

// One query reads less of each object. What was not read is never written.
func ExampleLoadOnly() {
	ctx := context.Background()
	session, recorder, end := watched(Pets)
	defer end()
	check(session.Add(&Pet{Name: "Fluffy", Hunger: 5}))
	check(session.Commit(ctx))
	check(session.ExpungeAll())
	recorder.Reset()

	fluffy, err := Pets.Select().Options(orm.LoadOnly(&Pets.F.Name)).One(ctx, session)
	check(err)
	seen, err := session.Inspect(fluffy)
	check(err)
	fmt.Println(seen.Unloaded, fluffy.Hunger)
	fluffy.Name = "Flo"
	check(session.Flush(ctx))
	check(session.Refresh(ctx, fluffy, &Pets.F.Hunger))
	fmt.Println(fluffy.Hunger)
	tell(recorder)
	// Output:
	// [Pet.Species Pet.Hunger] 0
	// 5
	// SELECT pets.id, pets.name FROM pets LIMIT ? [2]
	// UPDATE pets SET name=? WHERE pets.id = ? [Flo 1]
	// SELECT pets.hunger FROM pets WHERE pets.id = ? [1]
}

// A field that is no column is filled in by the database whenever an object is
// read, and can stand in conditions.
func ExampleColumnProperty() {
	ctx := context.Background()
	type Field struct {
		ID     int64 `orm:"primary_key"`
		Width  int64
		Length int64
		Area   int64 `orm:"expression"`
	}
	fields := orm.Declare[Field]("fields")
	check(orm.ColumnProperty(&fields.F.Area, orm.MulExpr(orm.C(&fields.F.Width), orm.C(&fields.F.Length))))
	session, recorder, end := watched(fields)
	defer end()
	check(session.Add(&Field{Width: 2, Length: 3}, &Field{Width: 4, Length: 5}))
	check(session.Commit(ctx))
	check(session.ExpungeAll())
	recorder.Reset()

	large, err := fields.Select().Where(orm.C(&fields.F.Area).Gt(10)).One(ctx, session)
	check(err)
	fmt.Println(large.Area)
	tell(recorder)
	// Output:
	// 20
	// SELECT fields.id, fields.width, fields.length, fields.width * fields.length AS area FROM fields WHERE fields.width * fields.length > ? LIMIT ? [10 2]
}

// In one query the expression is another, such as a rank or a distance.
func ExampleWithExpression() {
	ctx := context.Background()
	type Racer struct {
		ID      int64 `orm:"primary_key"`
		Name    string
		Seconds int64
		Rank    orm.Null[int64] `orm:"expression"`
	}
	racers := orm.Declare[Racer]("racers")
	session, end := kennel(racers)
	defer end()
	check(session.Add(&Racer{Name: "Ann", Seconds: 62}, &Racer{Name: "Bob", Seconds: 58}))
	check(session.Commit(ctx))
	check(session.ExpungeAll())

	rank := orm.Over(orm.Rank(), orm.Window{}.OrderBy(orm.C(&racers.F.Seconds).Asc()))
	list, err := racers.Select().Options(orm.WithExpression(&racers.F.Rank, rank)).OrderBy(orm.C(&racers.F.ID).Asc()).All(ctx, session)
	check(err)
	for _, r := range list {
		fmt.Println(r.Name, r.Rank)
	}
	// Output:
	// Ann 2
	// Bob 1
}

// A hook of a model sees each object that a flush writes, and may change it; an
// error stops the flush. There are hooks before and after INSERT, UPDATE and
// DELETE.
func ExampleOnBeforeInsert() {
	ctx := context.Background()
	type Member struct {
		ID    int64  `orm:"primary_key"`
		Email string `orm:"size:50"`
	}
	members := orm.Declare[Member]("members")
	orm.OnBeforeInsert(members, func(_ context.Context, m *Member) error {
		m.Email = strings.ToLower(m.Email)
		return nil
	})
	orm.OnAfterInsert(members, func(_ context.Context, m *Member) error {
		fmt.Println("welcome,", m.Email, "number", m.ID)
		return nil
	})
	orm.OnBeforeDelete(members, func(context.Context, *Member) error { return errors.New("nobody leaves") })
	session, end := kennel(members)
	defer end()
	ann := &Member{Email: "Ann@Example.org"}
	check(session.Add(ann))
	check(session.Commit(ctx))
	check(session.Delete(ann))
	fmt.Println(session.Commit(ctx))
	// Output:
	// welcome, ann@example.org number 1
	// orm: flushing the session: OnBeforeDelete of a Member: nobody leaves
}
