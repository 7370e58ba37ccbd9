// Package orm maps Go structs to the tables of a relational database, in the
// manner of SQLAlchemy: an engine, statements as values, models, and sessions
// that track what changed.
//
// A program declares its models, opens an [Engine], and works in a [Session]:
//
//	type Pet struct {
//		ID   int64  `orm:"primary_key,autoincrement"`
//		Name string `orm:"size:50,unique"`
//	}
//
//	var Pets = orm.Declare[Pet]("pets")
//
//	engine, err := orm.Open("sqlite:///pets.db", orm.Options{})
//	err = orm.CreateAll(ctx, engine, Pets)
//	session := orm.NewSession(engine)
//	session.Add(&Pet{Name: "Fluffy"})
//	err = session.Commit(ctx)
//	pets, err := Pets.Select().Where(orm.C(&Pets.F.Name).Like("F%")).All(ctx, session)
//
// It imports the dialect of its database for the side effect:
//
//	import _ "github.com/ormlab/ormlab/orm/dialect/sqlite"
//
// # Columns
//
// The address of a field of a model's prototype names its column, so that the
// compiler checks what is compared: [C](&Pets.F.Name) is an [Expr][string]. For
// a field of type [Null] use [N], which gives the expression of its value.
//
// # Statements
//
// A statement is an immutable value: every method returns a new one, and
// several goroutines may share it. A Go value in a statement travels to the
// database as an argument, never as SQL text.
//
// # Values
//
// A plain field is always written, zero or not; a field that may be NULL has
// the type [Null] or is a pointer. The tag option omitzero makes zero mean
// unset, so that the column's default applies.
//
// # Tags
//
// The tag orm of a field holds options between commas:
//
//	primary_key          part of the primary key
//	autoincrement        the database makes the key and never uses it again
//	name:other           the column's name; without it the field's, in snake_case
//	size:50              greatest number of characters
//	precision:10,scale:2 the digits of a Decimal, and those behind the point
//	type:bigint          smallint, integer, bigint, string, text, boolean, float, blob, datetime,
//	                     numeric, date, time, interval, json, uuid
//	sql_type:CITEXT      the type as CREATE TABLE writes it
//	enum:open|closed     the texts that are allowed
//	unique               no two rows have the same value
//	unique:name          nor the same values in all fields with that name
//	index, index:name    an index on the field, or on all fields with that name
//	check:'n > 0'        a condition on the columns
//	default:20           the default, in the database and for Model.New
//	server_default:now() the default as an SQL expression
//	update_sql:now()     what an UPDATE sets the column to, unless the field has changed
//	computed:'a + b'     GENERATED ALWAYS AS, stored; virtual: not stored
//	identity             the database counts the key as the SQL standard says
//	sequence:name        the default comes from a sequence
//	omitzero             the zero value means unset
//	not_null             an Opt that is unset or has a value, but is never NULL
//	foreign_key:users.id the column that this one refers to
//	on_delete:cascade    restrict, set_null, set_default, no_action; on_update likewise
//	deferrable:deferred  when the foreign key is checked: immediate or deferred
//	collate:NOCASE       the rules by which the database compares the text
//	version              counts the changes of a row, so that a stale object is not written
//	comment:'for people' a comment in the database
//	-                    not a column
//
// A value that holds a comma stands in single quotes. What concerns several
// columns is said by a [TableOption].
//
// # Relationships
//
// A field of the type [Many] or [One] is a relationship: the objects of another
// model that belong to this one. The foreign keys of the tables say which.
//
//	type User struct {
//		ID       int64 `orm:"primary_key"`
//		Comments orm.Many[Comment] `orm:"back_populates:Author,order_by:ID"`
//	}
//	type Comment struct {
//		ID       int64 `orm:"primary_key"`
//		AuthorID int64 `orm:"foreign_key:users.id"`
//		Author   orm.One[User] `orm:"back_populates:Comments"`
//	}
//
//	users, err := Users.Select().Options(orm.SelectIn(&Users.F.Comments)).All(ctx, session)
//	comments, err := users[0].Comments.All()
//
// Nothing is read behind the program's back: what nobody loaded is
// [ErrNotLoaded], and the handle's Load reads it. The tag of a handle holds
//
//	back_populates:Author   the handle at the other end, which is kept in step
//	foreign_key:AuthorID    the fields that hold the key, if several could
//	secondary:post_tags     the table between the two, for many to many
//	order_by:Name desc ID   how Load and SelectIn sort
//	cascade:all delete-orphan
//	                        save-update, merge, refresh-expire, expunge, delete
//	                        (all of these: all), delete-orphan, or none;
//	                        save-update and merge without the option
//	viewonly                never written
//	passive_deletes         ON DELETE of the database does what is not loaded
//	post_update             the key is written by an UPDATE of its own
//
// A flush writes what was added to handles and taken out: it fills the foreign
// keys, inserts parents before children and deletes children before parents. A
// child that is taken out, or whose parent is deleted, gets NULL as its key,
// unless the cascade deletes it.
//
// # Types
//
// Besides Go's own types a field can be a [Decimal], [Date], [TimeOfDay],
// [UUID], [JSON], a time.Duration, a string type with a method EnumValues, a
// slice (an array, on PostgreSQL), or a type with the methods ColumnType,
// BindValue and ScanValue. Instants are kept in UTC, to the microsecond, and
// come back in UTC, whatever the zone in which they were given. [Opt] keeps
// unset, NULL and a value apart.
//
// A model's mistakes are reported all at once by [Model.Err] and by everything
// that uses the model.
package orm
