package orm_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/ormlab/ormlab/orm"
)

// Customer has orders (one to many), and a card (one to one).
type Customer struct {
	ID     int64                `orm:"primary_key"`
	Name   string               `orm:"size:50"`
	Orders orm.Many[Order]      `orm:"back_populates:Customer,cascade:all delete-orphan,order_by:ID"`
	Open   orm.Many[Order]      `orm:"viewonly,order_by:ID"`
	Card   orm.One[LoyaltyCard] `orm:"back_populates:Customer"`
}

// Order belongs to a customer (many to one).
type Order struct {
	ID         int64  `orm:"primary_key"`
	Item       string `orm:"size:50"`
	Paid       bool
	CustomerID int64             `orm:"foreign_key:customers.id"`
	Customer   orm.One[Customer] `orm:"back_populates:Orders"`
}

// LoyaltyCard is at most one for each customer: its foreign key is unique.
type LoyaltyCard struct {
	ID         int64 `orm:"primary_key"`
	Points     int64
	CustomerID orm.Null[int64]   `orm:"foreign_key:customers.id,unique"`
	Customer   orm.One[Customer] `orm:"back_populates:Card"`
}

var (
	Customers    = orm.Declare[Customer]("customers")
	Orders       = orm.Declare[Order]("orders")
	LoyaltyCards = orm.Declare[LoyaltyCard]("loyalty_cards")

	// What joins Open, besides the foreign key, is said beside the models.
	_ = orm.JoinOn(&Customers.F.Open,
		orm.C(&Customers.F.ID).EqExpr(orm.C(&Orders.F.CustomerID)), orm.C(&Orders.F.Paid).Eq(false))
)

var trade = []orm.Mapped{Customers, Orders, LoyaltyCards}

// items are what was ordered.
func items(orders []*Order) (list []string) {
	for _, o := range orders {
		list = append(list, o.Item)
	}
	return list
}

// Many to one: the object that the foreign key leads to. Setting it is enough;
// the flush inserts the customer first and fills the key.
func ExampleOne() {
	ctx := context.Background()
	session, recorder, end := watched(trade...)
	defer end()
	order := &Order{Item: "tea"}
	check(order.Customer.Set(&Customer{Name: "Ann"}))
	check(session.Add(order))
	check(session.Flush(ctx))
	tell(recorder)
	// Output:
	// INSERT INTO customers (name) VALUES (?) [Ann]
	// INSERT INTO orders (item, paid, customer_id) VALUES (?, ?, ?) [tea false 1]
}

// One to one: a One on both sides. Who gets the card takes it from whoever had
// it.
func ExampleOne_oneToOne() {
	ctx := context.Background()
	session, recorder, end := watched(trade...)
	defer end()
	ann, bob, card := &Customer{Name: "Ann"}, &Customer{Name: "Bob"}, &LoyaltyCard{Points: 7}
	check(session.Add(ann, bob))
	check(ann.Card.Set(card))
	check(session.Flush(ctx))
	recorder.Reset()

	check(bob.Card.Set(card))
	none, err := ann.Card.Get()
	check(err)
	owner, err := card.Customer.Get()
	check(err)
	fmt.Println(none == nil, owner.Name)
	check(session.Flush(ctx))
	tell(recorder) // a card that Bob had would lose its owner
	// Output:
	// true Bob
	// SELECT loyalty_cards.id, loyalty_cards.points, loyalty_cards.customer_id FROM loyalty_cards WHERE ? = loyalty_cards.customer_id [2]
	// UPDATE loyalty_cards SET customer_id=? WHERE loyalty_cards.id = ? [2 1]
}

// The cascade takes the orders with their customer: into the session, and out
// of the database. An order that is taken out of its customer's is an orphan.
func ExampleMany_cascade() {
	ctx := context.Background()
	session, recorder, end := watched(trade...)
	defer end()
	ann, tea := &Customer{Name: "Ann"}, &Order{Item: "tea"}
	check(ann.Orders.Add(tea, &Order{Item: "milk"}))
	check(session.Add(ann)) // save-update
	check(session.Flush(ctx))
	recorder.Reset()

	check(ann.Orders.Remove(tea)) // delete-orphan
	check(session.Flush(ctx))
	tell(recorder)
	check(session.Delete(ann)) // delete; without a cascade a card would lose its owner
	check(session.Flush(ctx))
	tell(recorder)
	// Output:
	// DELETE FROM orders WHERE orders.id = ? [1]
	// SELECT loyalty_cards.id, loyalty_cards.points, loyalty_cards.customer_id FROM loyalty_cards WHERE ? = loyalty_cards.customer_id [1]
	// DELETE FROM orders WHERE orders.id = ? [2]
	// DELETE FROM customers WHERE customers.id = ? [1]
}

// A relationship on conditions of one's own: the foreign key and more. It is
// only read; orders are added to Orders.
func ExampleJoinOn() {
	ctx := context.Background()
	session, recorder, end := watched(trade...)
	defer end()
	ann := &Customer{Name: "Ann"}
	check(ann.Orders.Add(&Order{Item: "tea", Paid: true}, &Order{Item: "milk"}))
	check(session.Add(ann))
	check(session.Commit(ctx))
	recorder.Reset()

	found, err := Customers.Select().Where(orm.Any(&Customers.F.Open)).Options(orm.SelectIn(&Customers.F.Open)).All(ctx, session)
	check(err)
	open, err := found[0].Open.All()
	check(err)
	fmt.Println(items(open))
	tell(recorder)
	fmt.Println(found[0].Open.Add(&Order{Item: "salt"}))
	// Output:
	// [milk]
	// SELECT customers.id, customers.name FROM customers WHERE EXISTS (SELECT 1 FROM orders WHERE customers.id = orders.customer_id AND orders.paid = ?) [false]
	// SELECT orders.id, orders.item, orders.paid, orders.customer_id FROM orders WHERE orders.customer_id IN (?) AND orders.paid = ? ORDER BY orders.id [1 false]
	// orm: changing Customer.Open: it is viewonly; change the relationship that it is a view of
}

// Loaders for objects that are at hand already, by one query for all.
func ExampleLoadAll() {
	ctx := context.Background()
	session, recorder, end := watched(trade...)
	defer end()
	for _, name := range []string{"Ann", "Bob"} {
		c := &Customer{Name: name}
		check(c.Orders.Add(&Order{Item: name + "'s tea"}))
		check(session.Add(c))
	}
	check(session.Commit(ctx))
	check(session.ExpungeAll())
	customers, err := Customers.Select().OrderBy(orm.C(&Customers.F.ID).Asc()).All(ctx, session)
	check(err)
	recorder.Reset()

	check(orm.LoadAll(ctx, session, customers, orm.SelectIn(&Customers.F.Orders)))
	for _, c := range customers {
		orders, err := c.Orders.All()
		check(err)
		fmt.Println(c.Name, items(orders))
	}
	fmt.Println(len(recorder.Statements()), "statement")
	// Output:
	// Ann [Ann's tea]
	// Bob [Bob's tea]
	// 1 statement
}

// Student and Course are many to many. The table between them has a column
// that the relationship does not write.
type Student struct {
	ID      int64            `orm:"primary_key"`
	Name    string           `orm:"size:50"`
	Courses orm.Many[Course] `orm:"back_populates:Students,order_by:ID"`
}

type Course struct {
	ID       int64             `orm:"primary_key"`
	Title    string            `orm:"size:50"`
	Students orm.Many[Student] `orm:"back_populates:Courses,order_by:ID"`
}

var (
	Students = orm.Declare[Student]("students")
	Courses  = orm.Declare[Course]("courses")

	enrolments = orm.NewTable("enrolments",
		orm.Column("student_id", orm.Integer()).PrimaryKey().References("students", "id"),
		orm.Column("course_id", orm.Integer()).PrimaryKey().References("courses", "id"),
		orm.Column("term", orm.String(10)).Default("autumn"))

	_ = orm.Secondary(&Students.F.Courses, enrolments)
)

// Many to many: a row of the table between is inserted and deleted for each
// link. Where that table has nothing of its own, the tag secondary:enrolments
// makes it.
func ExampleSecondary() {
	ctx := context.Background()
	session, recorder, end := watched(Students, Courses, enrolments)
	defer end()
	ann, bob := &Student{Name: "Ann"}, &Student{Name: "Bob"}
	logic := &Course{Title: "Logic"}
	check(logic.Students.Add(ann, bob))
	check(session.Add(logic))
	check(session.Flush(ctx))
	recorder.Reset()

	check(ann.Courses.Remove(logic))
	left, err := logic.Students.All()
	check(err)
	fmt.Println(len(left), left[0].Name)
	check(session.Flush(ctx))
	tell(recorder)
	row, err := orm.Select(enrolments.C("student_id"), enrolments.C("term")).One(ctx, session)
	check(err)
	fmt.Println(row)
	// Output:
	// 1 Bob
	// DELETE FROM enrolments WHERE enrolments.student_id = ? AND enrolments.course_id = ? [1 1]
	// (2, 'autumn')
}

// Recipe leads to ingredients by association objects, which know how much.
type Recipe struct {
	ID      int64            `orm:"primary_key"`
	Name    string           `orm:"size:50"`
	Amounts orm.Many[Amount] `orm:"back_populates:Recipe,cascade:all delete-orphan,order_by:IngredientID"`
}

type Amount struct {
	RecipeID     int64 `orm:"primary_key,foreign_key:recipes.id"`
	IngredientID int64 `orm:"primary_key,foreign_key:ingredients.id"`
	Grams        int64
	Recipe       orm.One[Recipe] `orm:"back_populates:Amounts"`
	Ingredient   orm.One[Ingredient]
}

type Ingredient struct {
	ID   int64  `orm:"primary_key"`
	Name string `orm:"size:50"`
}

var (
	Recipes     = orm.Declare[Recipe]("recipes")
	Amounts     = orm.Declare[Amount]("amounts")
	Ingredients = orm.Declare[Ingredient]("ingredients")
)

// Many to many where the link has columns of its own: it is a model, an
// association object. Through leads past it.
func ExampleThrough() {
	ctx := context.Background()
	session, end := kennel(Recipes, Ingredients, Amounts)
	defer end()
	dough := &Recipe{Name: "dough"}
	for _, part := range []Ingredient{{Name: "flour"}, {Name: "water"}} {
		amount := &Amount{Grams: 500}
		check(amount.Ingredient.Set(&part))
		check(dough.Amounts.Add(amount))
	}
	check(session.Add(dough))
	check(session.Commit(ctx))
	check(session.ExpungeAll())

	dough, err := Recipes.Select().Options(orm.SelectIn(&Recipes.F.Amounts).Then(orm.Joined(&Amounts.F.Ingredient))).One(ctx, session)
	check(err)
	parts, err := orm.Through(&dough.Amounts, func(a *Amount) *orm.One[Ingredient] { return &a.Ingredient })
	check(err)
	for _, p := range parts {
		fmt.Println(p.Name)
	}
	// Output:
	// flour
	// water
}

// Folder refers to itself. The foreign key tells the two directions apart.
type Folder struct {
	ID       int64            `orm:"primary_key"`
	Name     string           `orm:"size:50"`
	ParentID orm.Null[int64]  `orm:"foreign_key:folders.id"`
	Parent   orm.One[Folder]  `orm:"back_populates:Children"`
	Children orm.Many[Folder] `orm:"back_populates:Parent,foreign_key:ParentID,order_by:Name,cascade:all delete-orphan"`
}

var Folders = orm.Declare[Folder]("folders")

// A tree is read level by level: one query for each level, however wide it is.
func ExampleMany_tree() {
	ctx := context.Background()
	session, recorder, end := watched(Folders)
	defer end()
	home, docs := &Folder{Name: "home"}, &Folder{Name: "docs"}
	check(home.Children.Add(docs, &Folder{Name: "music"}))
	check(docs.Children.Add(&Folder{Name: "letters"}))
	check(session.Add(home))
	check(session.Commit(ctx))
	check(session.ExpungeAll())
	recorder.Reset()

	children := &Folders.F.Children
	home, err := Folders.Select().Where(orm.N(&Folders.F.ParentID).IsNull()).
		Options(orm.SelectIn(children).Then(orm.SelectIn(children).Then(orm.SelectIn(children)))).One(ctx, session)
	check(err)
	var show func(f *Folder, indent string)
	show = func(f *Folder, indent string) {
		fmt.Println(indent + f.Name)
		below, err := f.Children.All()
		check(err)
		for _, b := range below {
			show(b, indent+"- ")
		}
	}
	show(home, "")
	fmt.Println(len(recorder.Statements()), "statements")
	// Output:
	// home
	// - docs
	// - - letters
	// - music
	// 4 statements
}

// Playlist keeps its songs in order, in their column Place.
type Playlist struct {
	ID    int64          `orm:"primary_key"`
	Name  string         `orm:"size:50"`
	Songs orm.Many[Song] `orm:"position:Place,cascade:all delete-orphan"`
}

type Song struct {
	ID         int64  `orm:"primary_key"`
	Title      string `orm:"size:50"`
	Place      int64
	PlaylistID int64 `orm:"foreign_key:playlists.id"`
}

var (
	Playlists = orm.Declare[Playlist]("playlists")
	Songs     = orm.Declare[Song]("songs")
)

// Moving an object writes the places that changed.
func ExampleMove() {
	ctx := context.Background()
	session, recorder, end := watched(Playlists, Songs)
	defer end()
	list := &Playlist{Name: "evening"}
	check(list.Songs.Add(&Song{Title: "Air"}, &Song{Title: "Bolero"}, &Song{Title: "Canon"}))
	check(session.Add(list))
	check(session.Flush(ctx))
	recorder.Reset()

	check(orm.Move(&list.Songs, 2, 1))
	check(session.Flush(ctx))
	tell(recorder)
	songs, err := list.Songs.All()
	check(err)
	for _, s := range songs {
		fmt.Println(s.Place, s.Title)
	}
	// Output:
	// UPDATE songs SET place=? WHERE songs.id = ? [2 2]
	// UPDATE songs SET place=? WHERE songs.id = ? [1 3]
	// 0 Air
	// 1 Canon
	// 2 Bolero
}

// A collection as a map by one of its columns.
func ExampleKeyedBy() {
	session, end := kennel(Playlists, Songs)
	defer end()
	list := &Playlist{Name: "evening"}
	check(session.Add(list))
	check(list.Songs.Add(&Song{Title: "Air"}, &Song{Title: "Bolero"}))
	byTitle, err := orm.KeyedBy(&list.Songs, &Songs.F.Title)
	check(err)
	check(list.Songs.Remove(byTitle["Air"]))
	songs, err := list.Songs.All()
	check(err)
	fmt.Println(len(byTitle), len(songs), songs[0] == byTitle["Bolero"])
	// Output: 2 1 true
}

// Sensor has so many readings that nobody wants them all in memory.
type Sensor struct {
	ID       int64             `orm:"primary_key"`
	Room     string            `orm:"size:50"`
	Readings orm.Many[Reading] `orm:"write_only,passive_deletes,cascade:all delete-orphan"`
}

// Reading goes with its sensor: the database deletes it.
type Reading struct {
	ID       int64 `orm:"primary_key"`
	Degrees  int64
	SensorID int64 `orm:"foreign_key:sensors.id,on_delete:cascade"`
}

var (
	Sensors  = orm.Declare[Sensor]("sensors")
	Readings = orm.Declare[Reading]("readings")
)

// boiler is a sensor with three readings.
func boiler() (*orm.Session, *Sensor, *orm.Recorder, func()) {
	session, recorder, end := watched(Sensors, Readings)
	sensor := &Sensor{Room: "boiler"}
	check(sensor.Readings.Add(&Reading{Degrees: 60}, &Reading{Degrees: 75}, &Reading{Degrees: 90}))
	check(session.Add(sensor))
	check(session.Commit(context.Background()))
	_, err := Sensors.Get(context.Background(), session, sensor.ID)
	check(err)
	recorder.Reset()
	return session, sensor, recorder, end
}

// A write_only collection is added to, queried and changed by statements, but
// never read as a whole.
func ExampleWithParent() {
	ctx := context.Background()
	session, sensor, recorder, end := boiler()
	defer end()
	check(sensor.Readings.Add(&Reading{Degrees: 95})) // reads nothing
	_, err := sensor.Readings.Load(ctx)
	fmt.Println(errors.Is(err, orm.ErrNotLoaded))

	degrees := orm.C(&Readings.F.Degrees)
	hottest, err := orm.Related(Readings, &sensor.Readings).OrderBy(degrees.Desc()).Limit(1).One(ctx, session)
	check(err)
	fmt.Println(hottest.Degrees)
	n, err := orm.Delete(Readings).Where(orm.WithParent(&sensor.Readings), degrees.Lt(80)).Exec(ctx, session)
	check(err)
	fmt.Println(n)
	tell(recorder)
	// Output:
	// true
	// 95
	// 2
	// INSERT INTO readings (degrees, sensor_id) VALUES (?, ?) [95 1]
	// SELECT readings.id, readings.degrees, readings.sensor_id FROM readings WHERE ? = readings.sensor_id ORDER BY readings.degrees DESC LIMIT ? [1 1]
	// DELETE FROM readings WHERE ? = readings.sensor_id AND readings.degrees < ? RETURNING id [1 80]
}

// With passive_deletes the flush leaves children that it does not hold to the
// foreign key of the database, ON DELETE CASCADE, instead of reading them.
func ExampleMany_passiveDeletes() {
	ctx := context.Background()
	session, sensor, recorder, end := boiler()
	defer end()
	check(session.Delete(sensor))
	check(session.Flush(ctx))
	tell(recorder)
	n, err := orm.Select1(orm.Count()).From(Readings).One(ctx, session)
	check(err)
	fmt.Println(n)
	// Output:
	// DELETE FROM sensors WHERE sensors.id = ? [1]
	// 0
}
