package docs

import (
	"context"
	"errors"
	"fmt"

	"github.com/ormlab/ormlab/orm"
)

var changeSection = section{"INSERT, UPDATE, DELETE", "For objects use a session; these are statements.", []pair{
	{
		features: []int{30}, title: "INSERT",
		python: `
			insert(Address).values([{"email": "a@b.org", "user_id": 1}, {"email": "c@d.org", "user_id": 2}])
			    .returning(Address.id)`,
		build: func() orm.Compilable {
			return orm.Insert(Addresses, "email", "user_id").Row("a@b.org", 1).Row("c@d.org", 2).
				Returning(orm.C(&Addresses.F.ID))
		},
		note: "All rows have the same columns. `Insert(…).FromSelect(stmt)` is `from_select`, `orm.InsertDefaults(Users)` a row of defaults.",
	},
	{
		features: []int{30}, title: "Upsert",
		python: `
			stmt = sqlite.insert(User).values(id=1, name="ed")
			stmt.on_conflict_do_update(index_elements=["id"], set_={"name": stmt.excluded.name})`,
		build: func() orm.Compilable {
			return orm.Insert(Users, "id", "name", "age").Row(1, "ed", 30).
				OnConflict("id").DoUpdate(name.SetExpr(orm.Excluded(name)))
		},
		on:   all,
		note: "One form for all databases.",
	},
	{
		features: []int{31}, title: "UPDATE",
		python: `
			update(User).where(User.id == Address.user_id, Address.email.like("%.org")).values(
			    {User.name: Address.email, User.age: User.age + 1})`,
		build: func() orm.Compilable {
			return orm.Update(Users, name.SetExpr(email), age.SetExpr(orm.Add(age, 1))).From(Addresses).
				Where(id.EqExpr(owner), email.Like("%.org"))
		},
		on:   all,
		note: "SET keeps the order in which the program gives it, as `ordered_values` does. Without Where the statement needs `AllRows()`.",
	},
	{
		features: []int{31}, title: "DELETE",
		python: `
			delete(Address).where(Address.user_id == User.id, User.age < 18)`,
		build: func() orm.Compilable {
			return orm.Delete(Addresses).Using(Users).Where(owner.EqExpr(id), age.Lt(18))
		},
		on: pg,
	},
}}

var textSection = section{"Text", "", []pair{
	{
		features: []int{35}, title: "Named binds",
		python: `
			text("SELECT name FROM users WHERE age > :age AND name != ':x' AND id = CAST(:id AS INTEGER)")
			    .bindparams(age=30, id=1)`,
		build: func() orm.Compilable {
			return orm.Text("SELECT name FROM users WHERE age > :age AND name != ':x' AND id = :id::integer").
				Bind("age", 30).Bind("id", 1)
		},
		on:   pg,
		note: "Strings, comments and quoted names hold no binds, and `:id::integer` is a bind with a cast; SQLAlchemy takes `:x` in a string for a bind. A bind without a value, and a value without a bind, are errors.",
	},
	{
		features: []int{36}, title: "Lists",
		python: `
			text("SELECT name FROM users WHERE id IN :ids").bindparams(bindparam("ids", [1, 2], expanding=True))`,
		build: func() orm.Compilable {
			return orm.Text("SELECT name FROM users WHERE id IN :ids").Bind("ids", []int{1, 2})
		},
	},
	{
		features: []int{36}, title: "Text as a table, a condition, or objects",
		python: `
			old = text("SELECT id FROM users WHERE age > 40").columns(id=Integer).subquery("old")
			select(User.name).join(old, old.c.id == User.id).where(text("age % 2 = 1"))
			select(User).from_statement(text("SELECT * FROM users"))`,
		build: func() orm.Compilable {
			old := orm.Text("SELECT id FROM users WHERE age > 40").Columns(orm.Column("id", orm.Integer())).Subquery("old")
			_ = orm.FromStatement(Users, orm.Text("SELECT * FROM users"))
			return orm.Select(name).Join(old, orm.TypeCoerce[int64](old.C("id")).EqExpr(id)).
				Where(orm.Text("age % 2 = 1").Cond())
		},
		note: "A text among other conditions has parentheses, so that an OR in it does no harm.",
	},
}}

var resultSection = section{"Results", "", []pair{
	{
		features: []int{37}, title: "Rows",
		python: `
			for row in conn.execute(select(User.name, User.age)):
			    print(row.name, row.age)`,
		run: func(ctx context.Context, engine *orm.Engine) error {
			rows, err := orm.Select2(name, age).All(ctx, engine)
			if err != nil {
				return err
			}
			for _, row := range rows {
				fmt.Println(row.V1, row.V2) // a string and an int64
			}
			return nil
		},
		note: "`orm.Select(…).All` gives rows without types: `row.Get(\"name\")` and `row.Values()`. Rows are read at once, so there is nothing to freeze.",
	},
	{
		features: []int{37, 39}, title: "Rows as structs",
		python: `
			conn.execute(select(User.name, func.length(User.name).label("n"))).mappings()`,
		run: func(ctx context.Context, engine *orm.Engine) error {
			type Report struct {
				Name string
				N    int64
			}
			reports, err := orm.As[Report](orm.Select(name, orm.Length(name).As("n"))).All(ctx, engine)
			_ = reports
			return err
		},
		note: "A column without a field, a field without a column, and two columns of one name are errors.",
	},
	{
		features: []int{37}, title: "One row, one value",
		python: `
			session.scalars(select(User.name).where(User.id == 1)).one()
			session.execute(select(User.name).where(User.id == 9)).one_or_none()
			session.scalar(select(func.count(User.id)))`,
		run: func(ctx context.Context, engine *orm.Engine) error {
			ed, err := orm.Select1(name).Where(id.Eq(1)).One(ctx, engine) // orm.ErrNoRows, orm.ErrMultipleRows
			if err != nil {
				return err
			}
			nobody, found, err := orm.Select1(name).Where(id.Eq(9)).OneOrNone(ctx, engine)
			if err != nil {
				return err
			}
			n, err := orm.Select1(orm.CountOf(id)).One(ctx, engine)
			_, _, _, _ = ed, nobody, found, n
			return err
		},
	},
	{
		features: []int{38}, title: "Streaming",
		python: `
			with engine.connect() as conn:
			    for part in conn.execution_options(yield_per=100).execute(stmt).partitions():
			        ...`,
		run: func(ctx context.Context, engine *orm.Engine) error {
			for row, err := range orm.Select2(id, name).Iter(ctx, engine) { // or Partitions(ctx, engine, 100)
				if err != nil {
					return err
				}
				fmt.Println(row.V1, row.V2)
			}
			return nil
		},
		note: "The statement ends when the loop does, also by break.",
	},
}}

var errorSection = section{"Errors and warnings", "", []pair{
	{
		features: []int{9}, title: "Errors of the database",
		python: `
			try:
			    conn.execute(stmt)
			except IntegrityError as e:
			    print(e.orig, e.statement, e.params)`,
		run: func(ctx context.Context, engine *orm.Engine) error {
			_, err := orm.Insert(Addresses, "email", "user_id").Row("ed@example.org", 1).Exec(ctx, engine)
			var failure *orm.Error
			if !errors.As(err, &failure) || failure.Kind != orm.KindUnique {
				return fmt.Errorf("not the error of a unique constraint: %w", err)
			}
			fmt.Println(failure.Table, failure.Columns, failure.SQL, failure.Args)
			return nil
		},
		note: "The kinds are the same for all databases. A lost connection, `KindDisconnected`, empties the pool.",
	},
	{
		features: []int{32}, title: "Cartesian products",
		python: `
			# SAWarning: SELECT statement has a cartesian product between FROM element(s) ...
			conn.execute(select(User.name, Address.email))`,
		run: func(ctx context.Context, engine *orm.Engine) error {
			warnings, err := orm.Lint(orm.Select(name, email), engine.Dialect())
			if err != nil || len(warnings) != 1 {
				return fmt.Errorf("there is not one warning: %v: %w", warnings, err)
			}
			return nil
		},
		note: "An observer sees the warnings of each statement that runs; `Options.RefuseWarnings` makes errors of them.",
	},
	{
		features: []int{32, 39}, title: "Names that are not there",
		python: `
			insert(users).values(zzz=1)  # CompileError: Unconsumed column names: zzz`,
		run: func(ctx context.Context, engine *orm.Engine) error {
			_, err := orm.Insert(Users, "zzz").Row(1).Exec(ctx, engine)
			fmt.Println(err) // orm: inserting into users: it has no column "zzz"
			if err == nil {
				return errors.New("there is no error")
			}
			return nil
		},
	},
}}
