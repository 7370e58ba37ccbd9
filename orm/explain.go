package orm

import (
	"context"
	"errors"
	"fmt"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
)

// Plan is how a database would run a statement; see [Explain].
type Plan struct {
	Steps []PlanStep
}

// PlanStep is one step of a [Plan].
type PlanStep struct {
	// Text is what the database says of the step, such as "SEARCH pets USING
	// INTEGER PRIMARY KEY (rowid=?)". Notes are further lines, such as filters.
	Text  string
	Notes []string
	// Table is what the step reads, under the name that it has in the
	// statement, and Index by which index; empty for none.
	Table, Index string
	// FullScan says that the step reads the whole table, or a whole index.
	FullScan bool
	// Steps are those that this one takes its rows from.
	Steps []PlanStep
}

// FullScans lists the tables that are read as a whole, in the order of the
// steps.
func (p Plan) FullScans() (tables []string) {
	each(p.Steps, func(s PlanStep, _ int) {
		if s.FullScan {
			tables = append(tables, s.Table)
		}
	})
	return tables
}

// String is the plan as a tree, one step a line.
func (p Plan) String() string {
	out := ""
	each(p.Steps, func(s PlanStep, depth int) {
		indent := ""
		for range depth {
			indent += "  "
		}
		out += indent + s.Text + "\n"
		for _, note := range s.Notes {
			out += indent + "  · " + note + "\n"
		}
	})
	return out
}

// each calls f with every step, those inside behind the one they are in.
func each(steps []PlanStep, f func(s PlanStep, depth int)) { eachAt(steps, 0, f) }

func eachAt(steps []PlanStep, depth int, f func(s PlanStep, depth int)) {
	for _, s := range steps {
		f(s, depth)
		eachAt(s.Steps, depth+1, f)
	}
}

// Explain asks the database how it would run a statement. It does not run it.
// A session is flushed first.
//
//	plan, err := orm.Explain(ctx, engine, Pets.Select().Where(orm.C(&Pets.F.Name).Eq("Rex")))
//	fmt.Print(plan)
//
// What a plan says differs between databases and their versions; a test can
// rely on [Plan.FullScans]. A planner prefers a full scan where a table is small.
func Explain(ctx context.Context, on Executor, stmt Compilable) (Plan, error) {
	node, err := nodeOf(stmt)
	if err != nil {
		return Plan{}, err
	}
	return explained(ctx, on, node, on.sqlDialect().Features().Explain)
}

// ExplainAnalyze runs a query and returns its plan, with what each step took as
// the database measured it. It refuses a statement that changes rows, and
// SQLite does not have it.
func ExplainAnalyze(ctx context.Context, on Executor, stmt Compilable) (Plan, error) {
	node, err := nodeOf(stmt)
	if err != nil {
		return Plan{}, err
	}
	switch node.(type) {
	case expr.Select, expr.Compound:
	default:
		return Plan{}, errors.New("orm: ExplainAnalyze runs the statement, so it takes queries only; use Explain")
	}
	return explained(ctx, on, node, on.sqlDialect().Features().ExplainAnalyze)
}

func explained(ctx context.Context, on Executor, node expr.Stmt, verb string) (_ Plan, err error) {
	if verb == "" {
		return Plan{}, fmt.Errorf("orm: explaining a statement: %s cannot do that", on.sqlDialect().Name())
	}
	q, err := compiled(on, node, nil)
	if err != nil {
		return Plan{}, err
	}
	conn, release, err := on.borrow(ctx)
	if err != nil {
		return Plan{}, err
	}
	defer release()
	rows, err := conn.Query(ctx, verb+q.SQL, q.Args)
	if err != nil {
		return Plan{}, err
	}
	defer func() {
		if closeErr := rows.Close(); err == nil {
			err = closeErr
		}
	}()
	lines := planLines{columns: rows.Columns()}
	for {
		ok, err := rows.Next()
		if err != nil {
			return Plan{}, err
		}
		if !ok {
			return lines.plan(), nil
		}
		row := make([]any, len(lines.columns))
		for i := range row {
			row[i] = cellOf(rows.Rows, i)
		}
		lines.rows = append(lines.rows, row)
	}
}

// cellOf is a value of the current row.
func cellOf(rows driver.Rows, i int) any {
	switch rows.Kind(i) {
	case driver.Int:
		return rows.Int(i)
	case driver.Float:
		return rows.Float(i)
	case driver.Text:
		return rows.Text(i)
	case driver.Blob:
		return string(rows.Blob(i))
	}
	return nil
}
