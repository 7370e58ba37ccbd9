package orm

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
)

// echo prints statements as SQLAlchemy's echo does, before they run: the SQL,
// then how it was prepared and its arguments.
func echo(w io.Writer, hideArgs bool) Observer {
	var mu sync.Mutex
	return Observer{
		Before: func(_ context.Context, s *Statement) {
			mu.Lock()
			defer mu.Unlock()
			echoStatement(w, s, hideArgs)
		},
		After: func(_ context.Context, s *Statement) {
			if s.Err == nil {
				return
			}
			mu.Lock()
			defer mu.Unlock()
			fmt.Fprintf(w, "failed: %v\n", s.Err)
		},
	}
}

func echoStatement(w io.Writer, s *Statement, hideArgs bool) {
	if s.control {
		text := s.SQL
		if text == "BEGIN" {
			text += " (implicit)"
		}
		fmt.Fprintln(w, text)
		return
	}
	how := fmt.Sprintf("generated in %.5fs", s.Preparing.Seconds())
	switch {
	case s.Raw:
		how = "raw sql"
	case s.Cached:
		how = fmt.Sprintf("cached since %.5fs ago", s.Age.Seconds())
	}
	args := echoArgs(s.Args)
	if hideArgs && len(s.Args) > 0 {
		args = "[arguments hidden]"
	}
	fmt.Fprintf(w, "%s\n[%s] %s\n", s.SQL, how, args)
}

// echoArgs formats arguments as a tuple: one alone has a comma behind it.
func echoArgs(args []any) string {
	text := formatArgs(args)
	if len(args) == 1 {
		return strings.TrimSuffix(text, ")") + ",)"
	}
	return text
}
