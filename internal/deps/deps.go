// Package deps states who may import whom in this module; its test enforces
// it.
//
// The table below is policy. If the test fails, the import is most likely
// wrong, not the table: relax it only on purpose, and say why in the commit.
package deps

// policy has a line for each package: what of this module, and what from
// other modules, it may import. The standard library is free to all except
// for the rules below. "x/..." is x and all below it; of several lines that
// match a package the longest counts. A line that names a build tag in
// brackets adds to the line without.
const policy = `
# The ORM. What stands lower in the list knows what stands higher, and never
# the other way round.
orm/driver:                        # the seam below database/sql: values, connections
orm/schema:
orm/expr:                          orm/schema
orm/internal/textform:
orm/dialect:                       orm/schema orm/expr orm/driver orm/internal/textform
orm/internal/mapper:               orm/schema orm/expr orm/driver orm/internal/textform
orm/internal/state:                orm/schema orm/expr orm/driver orm/internal/mapper
orm/internal/exec:                 orm/driver orm/dialect orm/expr
# load and flush never import each other.
orm/internal/load:                 orm/schema orm/expr orm/driver orm/dialect orm/internal/mapper orm/internal/state orm/internal/exec
orm/internal/flush:                orm/schema orm/expr orm/driver orm/dialect orm/internal/mapper orm/internal/state orm/internal/exec
# orm never imports a named dialect or a database's client.
orm:                               orm/schema orm/expr orm/driver orm/dialect orm/internal/textform orm/internal/mapper orm/internal/state orm/internal/exec orm/internal/load orm/internal/flush orm/driver/sqldriver

# Clients of databases, and dialects: public packages only, as an outsider must.
orm/driver/gosqlite3:              orm/driver github.com/ncruces/go-sqlite3/...
orm/driver/pgxdriver:              orm/driver github.com/jackc/pgx/v5/...
orm/driver/sqldriver:              orm/driver
orm/driver/drivertest:             orm/driver github.com/stretchr/testify/...
orm/dialect/sqlite:                orm/schema orm/expr orm/driver orm/dialect orm/driver/gosqlite3 orm/driver/sqldriver
orm/dialect/postgres:              orm/schema orm/expr orm/driver orm/dialect orm/driver/pgxdriver orm/driver/sqldriver
orm/dialect/mysql:                 orm/schema orm/expr orm/driver orm/dialect orm/driver/sqldriver github.com/go-sql-driver/mysql
# What tests need: the suite of a dialect, and empty databases.
orm/ormtest:                       orm orm/schema orm/expr orm/dialect orm/driver github.com/stretchr/testify/...
orm/internal/testdb:               orm/driver orm/dialect orm/dialect/postgres orm/dialect/mysql github.com/stretchr/testify/require
# The one exception to "orm never imports playground": in the page, the
# dialect's driver is the playground's client.
orm/dialect/sqlite [playground]:   playground/client

# The playground.
playground/wire:                   orm/driver
playground/client:                 orm/driver playground/wire
playground/engine:                 orm/driver orm/driver/gosqlite3 playground/wire github.com/ncruces/go-sqlite3/...
playground/show:
playground/show [playground]:      playground/client
playground/dialects:               orm orm/dialect orm/dialect/mysql orm/dialect/postgres
playground/dialects [playground]:  playground/client
playground/checker:                # the standard library alone: the page loads all of it before the first squiggle
playground/toolchain:              playground/checker github.com/andybalholm/brotli
cmd/wasm:                          playground/engine
cmd/wasm/checker:                  playground/checker

# Lessons see what an embedder sees.
lessons/...:                       orm orm/schema orm/expr orm/dialect orm/dialect/sqlite orm/dialect/postgres orm/dialect/mysql playground/show lessons/...

# Examples are programs of somebody else.
examples/...:                      orm orm/dialect/sqlite orm/dialect/postgres orm/dialect/mysql

# The site.
internal/deps:
internal/site/lesson:              github.com/yuin/goldmark/... github.com/alecthomas/chroma/v2/...
internal/site/bundle:              github.com/evanw/esbuild/pkg/api
internal/site:                     internal/site/lesson internal/site/bundle playground/toolchain github.com/andybalholm/brotli
internal/site/host:                internal/site
internal/site/sitetest:            playground/toolchain github.com/stretchr/testify/require
cmd/serve:                         internal/site internal/site/host playground/toolchain
`

// light are the packages that an embedder takes along whatever the database,
// and lightInPage those that are linked into a learner's program besides:
// there, dialects come without a database's client. heavy is what none of
// them may reach, not even through the standard library.
const (
	light       = "orm orm/schema orm/expr orm/driver orm/dialect playground/show"
	lightInPage = "orm/dialect/sqlite orm/dialect/postgres orm/dialect/mysql"

	heavy = "net net/http text/template html/template crypto/... go/... testing os/exec encoding/xml"
)

// bridging are the packages that may know of JavaScript and of the imports
// and exports of a WebAssembly module.
const bridging = "playground/client playground/engine cmd/wasm cmd/wasm/checker"
