// Programs for the tests of what can go wrong: whole files, made from the few lines that matter.

/** main is a program of these statements; imports are added, fmt is always there. */
export function main(body, imports = []) {
  const lines = ["fmt", ...imports].map((name) => `\t"${name}"`).join("\n");
  return `package main\n\nimport (\n${lines}\n)\n\nfunc main() {\n${body.trim().replace(/^/gm, "\t")}\n\tfmt.Print()\n}\n`;
}

/** withTable is a program over the database bad.db with a table t; session statements may use e (the engine) and ctx. */
export function withTable(body) {
  return `package main

import (
	"context"
	"fmt"

	"github.com/ormlab/ormlab/orm"
	_ "github.com/ormlab/ormlab/orm/dialect/sqlite"
)

// Row is one row of the table rows.
type Row struct {
	ID   int64  \`orm:"primary_key,autoincrement"\`
	Name string \`orm:"size:50,unique"\`
}

var Rows = orm.Declare[Row]("rows")

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func add(ctx context.Context, e *orm.Engine, name string) error {
	s := orm.NewSession(e)
	defer s.Close()
	s.Add(&Row{Name: name})
	return s.Commit(ctx)
}

func main() {
	ctx := context.Background()
	e, err := orm.Open("sqlite:///bad.db", orm.Options{})
	must(err)
	must(orm.CreateAll(ctx, e, Rows))
${body.trim().replace(/^/gm, "\t")}
	s := orm.NewSession(e)
	defer s.Close()
	all, err := Rows.Select().All(ctx, s)
	must(err)
	fmt.Println(len(all), "rows")
}
`;
}

/** large is a program of about that many bytes that compiles quickly: its weight is in comments. */
export function large(bytes) {
  const small = main('fmt.Println("large")');
  const line = "// The weight of this program is in its comments, which cost the compiler little.\n";
  return small + line.repeat(Math.floor((bytes - small.length) / line.length));
}
