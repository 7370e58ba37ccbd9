package dialect_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/dialect/mysql"
	"github.com/ormlab/ormlab/orm/dialect/postgres"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
)

// lexeme is one token of SQL: what a database makes of it, and its kind: I for
// a name, S for a string, N for a number, and the text itself for all others.
type lexeme struct{ kind, text string }

// lex reads SQL as the database with these features does.
func lex(f *dialect.Features, sql string) (list []lexeme, err error) {
	for sql != "" {
		n, token := 1, lexeme{sql[:1], sql[:1]}
		switch b := sql[0]; {
		case b == ' ' || b == '\t' || b == '\n':
			sql = sql[1:]
			continue
		case b == f.Quote:
			token.kind = "I"
			n, token.text, err = unquote(sql, false)
		case b == '\'':
			token.kind = "S"
			n, token.text, err = unquote(sql, f.BackslashEscapes)
		case b == '"' || b == '`' || b == 0 || b >= utf8.RuneSelf || b == '\\',
			strings.HasPrefix(sql, "--"), strings.HasPrefix(sql, "/*"), b == '#' && f.HashComments:
			err = fmt.Errorf("outside of quotes stands %.20q", sql)
		case isWord(b):
			for n < len(sql) && (isWord(sql[n]) || sql[n] == '$') {
				n++
			}
			token = lexeme{sql[:n], sql[:n]}
			switch {
			case b >= '0' && b <= '9': // such as the length of the longest value
				token.kind = "N"
			case token.text == strings.ToLower(token.text): // key words are in upper case
				token.kind = "I"
			}
		}
		if err != nil {
			return nil, err
		}
		list, sql = append(list, token), sql[n:]
	}
	return list, nil
}

func isWord(b byte) bool {
	return b == '_' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9'
}

// unquote reads what stands between quotes.
func unquote(sql string, backslashes bool) (n int, text string, err error) {
	quote := sql[0]
	var b strings.Builder
	for i := 1; i < len(sql); i++ {
		switch {
		case backslashes && sql[i] == '\\' && i+1 < len(sql):
			i++
			b.WriteByte(sql[i]) // a quote, or another backslash: the dialect writes no others
			if sql[i] != '\\' && sql[i] != quote {
				return 0, "", fmt.Errorf(`there is \%c in a string`, sql[i])
			}
		case sql[i] != quote:
			b.WriteByte(sql[i])
		case i+1 < len(sql) && sql[i+1] == quote:
			i++
			b.WriteByte(quote)
		default:
			return i + 1, b.String(), nil
		}
	}
	return 0, "", fmt.Errorf("%.20q does not end", sql)
}

type compiled interface {
	Compile(dialect.Dialect) (string, []any, error)
}

// statements are some of each kind around a name and a value.
func statements(name, value string) []compiled {
	table := orm.NewTable(name+"t", orm.Column("id", orm.Integer()).PrimaryKey(), orm.Column(name+"c", orm.String(99)).NotNull().Default(value).Comment("of "+value),
		orm.Column("mood", orm.Enum("", value+"1", value+"2")), orm.UniqueTogether("id", name+"c").Named(name+"u"), orm.Check("id > 0").Named(name+"k"),
		orm.ForeignKey(name+"c").References(name+"f", name+"g").Named(name+"h"), orm.TableComment("of "+value))
	column, alias := table.C(name+"c"), table.As(name+"a")
	cte := orm.Select(column.As(name + "l")).Where(column.Eq(value)).CTE(name + "e")
	return []compiled{
		orm.CreateTable(table), orm.DropTable(table),
		orm.Select(column.As(name+"l"), alias.C(name+"c"), cte.C(name+"l").As(name)).From(table).Join(alias, column.EqExpr(alias.C(name+"c"))).
			Join(cte, cte.C(name+"l").EqExpr(column)).Where(column.In(value, value), column.Contains(value), orm.Literal(value).Ne("")).OrderBy(orm.ByName(name + "l").Asc()),
		orm.Insert(table, "id", name+"c").Row(1, value), orm.Update(table, column.Set(value)).Where(column.Ne(value)), orm.Delete(table).Where(column.Eq(value)),
	}
}

// FuzzStructure compiles statements around any name and value: for a lexer of
// each database they have the tokens that they have around a harmless name, and
// name and value are what they were.
func FuzzStructure(f *testing.F) {
	for _, seed := range [][2]string{{"pets", "Fluffy"}, {`a"b`, `it's`}, {"a`b", "a`b"}, {`"; DROP TABLE x; --`, `'; DROP TABLE x; --`}, {"--", "--"}, {"/*", "*/"}, {"#", "#"},
		{`\`, `\`}, {`\"`, `\'`}, {"\\`", `\\'`}, {"a\x00b", "x"}, {"x", "a\x00b"}, {"é😀", "é😀"}, {"\xff", "\xff"}, {"order", "$$"}, {"$1", "$1"}, {"?", "?"}, {"Ab", ":x"}, {"1", "E'"}} {
		f.Add(seed[0], seed[1])
	}
	const plain, usual = "harmless", "a usual value"
	f.Fuzz(func(t *testing.T, name, value string) {
		if name == "" {
			t.Skip("a column with no name is not named, which has fewer tokens")
		}
		for _, d := range []dialect.Dialect{sqlite.Dialect, postgres.Dialect, mysql.Dialect, mysql.MariaDB} {
			harmless := statements(plain, usual)
			for i, s := range statements(name, value) {
				sql, args, err := s.Compile(d)
				if err != nil {
					long := d.Features().MaxName > 0 && len(name) >= d.Features().MaxName
					require.True(t, long || strings.Contains(name+value, "\x00") || utf8.RuneCountInString(value) > 98, "%s: %v", d.Name(), err)
					continue
				}
				want, wantArgs, err := harmless[i].Compile(d)
				require.NoError(t, err)
				require.Len(t, args, len(wantArgs))
				got, err := lex(d.Features(), sql)
				require.NoError(t, err, "%s: %s", d.Name(), sql)
				model, err := lex(d.Features(), want)
				require.NoError(t, err, "%s: %s", d.Name(), want)
				require.Len(t, got, len(model), "%s: %s", d.Name(), sql)
				for j, w := range model {
					require.Equal(t, w.kind, got[j].kind, "%s: %s", d.Name(), sql)
					if w.kind == "I" || w.kind == "S" {
						expected := strings.NewReplacer(plain, name, usual, value).Replace(w.text)
						require.Equal(t, expected, got[j].text, "%s: %s", d.Name(), sql)
					}
				}
			}
		}
	})
}
