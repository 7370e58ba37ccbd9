package docs

import (
	"context"
	"math"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/schema"
)

// begin Types of your own
type Cents float64

func (Cents) ColumnType() orm.Type { return orm.Integer() }

func (c Cents) BindValue() (driver.Value, error) {
	return driver.IntValue(int64(math.Round(float64(c) * 100))), nil
}

func (c *Cents) ScanValue(v driver.Value) error {
	*c = Cents(v.Int()) / 100
	return nil
}

// end

var schemaSection = section{"Schema", "A model declares its table by tags; `orm.NewTable` declares one without a model.", []pair{
	{
		features: []int{11, 12, 15, 16}, title: "Tables",
		python: `
			pets = Table("pets", metadata,
			    Column("id", Integer, primary_key=True, autoincrement=True),
			    Column("name", String(50), unique=True, nullable=False),
			    Column("owner", ForeignKey("users.id", ondelete="CASCADE")))`,
		build: func() orm.Compilable {
			pets := orm.NewTable("pets",
				orm.Column("id", orm.Integer()).PrimaryKey().Autoincrement(),
				orm.Column("name", orm.String(50)).Unique().NotNull(),
				orm.Column("owner", orm.Integer()).References("users", "id").OnDelete(schema.Cascade))
			return orm.CreateTable(pets)
		},
		on: all,
	},
	{
		features: []int{11}, title: "create_all and drop_all",
		python: `
			Base.metadata.create_all(engine)
			Base.metadata.drop_all(engine)`,
		run: func(ctx context.Context, engine *orm.Engine) error {
			metadata := orm.NewMetadata(Users, Addresses)
			if err := metadata.CreateAll(ctx, engine); err != nil { // what is there stays
				return err
			}
			err := metadata.DropAll(ctx, engine)
			return err
		},
		note: "There is no global registry of tables: what is created is what the program names.",
	},
	{
		features: []int{12}, title: "Types that differ by database",
		python: `
			String(50).with_variant(CITEXT(), "postgresql")`,
		build: func() orm.Compilable {
			title := orm.String(50).With("postgresql", orm.SQLType("CITEXT"))
			return orm.CreateTable(orm.NewTable("books", orm.Column("title", title)))
		},
		on: lookups,
	},
	{
		features: []int{14}, title: "More types",
		python: `
			class Order(Base):
			    state: Mapped[State]            # Enum
			    total: Mapped[Decimal] = mapped_column(Numeric(10, 2))
			    extra: Mapped[dict] = mapped_column(JSON)
			    key: Mapped[uuid.UUID]
			    took: Mapped[timedelta]
			    on: Mapped[date]`,
		build: func() orm.Compilable {
			type Order struct {
				State string                   `orm:"primary_key,enum:open|paid"`
				Total orm.Decimal              `orm:"precision:10,scale:2"`
				Extra orm.JSON[map[string]any] // documents are read into Go values
				Key   orm.UUID
				On    orm.Date
			}
			return orm.CreateTable(orm.Declare[Order]("orders"))
		},
		on:   lookups,
		note: "Instants are kept in UTC and come back in UTC. An Enum stores its values, not the names of constants, and refuses others before any SQL.",
	},
	{
		features: []int{13}, title: "Types of your own",
		python: `
			class Cents(TypeDecorator):
			    impl = Integer
			    def process_bind_param(self, value, dialect): return round(value * 100)
			    def process_result_value(self, value, dialect): return value / 100`,
		build: func() orm.Compilable {
			type Item struct {
				ID    int64 `orm:"primary_key"`
				Price Cents
			}
			return orm.CreateTable(orm.Declare[Item]("items"))
		},
		note: "`orm.JSON` and `orm.Decimal` are made in this way.",
	},
	{
		features: []int{15, 18}, title: "Keys and defaults",
		python: `
			Table("t", metadata,
			    Column("id", Integer, Identity(start=10), primary_key=True),
			    Column("made", DateTime, server_default=func.now()),
			    Column("area", Integer, Computed("width * height")),
			    Column("width", Integer), Column("height", Integer, default=1))`,
		build: func() orm.Compilable {
			return orm.CreateTable(orm.NewTable("t",
				orm.Column("id", orm.Integer()).PrimaryKey().Identity(schema.Identity{Start: 10}),
				orm.Column("made", orm.DateTime()).Default(schema.SQL("now()")),
				orm.Column("area", orm.Integer()).Computed("width * height", true),
				orm.Column("width", orm.Integer()), orm.Column("height", orm.Integer()).Default(int64(1))))
		},
		on:   pg,
		note: "A default is the database's and, by `Model.New`, the object's; `orm.DefaultFunc` and `orm.OnUpdateFunc` fill a model's field by a function.",
	},
	{
		features: []int{16, 17}, title: "Constraints, indexes and their names",
		python: `
			class Order(Base):
			    __table_args__ = (
			        UniqueConstraint("shop", "number"),
			        CheckConstraint("number > 0"),
			        Index(None, "state", postgresql_where=text("state = 'open'")))
			metadata = MetaData(naming_convention={...})`,
		build: func() orm.Compilable {
			type Order struct {
				ID           int64 `orm:"primary_key"`
				Shop, Number int64
				State        string `orm:"size:10"`
			}
			return orm.CreateTable(orm.Declare[Order]("orders",
				orm.UniqueTogether("Shop", "Number"), orm.Check("number > 0"),
				orm.Index("State").Where("state = 'open'"), orm.WithNaming(schema.DefaultNaming)))
		},
		note: "`CreateAll` makes the indexes behind the table. Tags do the same for single fields: `unique`, `index`, `check:'number > 0'`.",
	},
	{
		features: []int{19}, title: "Views, and tables of a SELECT",
		python: `
			CreateView(select(User.id, User.name), "people")            # 2.1
			CreateTableAs(select(User.name).where(User.age > 30), "old")  # 2.1`,
		build: func() orm.Compilable {
			_ = orm.CreateTableAs("old", orm.Select(name).Where(age.Gt(30)))
			return orm.CreateView("people", orm.Select(id, name))
		},
		note: "A view's query cannot hold Go values, because a view has no arguments. `Metadata.AddView` has views that `CreateAll` makes, `Metadata.Listen` the DDL events; comments and namespaces are `comment:` and `orm.InSchema`.",
	},
	{
		features: []int{20}, title: "Reflection",
		python: `
			inspect(engine).get_table_names()
			metadata.reflect(engine)
			users = metadata.tables["users"]`,
		run: func(ctx context.Context, engine *orm.Engine) error {
			names, err := orm.Inspect(engine).TableNames(ctx)
			if err != nil {
				return err
			}
			there, err := orm.Reflect(ctx, engine)
			if err != nil {
				return err
			}
			_, err = orm.Select(there.Table("users").C("name")).All(ctx, engine)
			_ = names
			return err
		},
		note: "`Metadata.Diff` lists how two descriptions differ. There is no automap: a model is a Go type.",
	},
}}
