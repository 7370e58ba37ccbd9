package checker

import (
	"go/ast"
	"go/types"
	"strings"
)

const ormPath = "github.com/ormlab/ormlab/orm"

// option is an option of a tag and what it says. One that ends in a colon
// takes a value; values are those that it knows.
type option struct {
	name, detail string
	values       string
}

// columnOptions are those of a field that is a column. That they are all
// there is proved by a test, which asks the package orm.
var columnOptions = []option{
	{"primary_key", "part of the primary key", ""},
	{"autoincrement", "the database gives the number", ""},
	{"name:", "the column's name, if not the field's in snake case", ""},
	{"unique", "no two rows have the same value; with a name, the same values in all fields of the name", ""},
	{"index", "an index of the column; with a name, of all fields of the name", ""},
	{"foreign_key:", "the column that it refers to: table.column", ""},
	{"size:", "the most characters of a text", ""},
	{"default:", "the value of a new object", ""},
	{"server_default:", "the value that the database puts in, as SQL", ""},
	{"omitzero", "leave the zero value out of INSERT, so that the default stands", ""},
	{"nullable", "the column may be NULL", ""},
	{"not_null", "the column may not be NULL, though the field may be unset", ""},
	{"check:", "a condition that each row must meet, as SQL", ""},
	{"computed:", "computed by the database from an expression of SQL", ""},
	{"virtual", "compute it when it is read, rather than store it", ""},
	{"identity", "a column GENERATED AS IDENTITY", ""},
	{"sequence:", "the sequence that gives the value", ""},
	{"version", "counts the changes of a row, so that nobody overwrites another's", ""},
	{"on_delete:", "what happens here when the row referred to is deleted", "cascade,set_null,set_default,restrict,no_action"},
	{"on_update:", "what happens here when the key referred to changes", "cascade,set_null,set_default,restrict,no_action"},
	{"deferrable", "check the foreign key at the commit", "immediate,deferred"},
	{"type:", "the kind of the column, if not the field's", ""},
	{"sql_type:", "the column's type in the database's own words", ""},
	{"enum:", "the only values, with | between them", ""},
	{"precision:", "the digits of a number", ""},
	{"scale:", "the digits behind the point", ""},
	{"collate:", "the order of texts in the database", ""},
	{"comment:", "a remark that the database keeps", ""},
	{"deferred", "not read until it is asked for; with a name, all fields of the name at once", ""},
	{"expression:", "no column: computed by each query, from an expression of SQL", ""},
	{"readonly", "read and never written", ""},
	{"embedded", "the fields of this struct are columns here", ""},
	{"prefix:", "stands before the names of the embedded columns", ""},
	{"update_sql:", "an expression of SQL that each UPDATE puts in", ""},
}

// relationOptions are those of a handle: orm.One and orm.Many.
var relationOptions = []option{
	{"back_populates:", "the handle at the other end", ""},
	{"foreign_key:", "the field or fields that hold the key", ""},
	{"secondary:", "the table between two models", ""},
	{"cascade:", "what is done to the other side too", "all,save-update,merge,refresh-expire,expunge,delete,delete-orphan,none"},
	{"order_by:", "the fields that order the objects", ""},
	{"position:", "the field of the other model that keeps the order", ""},
	{"write_only", "never read as a whole, for a large collection", ""},
	{"viewonly", "read and never written", ""},
	{"passive_deletes", "leave what is not loaded to the database's ON DELETE", ""},
	{"post_update", "write the key by an UPDATE of its own", ""},
}

// isHandle says whether a field is the handle of a relationship.
func (p *program) isHandle(field *ast.Field) bool {
	named, ok := types.Unalias(p.info.TypeOf(field.Type)).(*types.Named)
	if !ok || named.Obj().Pkg() == nil || named.Obj().Pkg().Path() != ormPath {
		return false
	}
	return named.Obj().Name() == "One" || named.Obj().Name() == "Many"
}

// tagItems completes in the content of a tag. It gives the place from which an
// item replaces the text, in bytes.
func tagItems(content string, at int, handle bool) (from int, items []Item) {
	const key = `orm:"`
	open := strings.LastIndex(content[:at], key)
	if open < 0 {
		if strings.Trim(content[:at], `orm:`) != "" {
			return at, nil
		}
		return 0, []Item{{Label: key, Kind: "option", Detail: "options of the column"}}
	}
	begin := open + len(key)
	if strings.Contains(content[begin:at], `"`) {
		return at, nil
	}
	whole, _, _ := strings.Cut(content[begin:], `"`)
	from = begin + strings.LastIndexByte(content[begin:at], ',') + 1
	from += len(content[from:at]) - len(strings.TrimLeft(content[from:at], " "))
	known := columnOptions
	if handle {
		known = relationOptions
	}
	if name, value, ok := strings.Cut(content[from:at], ":"); ok {
		from += len(name) + 1 + strings.LastIndexByte(value, ' ') + 1
		return from, valueItems(known, name)
	}
	for _, o := range known {
		if !hasOption(whole, strings.TrimSuffix(o.name, ":"), at-begin) {
			items = append(items, Item{Label: o.name, Kind: "option", Detail: o.detail})
		}
	}
	return from, items
}

func valueItems(known []option, name string) (items []Item) {
	for _, o := range known {
		if strings.TrimSuffix(o.name, ":") != name || o.values == "" {
			continue
		}
		for _, value := range strings.Split(o.values, ",") {
			items = append(items, Item{Label: value, Kind: "option"})
		}
	}
	return items
}

// hasOption says whether a tag has an option, other than where the cursor is.
func hasOption(tag, name string, at int) bool {
	start := 0
	for part := range strings.SplitSeq(tag, ",") {
		key, _, _ := strings.Cut(strings.TrimSpace(part), ":")
		if key == name && (at < start || at > start+len(part)) {
			return true
		}
		start += len(part) + 1
	}
	return false
}
