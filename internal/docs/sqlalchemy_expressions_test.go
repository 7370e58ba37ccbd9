package docs

import (
	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/dialect/mysql"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
)

var expressionSection = section{"Expressions", "", []pair{
	{
		features: []int{22}, title: "Operators and parentheses",
		python: `
			select((User.age + 1) * 2).where(or_(User.age > 30, User.name == "ed"), User.id != 3)`,
		build: func() orm.Compilable {
			return orm.Select(orm.Mul(orm.Add(age, 1), 2)).Where(orm.Or(age.Gt(30), name.Eq("ed")), id.Ne(3))
		},
	},
	{
		features: []int{22}, title: "Division",
		python: `
			select(User.age / 4, User.age // 4, User.age % 4)`,
		build: func() orm.Compilable {
			return orm.Select(orm.Div(age, 4), orm.FloorDiv(age, 4), orm.Mod(age, 4))
		},
		on: all,
	},
	{
		features: []int{23}, title: "NULL",
		python: `
			select(User.id).where(User.full == None)
			select(User.id).where(User.full.is_distinct_from("Ed"))`,
		build: func() orm.Compilable {
			return orm.Select(id).Where(full.IsNull(), orm.IsDistinctFrom(full, "Ed"))
		},
		on:   all,
		note: "`Eq` with a `Null` that has no value is IS NULL too. `<` with NULL is an error.",
	},
	{
		features: []int{23}, title: "IN",
		python: `
			select(User.id).where(User.id.in_([1, 2]), User.name.not_in(select(Address.email)))
			select(User.id).where(tuple_(User.id, User.name).in_([(1, "ed")]))`,
		build: func() orm.Compilable {
			return orm.Select(id).Where(id.In(1, 2), orm.NotInSelect(name, orm.Select(email)),
				orm.Tuple2(id, name).In(orm.MakeRow2(int64(1), "ed")))
		},
		note: "An empty list matches nothing, and its negation everything. NULL in a list is an error.",
	},
	{
		features: []int{23}, title: "LIKE and regular expressions",
		python: `
			select(User.id).where(User.name.like("e%"), User.name.contains("50%", autoescape=True),
			                      User.name.ilike("E%"), User.name.regexp_match("^e"))`,
		build: func() orm.Compilable {
			return orm.Select(id).Where(name.Like("e%"), name.Contains("50%"), orm.ILike(name, "E%"), orm.Matches(name, "^e"))
		},
		on:   pg,
		note: "`Contains`, `StartsWith` and `EndsWith` always escape. SQLite has no regular expressions: `Matches` is an error there when the statement is compiled.",
	},
	{
		features: []int{23}, title: "ANY and ALL",
		python: `
			select(User.id).where(User.age > all_(select(User.age).where(User.id < 3)))
			select(User.id).where(User.name == any_(["ed", "jack"]))`,
		build: func() orm.Compilable {
			return orm.Select(id).Where(orm.AllOf(age, orm.Greater, orm.Select(age).Where(id.Lt(3))),
				orm.AnyElement(name, orm.Equal, orm.Literal([]string{"ed", "jack"})))
		},
		on: pg,
	},
	{
		features: []int{24}, title: "Functions and aggregates",
		python: `
			select(func.count(), func.max(User.age), func.upper(User.name), func.my_function(User.age, 1))
			select(func.aggregate_strings(User.name, ", "))`,
		build: func() orm.Compilable {
			return orm.Select(orm.Count(), orm.Max(age), orm.Upper(name), orm.Func[int64]("my_function", age, 1),
				orm.StringAgg(name, ", ", name.Asc()))
		},
		on: all,
	},
	{
		features: []int{24}, title: "FILTER, WITHIN GROUP and windows",
		python: `
			select(func.count().filter(User.age > 30),
			       func.percentile_cont(0.5).within_group(User.age),
			       func.sum(User.age).over(partition_by=User.name, order_by=User.id, rows=(None, 0)))`,
		build: func() orm.Compilable {
			return orm.Select(orm.Filter(orm.Count(), age.Gt(30)),
				orm.WithinGroup(orm.Func[float64]("percentile_cont", 0.5), age.Asc()),
				orm.Over(orm.Sum(age), orm.Window{}.PartitionBy(name).OrderBy(id.Asc()).
					Rows(orm.UnboundedPreceding(), orm.CurrentRow())))
		},
		on: pg,
	},
	{
		features: []int{25}, title: "CASE and CAST",
		python: `
			select(case((User.age < 18, "young"), else_="old"), cast(User.age, String(3)),
			       type_coerce(User.age, Float), extract("year", Visit.at), literal(5))`,
		build: func() orm.Compilable {
			return orm.Select(orm.Case(age.Lt(18), "young").Else("old"), orm.Cast[string](age, orm.String(3)),
				orm.TypeCoerce[float64](age), orm.Extract(orm.Year, orm.Now()), orm.Literal(5))
		},
	},
	{
		features: []int{25}, title: "COLLATE, literal columns, operators",
		python: `
			select(literal_column("1"), User.age.bitwise_and(6), User.age.op("<<")(2))
			    .order_by(collate(User.name, "NOCASE"))`,
		build: func() orm.Compilable {
			return orm.Select(orm.TextExpr[int64](orm.Text("1")), orm.BitAnd(age, 6), orm.Op[int64](age, "<<", 2)).
				OrderBy(orm.Collate(name, "NOCASE").Asc())
		},
		note: "An operator of your own always stands between parentheses beside others; SQLAlchemy gives it the lowest precedence.",
	},
	{
		features: []int{14, 25}, title: "JSON paths",
		python: `
			select(t.c.doc["a", 0].as_integer()).where(t.c.doc["name"].as_string() == "ed")`,
		build: func() orm.Compilable {
			t := orm.NewTable("t", orm.Column("doc", orm.JSONType()))
			return orm.Select(orm.JSONAt[int64](t.C("doc"), "a", 0)).Where(orm.JSONAt[string](t.C("doc"), "name").Eq("ed"))
		},
		on:   lookups,
		note: "The document null and what is not there are both SQL NULL.",
	},
	{
		features: []int{34}, title: "Your own constructs",
		python: `
			class biggest(FunctionElement):
			    inherit_cache = True

			@compiles(biggest)
			def default(element, compiler, **kw):
			    return "greatest(%s)" % compiler.process(element.clauses, **kw)

			@compiles(biggest, "sqlite")
			def on_sqlite(element, compiler, **kw):
			    return "max(%s)" % compiler.process(element.clauses, **kw)`,
		build: func() orm.Compilable {
			biggest := orm.NewConstruct("biggest", "x...").
				Default("greatest(:x)").
				On("sqlite", "max(:x)")
			return orm.Select(orm.ConstructOf[int64](biggest, age, 18))
		},
		on:   []dialect.Dialect{sqlite.Dialect, mysql.Dialect},
		note: "A construct is a template, not a function that returns SQL, so that what a program gives it is an expression or an argument, never text.",
	},
}}

var querySection = section{"Queries", "", []pair{
	{
		features: []int{26}, title: "Joins",
		python: `
			select(User.name, Address.email).join(Address)
			boss = aliased(User)
			select(User.name).outerjoin(boss, boss.id == User.age)`,
		build: func() orm.Compilable {
			boss := Users.As("boss")
			return orm.Select(name, email).Join(Addresses).LeftJoin(boss, orm.C(&boss.F.ID).EqExpr(age))
		},
		note: "The condition of a join is found by the foreign key; where there is none, or several, the error says so.",
	},
	{
		features: []int{27}, title: "Subqueries",
		python: `
			count = select(func.count(Address.id)).where(Address.user_id == User.id).scalar_subquery()
			select(User.name, count.label("n")).where(exists().where(Address.user_id == User.id))`,
		build: func() orm.Compilable {
			count := orm.ScalarSubquery[int64](orm.Select(orm.Count()).From(Addresses).Where(owner.EqExpr(id)))
			return orm.Select(name, count.As("n")).From(Users).Where(orm.ExistsIn(Addresses, owner.EqExpr(id)))
		},
	},
	{
		features: []int{27}, title: "CTEs",
		python: `
			r = select(literal(1).label("n")).cte("r", recursive=True)
			r = r.union_all(select(r.c.n + 1).where(r.c.n < 5))
			select(r.c.n)`,
		build: func() orm.Compilable {
			r := orm.Recursive("r", orm.Select(orm.Literal(1).As("n")), func(r orm.Derived) orm.SelectStmt {
				n := orm.TypeCoerce[int](r.C("n"))
				return orm.Select(orm.Add(n, 1)).Where(n.Lt(5))
			})
			return orm.Select(r.C("n"))
		},
		note: "`SelectStmt.CTE` makes one that is not recursive, `Returning(…).CTE` one that changes rows.",
	},
	{
		features: []int{28}, title: "Set operations",
		python: `
			union(select(User.name), select(Address.email).limit(3)).order_by("name")`,
		build: func() orm.Compilable {
			return orm.Union(orm.Select(name), orm.Select(email).Limit(3)).OrderBy(orm.ByName("name").Asc())
		},
		on:   lookups,
		note: "A part with a limit works on SQLite too, where SQLAlchemy's SQL is an error.",
	},
	{
		features: []int{28}, title: "VALUES",
		python: `
			v = values(column("n", Integer), name="v").data([(1,), (2,)])
			select(v.c.n)`,
		build: func() orm.Compilable {
			v := orm.ValuesOf("v", []orm.ColumnDef{orm.Column("n", orm.Integer())}, []any{1}, []any{2})
			return orm.Select(v.C("n"))
		},
		on: all,
	},
	{
		features: []int{28}, title: "Grouping sets",
		python: `
			select(User.name, User.age, func.count()).group_by(func.grouping_sets(
			    tuple_(User.name, User.age), tuple_(User.name), tuple_()))`,
		build: func() orm.Compilable {
			return orm.Select(name, age, orm.Count()).
				GroupBy(orm.GroupingSets(orm.Set(name, age), orm.Set(name), orm.Set()))
		},
		on:   pg,
		note: "`orm.Cube` is PostgreSQL's too; `orm.Rollup` also works on MySQL and MariaDB, as WITH ROLLUP.",
	},
	{
		features: []int{28}, title: "DISTINCT ON, TABLESAMPLE, WITH TIES",
		python: `
			select(User.name).distinct(User.age).order_by(User.age)
			select(tablesample(User, func.bernoulli(10), seed=1).c.name)
			select(User.name).order_by(User.age).fetch(3, with_ties=True)`,
		build: func() orm.Compilable {
			return orm.Select(name).DistinctOn(age).Sample(Users, orm.Bernoulli(10).Repeatable(1)).
				OrderBy(age.Asc()).LimitWithTies(3)
		},
		on: pg,
	},
	{
		features: []int{28}, title: "Functions that return rows",
		python: `
			g = func.generate_series(1, 9).table_valued("n", with_ordinality="i").alias("g")
			select(g.c.n, g.c.i)`,
		build: func() orm.Compilable {
			g := orm.TableFunc("g", "generate_series", []orm.ColumnDef{orm.Column("n", orm.BigInteger())}, 1, 9).WithOrdinality("i")
			return orm.Select(g.C("n"), g.C("i"))
		},
		on: pg,
	},
	{
		features: []int{29}, title: "Locks",
		python: `
			select(User).with_for_update(skip_locked=True)
			select(User).with_for_update(key_share=True, of=User)`,
		build: func() orm.Compilable {
			_ = Users.Select().ForUpdate(orm.SkipLocked())
			return Users.Select().ForUpdate(orm.KeyOnly(), orm.LockOf(Users))
		},
		on: pg,
	},
}}
