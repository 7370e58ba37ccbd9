package dialect_test

import (
	"errors"
	"time"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

var (
	petID     = col(pets, "id")
	petName   = col(pets, "name")
	species   = col(pets, "species")
	hunger    = col(pets, "hunger")
	nameKind  = []*schema.Column{petName.Column, species.Column}
	userName  = col(users, "name")
	userID    = col(users, "id")
	userAdmin = col(users, "admin")
)

func set(c expr.Column, v expr.Expr) expr.Assignment {
	return expr.Assignment{Column: c.Column, Value: v}
}

var changeCases = []testCase{
	{"insert rows", expr.Insert{Table: pets, Columns: nameKind, Rows: [][]expr.Expr{
		{val(petName, "Rex"), val(species, "Dog")}, {val(petName, "Tom"), expr.Null{}}}}},
	{"insert a NULL value", expr.Insert{Table: pets, Columns: nameKind, Rows: [][]expr.Expr{
		{val(petName, "Rex"), val(species, (*string)(nil))}}}},
	{"insert an expression", expr.Insert{Table: pets, Columns: nameKind, Rows: [][]expr.Expr{
		{op(expr.Concat, val(petName, "R"), val(petName, "ex")), expr.Func{Name: "upper", Args: []expr.Expr{bind("dog")}}}}}},
	{"insert defaults", expr.Insert{Table: pets, Rows: [][]expr.Expr{{}}}},
	{"insert and return", expr.Insert{Table: pets, Columns: nameKind[:1], Rows: [][]expr.Expr{{val(petName, "Rex")}},
		Returning: []expr.Expr{petID, expr.Label{Name: "h", Operand: hunger}}}},
	{"insert all kinds of values", expr.Insert{Table: users,
		Columns: []*schema.Column{userAdmin.Column, col(users, "score").Column, col(users, "seen").Column, col(users, "photo").Column},
		Rows: [][]expr.Expr{{val(userAdmin, true), val(col(users, "score"), 3),
			val(col(users, "seen"), time.Date(2026, 5, 4, 3, 2, 1, 123456789, time.FixedZone("", 3600))),
			val(col(users, "photo"), []byte{1, 2})}}}},
	{"insert no rows", expr.Insert{Table: pets, Columns: nameKind}},
	{"insert several rows of defaults", expr.Insert{Table: pets, Rows: [][]expr.Expr{{}, {}}}},
	{"insert a short row", expr.Insert{Table: pets, Columns: nameKind, Rows: [][]expr.Expr{
		{val(petName, "Rex"), val(species, "Dog")}, {val(petName, "Tom")}}}},
	{"insert a column of another table", expr.Insert{Table: pets, Columns: []*schema.Column{userName.Column},
		Rows: [][]expr.Expr{{bind("x")}}}},
	{"insert a column twice", expr.Insert{Table: pets, Columns: []*schema.Column{petName.Column, petName.Column},
		Rows: [][]expr.Expr{{bind("x"), bind("y")}}}},
	{"insert a value of another type", expr.Insert{Table: pets, Columns: []*schema.Column{hunger.Column},
		Rows: [][]expr.Expr{{val(hunger, "much")}}}},

	{"update", expr.Update{Table: pets, Set: []expr.Assignment{set(hunger, val(hunger, 3))}, Where: eq(petID, 1)}},
	{"update by expressions", expr.Update{Table: pets, Set: []expr.Assignment{
		set(hunger, op(expr.Add, hunger, val(hunger, 1))), set(species, expr.Null{}),
		set(petName, op(expr.Concat, petName, val(petName, "!")))}, Where: expr.IsNull{Operand: species}}},
	{"update all", expr.Update{Table: pets, Set: []expr.Assignment{set(hunger, val(hunger, 0))}, AllRows: true}},
	{"update without where", expr.Update{Table: pets, Set: []expr.Assignment{set(hunger, val(hunger, 0))}}},
	{"update nothing", expr.Update{Table: pets, Where: eq(petID, 1)}},
	{"update twice", expr.Update{Table: pets, Set: []expr.Assignment{set(hunger, bind(1)), set(hunger, bind(2))}, AllRows: true}},
	{"update another table's column", expr.Update{Table: pets, Set: []expr.Assignment{set(userName, bind("x"))}, AllRows: true}},
	{"update where another table", expr.Update{Table: pets, Set: []expr.Assignment{set(hunger, bind(1))}, Where: eq(userID, 1)}},

	{"delete", expr.Delete{Table: pets, Where: eq(petID, 1)}},
	{"delete all", expr.Delete{Table: pets, AllRows: true}},
	{"delete where something is invalid", expr.Delete{Table: pets, Where: and(no, expr.Invalid{Err: errors.New("pets has no column x")})}},
	{"delete without where", expr.Delete{Table: pets}},
}
