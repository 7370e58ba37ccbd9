package mysql

import "github.com/ormlab/ormlab/orm/schema"

// jsonForms read a part of a JSON document. JSON_UNQUOTE makes the text null of
// the document null, which is told apart by its type.
var jsonForms = map[schema.Kind]string{
	schema.Unknown: unlessNull + "CAST(" + unquoted + " AS {type}) END",
	schema.Boolean: unlessNull + unquoted + " = 'true' END",
	schema.String:  unlessNull + unquoted + " END",
	schema.Text:    unlessNull + unquoted + " END",
	schema.Float:   unlessNull + "CAST(" + unquoted + " AS DOUBLE) END",
	schema.JSON:    unlessNull + part + " END",
}

const (
	part       = "JSON_EXTRACT({doc}, {path})"
	unquoted   = "JSON_UNQUOTE(" + part + ")"
	unlessNull = "CASE WHEN JSON_TYPE(" + part + ") != 'NULL' THEN "
)
