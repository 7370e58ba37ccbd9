package docs

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect/postgres"
)

// begin models
type User struct {
	ID   int64            `orm:"primary_key"`
	Name string           `orm:"size:30"`
	Full orm.Null[string] `orm:"size:50"`
	Age  int64
}

type Address struct {
	ID     int64  `orm:"primary_key,autoincrement"`
	Email  string `orm:"size:50,unique"`
	UserID int64  `orm:"foreign_key:users.id"`
}

var (
	Users     = orm.Declare[User]("users")
	Addresses = orm.Declare[Address]("addresses")

	id    = orm.C(&Users.F.ID)
	name  = orm.C(&Users.F.Name)
	full  = orm.N(&Users.F.Full)
	age   = orm.C(&Users.F.Age)
	email = orm.C(&Addresses.F.Email)
	owner = orm.C(&Addresses.F.UserID)
)

// end

var engineSection = section{"Engine and URL", "", []pair{
	{
		features: []int{1}, title: "URLs",
		python: `
			url = URL.create("postgresql", username="ann", password="p@ss", host="db", database="shop")
			str(url)  # postgresql://ann:***@db/shop`,
		run: func(ctx context.Context, engine *orm.Engine) error {
			url := orm.URL{Scheme: "postgresql", User: "ann", Password: "p@ss", Host: "db", Database: "shop"}
			fmt.Println(url) // postgresql://ann:***@db/shop
			_, err := orm.ParseURL(url.Reveal())
			return err
		},
		note: "The dialect is registered by an import for its effect, such as `_ \"github.com/ormlab/ormlab/orm/dialect/postgres\"`.",
	},
	{
		features: []int{2, 3, 4}, title: "Engine, pool and echo",
		python: `
			engine = create_engine("sqlite://", echo=True, pool_size=5, pool_timeout=10,
			                       pool_recycle=3600, pool_pre_ping=True)`,
		run: func(ctx context.Context, engine *orm.Engine) error {
			engine, err := orm.Open("sqlite://", orm.Options{Echo: io.Discard, PoolSize: 5, PoolTimeout: 10 * time.Second,
				PoolRecycle: time.Hour, PrePing: true})
			if err != nil {
				return err
			}
			defer engine.Close()
			return nil
		},
		note: "`Echo` is a writer, such as `os.Stderr`. Like `create_engine`, `Open` does not connect. `PoolSize` is the most connections that are ever open: there is no overflow. A connection that comes back is rolled back; a database in memory has only one. `HideArgs` keeps values out of the echo and of errors.",
	},
	{
		features: []int{2}, title: "A block that commits",
		python: `
			with engine.begin() as conn:
			    conn.execute(insert(User).values(id=3, name="jack", age=41))`,
		run: func(ctx context.Context, engine *orm.Engine) error {
			err := engine.Transaction(ctx, func(tx orm.Executor) error {
				_, err := orm.Insert(Users, "id", "name", "age").Row(3, "jack", 41).Exec(ctx, tx)
				return err // an error, or a panic, rolls back
			})
			return err
		},
		echo: true,
	},
	{
		features: []int{2}, title: "Commit as you go",
		python: `
			with engine.connect() as conn:
			    conn.execute(update(User).where(User.id == 1).values(age=31))
			    conn.commit()`,
		run: func(ctx context.Context, engine *orm.Engine) error {
			conn, err := engine.Connect(ctx)
			if err != nil {
				return err
			}
			defer conn.Close() // rolls back what was not committed
			if _, err := orm.Update(Users, age.Set(31)).Where(id.Eq(1)).Exec(ctx, conn); err != nil {
				return err
			}
			err = conn.Commit(ctx)
			return err
		},
		echo: true,
		note: "A statement on the engine itself is a transaction of its own.",
	},
	{
		features: []int{5}, title: "Events",
		python: `
			@event.listens_for(engine, "before_cursor_execute")
			def before(conn, cursor, statement, parameters, context, executemany): ...`,
		run: func(ctx context.Context, engine *orm.Engine) error {
			engine, err := orm.Open("sqlite://", orm.Options{Observers: []orm.Observer{{
				Before: func(ctx context.Context, s *orm.Statement) { fmt.Println(s.SQL, s.Args, s.Caller) },
				After:  func(ctx context.Context, s *orm.Statement) { fmt.Println(s.Duration, s.Err) },
			}}})
			if err != nil {
				return err
			}
			defer engine.Close()
			return nil
		},
		note: "An observer hears of BEGIN, COMMIT and ROLLBACK too. `Rewrite` returns the SQL that is sent instead, as a listener with `retval=True` does, or an error that refuses the statement; arguments stay as they are. `s.CompileFor(postgres.Dialect)` is the SQL that the same call would send to PostgreSQL. `Connection` hears what the events connect, checkout, checkin, invalidate and close tell.",
	},
	{
		features: []int{6}, title: "Isolation level",
		python: `
			careful = engine.execution_options(isolation_level="SERIALIZABLE")`,
		run: func(ctx context.Context, engine *orm.Engine) error {
			careful := engine.Isolated(orm.Serializable)
			reports := engine.ReadOnly() // on the same pool
			_, _ = careful, reports
			return nil
		},
	},
	{
		features: []int{7, 21}, title: "Statements are values",
		python: `
			base = select(User.name)
			young = base.where(User.age < 30)  # base is as it was`,
		build: func() orm.Compilable {
			base := orm.Select(name)
			return base.Where(age.Lt(30)) // base is as it was
		},
		note: "A statement may be built once and run by several goroutines; values are no part of its SQL.",
	},
	{
		features: []int{8}, title: "Several schemas",
		python: `
			class Order(Base):
			    __tablename__ = "orders"
			    __table_args__ = {"schema": "shop"}`,
		build: func() orm.Compilable {
			type Order struct {
				ID int64 `orm:"primary_key"`
			}
			return orm.Declare[Order]("orders", orm.InSchema("shop")).Select()
		},
		on:   pg,
		note: "`engine.Translate(map[string]string{\"shop\": \"tenant_7\"})` is `schema_translate_map`: the same engine with other namespaces in all that it sends, DDL and sessions included. `engine.Replicas(first, second)` sends queries that run on the engine itself to replicas in turn. A session has one engine: a program that has several databases opens an engine for each.",
	},
	{
		features: []int{10}, title: "Cancellation",
		python: `
			await asyncio.wait_for(session.scalars(stmt), timeout=5)`,
		run: func(ctx context.Context, engine *orm.Engine) error {
			ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
			defer cancel()
			_, err := orm.Select(name).All(ctx, engine)
			return err
		},
		note: "Every call that speaks to the database takes a context; there is no second, asynchronous API.",
	},
	{
		features: []int{33}, title: "The SQL without a database",
		python: `
			print(select(User.name).where(User.age > 30).compile(
			    dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True}))`,
		run: func(ctx context.Context, engine *orm.Engine) error {
			stmt := orm.Select(name).Where(age.Gt(30))
			sql, args, err := stmt.Compile(postgres.Dialect)       // … > $1, [30]
			literal, err := orm.LiteralSQL(stmt, postgres.Dialect) // … > 30
			_, _, _ = sql, args, literal
			return err
		},
		note: "`LiteralSQL` is for people and logs; values always travel as arguments.",
	},
}}
