package orm

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// Like matches text against a pattern: % stands for any text, _ for one
// character. What counts as equal, such as case, is up to the database.
func (e Expr[T]) Like(pattern T) Cond { return term(e).like(pattern, 0) }

// NotLike is true where Like is false.
func (e Expr[T]) NotLike(pattern T) Cond { return Not(term(e).like(pattern, 0)) }

// ILike is Like without regard to upper and lower case.
func ILike[T any](e Expr[T], pattern T) Cond { return term(e).ilike(pattern) }

// Matches is true if e matches a regular expression, whose notation is the
// database's. SQLite has none.
func Matches[T any](e Expr[T], pattern T) Cond {
	return Cond{expr.Match{Operand: e.operand(), Pattern: term(e).value(pattern)}}
}

// Contains is true if the text is anywhere in e; % and _ in it are themselves.
func (e Expr[T]) Contains(text T) Cond { return term(e).matches("%", text, "%") }

// StartsWith is true if e begins with the text; % and _ in it are themselves.
func (e Expr[T]) StartsWith(text T) Cond { return term(e).matches("", text, "%") }

// EndsWith is true if e ends with the text; % and _ in it are themselves.
func (e Expr[T]) EndsWith(text T) Cond { return term(e).matches("%", text, "") }

// likeEscape takes away the meaning of the character behind it in a pattern.
const likeEscape = '/'

func escapeLike(s string) string {
	s = strings.ReplaceAll(s, "/", "//")
	return strings.ReplaceAll(strings.ReplaceAll(s, "%", "/%"), "_", "/_")
}

// matches is a LIKE with the text between two patterns.
func (t term) matches(before string, text any, after string) Cond {
	if n, ok := text.(interface{ NullAny() (any, bool) }); ok {
		text, _ = n.NullAny()
	}
	v := reflect.ValueOf(text)
	if v.Kind() != reflect.String {
		return Cond{expr.Invalid{Err: fmt.Errorf("orm: %s: the text to look for is a %T", t.near, text)}}
	}
	return t.like(before+escapeLike(v.String())+after, likeEscape)
}

func (t term) like(pattern any, escape rune) Cond {
	if t.typ.Kind != schema.Unknown && !t.typ.IsText() {
		node := expr.Invalid{Err: fmt.Errorf("orm: %s is a column of type %s: LIKE is for text", t.near, t.typ)}
		return Cond{expr.Like{Operand: t.node, Pattern: node, Escape: escape}}
	}
	return t.likeBind(pattern, escape)
}

func (t term) ilike(pattern any) Cond {
	c := t.like(pattern, 0)
	if l, ok := c.node.(expr.Like); ok {
		l.FoldCase = true
		c.node = l
	}
	return c
}
