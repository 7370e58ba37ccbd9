package main

// The lessons' tests add this file to the programs that they build. It writes
// each statement to the file that ORMLAB_STATEMENTS names, one a line, its parts
// apart by tabs: place, SQL, arguments.

import (
	"context"
	"fmt"
	"io"
	"os"
	"path"
	"runtime"
	"strings"
	"time"

	"github.com/ormlab/ormlab/orm"
)

var recorded io.Writer

func init() {
	if name := os.Getenv("ORMLAB_STATEMENTS"); name != "" {
		file, err := os.Create(name)
		if err != nil {
			panic(err)
		}
		recorded = file
	}
	orm.ObserveAll(orm.Observer{Before: func(_ context.Context, s *orm.Statement) {
		args := make([]string, len(s.Args))
		for i, a := range s.Args {
			args[i] = statementArg(a)
		}
		if _, err := fmt.Fprintf(recorded, "%s\t%s\t%s\n",
			statementPlace(), oneLine(s.SQL), oneLine(strings.Join(args, ", "))); err != nil {
			panic(err)
		}
	}})
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// inStep says whether a function is of a step that is a package of its own.
func inStep(function string) bool {
	folder, ok := strings.CutPrefix(function, "github.com/ormlab/ormlab/lessons/")
	return ok && (strings.HasPrefix(folder, "0") || strings.HasPrefix(folder, "scratch/"))
}

// statementPlace is the innermost line of the program, not of this file.
func statementPlace() string {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs)])
	inProgram := false
	for {
		f, more := frames.Next()
		ours := strings.HasPrefix(f.Function, "main.") || inStep(f.Function)
		if ours && inProgram {
			return fmt.Sprintf("%s:%d", path.Base(f.File), f.Line)
		}
		inProgram = inProgram || !ours
		if !more {
			return "-"
		}
	}
}

func statementArg(a any) string {
	switch a := a.(type) {
	case nil:
		return "NULL"
	case string:
		return "'" + strings.ReplaceAll(a, "'", "''") + "'"
	case []byte:
		return fmt.Sprintf("x'%x'", a)
	case time.Time:
		return "'" + a.UTC().Format("2006-01-02 15:04:05.000000") + "'"
	}
	return fmt.Sprint(a)
}
