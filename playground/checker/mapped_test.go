package checker

// The program of TestModels: it is compiled here, and read as a text there.

import (
	"time"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/schema"
)

type mood string

func (mood) EnumValues() []string { return []string{"calm", "hungry"} }

type phone struct{ digits string }

func (phone) ColumnType() schema.Type            { return orm.String(15) }
func (p phone) BindValue() (driver.Value, error) { return driver.TextValue(p.digits), nil }
func (p *phone) ScanValue(v driver.Value) error  { p.digits = v.Text(); return nil }

type (
	id   int64
	lump []byte
)

type stamped struct {
	CreatedAt time.Time
	UpdatedAt *time.Time
}

type point struct{ X, Y float64 }

type Kinds struct {
	stamped
	ID       id `orm:"primary_key"`
	Small    int8
	Unsigned uint32
	Price    orm.Decimal `orm:"precision:8,scale:2"`
	Name     string      `orm:"size:40,unique"`
	Story    string      `orm:"type:text"`
	Nick     orm.Null[string]
	Age      *int
	Set      orm.Opt[int16]
	Always   orm.Opt[bool] `orm:"not_null,server_default:1"`
	Later    orm.Deferred[orm.Null[[]byte]]
	Raw      lump
	Day      orm.Date
	At       orm.TimeOfDay
	Long     time.Duration
	Settings orm.JSON[map[string]int]
	UUID     orm.UUID
	Other    [16]byte
	Mood     mood
	Size     string `orm:"enum:S|M|XXL"`
	Phone    phone
	Native   string `orm:"sql_type:CLOB,name:as_is"`
	Checked  int    `orm:"check:'checked IN (1, 2)',default:1"`
	Sum      int    `orm:"computed:'small + unsigned'"`
	Start    point  `orm:"embedded,prefix:start_"`
	Words    int    `orm:"expression"`
	Skipped  func() `orm:"-"`
	hidden   int
}

type Shop struct {
	Country string `orm:"primary_key,size:2"`
	Number  int    `orm:"primary_key"`
}

type Offer struct {
	ID          int32 `orm:"primary_key,autoincrement"`
	ShopCountry string
	ShopNumber  int
	Parent      orm.Null[int32] `orm:"foreign_key:offers.id,on_delete:set_null,on_update:cascade"`
	Tags        orm.Many[Tag]   `orm:"secondary:offers_tags,back_populates:Offers"`
	Similar     orm.Many[Offer] `orm:"secondary:similar,foreign_key:from_id"`
}

type Tag struct {
	Name   string          `orm:"primary_key"`
	Offers orm.Many[Offer] `orm:"secondary:offers_tags,back_populates:Tags"`
}

type Passport struct {
	HolderID int64 `orm:"primary_key,foreign_key:employees.id"`
}

type Employee struct {
	orm.Polymorphic
	ID   int16 `orm:"primary_key"`
	Type string
}

type Engineer struct {
	Employee
	Language string
}

type Lead struct {
	Engineer
	Team orm.Null[string]
}

type Manager struct {
	Employee
	Budget orm.Null[int64]
}

type Foreign struct {
	Key  int64
	Text string
}

const shops = "shops"

var number = orm.Column("number", orm.Integer())

var (
	mappedEmployees = orm.Declare[Employee]("employees", orm.PolymorphicOn("Type", "employee"))
	mappedEngineers = orm.Declare[Engineer]("engineers", orm.Inherits(mappedEmployees, "engineer"))

	mapped = orm.NewMetadata(
		orm.Declare[Kinds]("kinds", orm.UniqueTogether("Small", "Unsigned"), orm.Index("Name").Named("by_name")),
		orm.Declare[Shop](shops),
		orm.Declare[Offer]("offers", orm.ForeignKey("ShopCountry", "ShopNumber").References(shops, "country", "number").OnDelete(schema.Cascade)),
		orm.Declare[Tag]("tags"),
		orm.Declare[Passport]("passports"),
		mappedEmployees, mappedEngineers,
		orm.Declare[Lead]("engineers", orm.Inherits(mappedEngineers, "lead")),
		orm.Declare[Manager]("employees", orm.Inherits(mappedEmployees, "manager")),
		orm.Declare[Foreign]("foreign_types", orm.Field("Key", "primary_key"), orm.Field("Text", "name:body,size:9")),
		orm.NewTable("plain",
			orm.Column("id", orm.BigInteger()).PrimaryKey(),
			orm.Column("shop", orm.String(2)).NotNull().Default("x"),
			number,
			orm.Column("owner", orm.SmallInteger()).References("employees", "id").OnDelete(schema.SetNull),
			orm.Column("price", orm.Numeric(6, 1)).Comment("in euros"),
			orm.Column("mood", orm.Enum("", "bad", "better")),
			orm.Column("place", orm.SQLType("POINT")),
			orm.ForeignKey("shop", "number").References(shops, "country", "number")),
	)
)
