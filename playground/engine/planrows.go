package engine

import (
	"strings"

	"github.com/ormlab/ormlab/playground/wire"
)

// plannedLine is a line of a query plan with the number of rows of the table
// that it reads whole, -1 if that is not known or not what it does.
type plannedLine struct {
	wire.PlanLine
	rows int64
}

// withRows counts the rows of the tables that a plan reads whole. Only of
// statements that leave their number as it was: the plan is told afterwards.
func withRows(c *connection, s traced, lines []wire.PlanLine) []plannedLine {
	planned := make([]plannedLine, len(lines))
	for i, line := range lines {
		planned[i] = plannedLine{PlanLine: line, rows: -1}
		name, scans := strings.CutPrefix(line.Detail, "SCAN ")
		if scans && (s.word == "SELECT" || s.word == "UPDATE") {
			name, how, _ := strings.Cut(name, " ")
			planned[i].rows = rowsOf(c, s.sql, name, how)
		}
	}
	return planned
}

// rowsOf counts the rows of the table that a statement calls name.
func rowsOf(c *connection, sql, name, how string) int64 {
	if strings.HasPrefix(how, "VIRTUAL TABLE") {
		return -1
	}
	for _, candidate := range aliased(sql, name) {
		table, err := queryRow(c, "SELECT name FROM sqlite_schema WHERE type = 'table' AND lower(name) = lower("+
			text(candidate)+") AND sql NOT LIKE 'CREATE VIRTUAL%'")
		if err != nil || len(table) == 0 {
			continue
		}
		count, err := queryRow(c, "SELECT count(*) FROM main."+quote(table[0].Text()))
		if err != nil || len(count) == 0 {
			return -1
		}
		return count[0].Int()
	}
	return -1 // a subquery, a common table expression, or a temporary table
}

// aliased lists what stands before that alias in a statement, and last the
// alias itself, which may be the table's own name. A column may have the same
// alias, so not all of them are tables.
func aliased(sql, alias string) (names []string) {
	words := strings.FieldsFunc(sql, func(r rune) bool { return strings.ContainsRune(" \t\r\n,()", r) })
	for i := 2; i < len(words); i++ {
		if strings.EqualFold(words[i-1], "AS") && strings.EqualFold(unquote(words[i]), alias) {
			names = append(names, unquote(words[i-2]))
		}
	}
	return append(names, alias)
}

func unquote(name string) string { return strings.Trim(name, "\"`[]") }

func text(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
