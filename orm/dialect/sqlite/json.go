package sqlite

import "github.com/ormlab/ormlab/orm/schema"

// jsonForms read a part of a JSON document. ->> gives a value, and NULL for the
// document null; -> gives a document.
var jsonForms = map[schema.Kind]string{
	schema.Unknown: "CAST(({doc} ->> {path}) AS {type})",
	schema.Boolean: "({doc} ->> {path})",
	schema.String:  "CAST(({doc} ->> {path}) AS TEXT)",
	schema.Text:    "CAST(({doc} ->> {path}) AS TEXT)",
	schema.JSON:    "NULLIF(({doc} -> {path}), 'null')",
	schema.Float:   "CAST(({doc} ->> {path}) AS REAL)",
}
