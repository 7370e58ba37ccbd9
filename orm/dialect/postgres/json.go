package postgres

import "github.com/ormlab/ormlab/orm/schema"

// jsonForms read a part of a JSON document. #>> gives text without quotes, and
// NULL for the document null.
var jsonForms = map[schema.Kind]string{
	schema.Unknown: "CAST(({doc} #>> CAST({path} AS TEXT[])) AS {type})",
	schema.String:  text,
	schema.Text:    text,
	schema.JSON:    "NULLIF(CAST(({doc} #> CAST({path} AS TEXT[])) AS JSONB), CAST('null' AS JSONB))",
}

const text = "({doc} #>> CAST({path} AS TEXT[]))"
