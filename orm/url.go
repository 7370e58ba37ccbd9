package orm

import "github.com/ormlab/ormlab/orm/dialect"

// URL is where a database is and how to get in. Build one to have its parts
// escaped, and give [Open] what Reveal returns; printing it does not show the
// password.
//
//	u := orm.URL{Scheme: "postgresql", User: "ann", Password: password, Host: "db.example.org", Database: "shop"}
//	engine, err := orm.Open(u.Reveal(), orm.Options{})
type URL = dialect.URL

// URLOption is one option of a [URL].
type URLOption = dialect.URLOption

// ParseURL reads a URL such as
//
//	postgresql://user:p%40ss@host:5432/db?sslmode=disable
//
// Its errors never show any of it but the scheme.
func ParseURL(text string) (URL, error) { return dialect.ParseURL(text) }
