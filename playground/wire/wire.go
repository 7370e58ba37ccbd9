// Package wire is the messages between a program, the host and the engine of
// the playground, and their codec.
//
// web/src/runner/wire.ts is its twin in TypeScript for what the host asks. The
// messages in testdata are examples of every form; both sides are tested with
// them.
//
// # Exchange
//
// A request is one message, and every request gets one answer. The first
// request is Hello. Its form and that of its answer are the same in every
// version; if the versions differ, nothing else may be asked.
//
// # Fields
//
//	byte      1 byte
//	bool      1 byte: 0 or 1
//	uvarint   unsigned integer, 7 bits a byte, low bits first; the top bit says that more follow; at most 10 bytes
//	varint    signed integer n as the uvarint (n << 1) ^ (n >> 63), zigzag
//	u32       4 bytes, low byte first
//	float     8 bytes, IEEE 754, low byte first
//	string    uvarint length in bytes, then the bytes: UTF-8, but not checked
//	bytes     the same, any bytes
//	value     a kind byte and its content:
//	          0 null: nothing · 1 int: varint · 2 float: float · 3 bool: bool · 4 text: string ·
//	          5 blob: bytes · 6 time: varint seconds since 1970, uvarint nanoseconds
//	list of X uvarint count, then the Xs
//	column    string name, string declared type
//	site      string file, uvarint line; "" and 0 where it is not known
//	cell      a value for people: byte kind as above, string text, uvarint bytes left out
//
// A message ends with its last field; bytes after it are an error.
//
// # Requests
//
// An op byte, then its fields. Stmt and conn are the uvarint numbers that
// Prepare and Open returned. Limit is a uvarint: the milliseconds that the
// statement may still run, 0 for no limit. Batch is a uvarint: about how many
// bytes of rows an answer may hold; there is always at least one row. Longest
// is a uvarint: the bytes after which cells are cut.
//
//	 1 Hello      uvarint version
//	 2 Open       string name
//	 3 CloseConn  conn
//	 4 Prepare    conn, string SQL
//	 5 CloseStmt  stmt
//	 6 Exec       stmt, site, limit, list of value
//	 7 Query      stmt, site, limit, batch, list of value
//	 8 Fetch      stmt, limit, batch
//	 9 Reset      stmt
//	10 Control    conn, site, byte verb, string name
//	              verbs: 1 begin, 2 begin immediate, 3 begin read-only, 4 commit, 5 rollback,
//	              6 savepoint, 7 release, 8 rollback to; the last three have a name, the others ""
//	11 EndRun
//	12 Databases
//	13 Snapshot   string name
//	14 Restore    string name, bytes file
//	15 Drop       string name
//	16 Schema     string name
//	17 Plan       string name, string SQL
//	18 Limits     uvarint statements reported per run
//	19 Mark
//	20 Changes    string name, uvarint rows of a table, longest
//	21 Page       string name, string table, string column to order by ("": none), bool descending,
//	              uvarint offset, uvarint rows, longest
//	22 Kept
//	23 Forget
//	24 Script     string name, string SQL, uvarint rows of a result, longest, bool whole
//	25 Export     string name, byte format (1: SQL, 2: CSV), string table ("" for SQL)
//	26 Import     string name, byte format (0: a database's file, 2: CSV), string table, bytes file
//
// # Answers
//
// A status byte, then fields. Status 0 is success:
//
//	Hello      uvarint version, string SQLite's version
//	Open       conn
//	Prepare    stmt, uvarint parameters, list of column
//	Exec       varint rows affected, varint last insert id
//	Query,     byte flags (1: these are the last rows; 2: columns follow, because they are no longer
//	Fetch      those that Prepare or an earlier answer gave), if flagged a list of column,
//	           uvarint values in a row, u32 rows, then the values row by row
//	Databases  list of string
//	Kept       list of string: names that begin with the byte 2; the rest is for people
//	Snapshot   bytes file
//	Schema     list of table: string name, string SQL, list of column, list of foreign key, list of index,
//	           varint rows (-1 for a view); here
//	           a column is string name, string declared type, byte flags (1: NOT NULL, 2: primary key,
//	           4: generated, 8: has a default), string default (SQL);
//	           a foreign key is list of string columns, string table, list of string columns referred to
//	           (empty: the primary key), string ON UPDATE, string ON DELETE;
//	           an index is string name, byte flags (1: unique, 2: partial, 4: made by a constraint),
//	           list of string columns ("" for an expression)
//	Export     bytes file
//	Import     varint rows, varint 0
//	Plan       list of line: varint id, varint parent, string detail
//	Changes    list of table: string name, byte state (0: as before, 1: created, 2: dropped, 3: altered),
//	           list of column, varint rows added, varint removed, varint changed, list of row,
//	           string note (why rows are missing, or ""); a row is byte kind (1: added, 2: removed,
//	           3: changed), list of cell, list of cell before: uvarint column, cell
//	Page       list of column, varint rows in the table (-1: not known), list of row: list of cell
//	Script     uvarint statements carried out, bool the database may differ, bool something was undone,
//	           list of result: uvarint first byte, uvarint end, list of column, list of row: list of cell,
//	           bool there are more rows, varint rows affected (-1: does not apply), varint microseconds,
//	           string error ("": none), uvarint byte where it is
//	others     nothing
//
// Status 1 is an error: byte kind (a [driver.ErrorKind], or 255 if the request
// could not be put to the database), string code, string message, string
// constraint, string table, list of string columns.
package wire

// Version is the version of the protocol.
const Version = 2

// Op says what a request asks for.
type Op byte

// The requests.
const (
	Hello Op = iota + 1
	Open
	CloseConn
	Prepare
	CloseStmt
	Exec
	Query
	Fetch
	Reset
	Control
	EndRun
	Databases
	Snapshot
	Restore
	Drop
	Schema
	Plan
	Limits
	Mark
	Changes
	Page
	Kept
	Forget
	Script
	Export
	Import
	numOps
)

var opNames = [numOps]string{Hello: "Hello", Open: "Open", CloseConn: "CloseConn", Prepare: "Prepare",
	CloseStmt: "CloseStmt", Exec: "Exec", Query: "Query", Fetch: "Fetch", Reset: "Reset", Control: "Control",
	EndRun: "EndRun", Databases: "Databases", Snapshot: "Snapshot", Restore: "Restore", Drop: "Drop",
	Schema: "Schema", Plan: "Plan", Limits: "Limits",
	Mark: "Mark", Changes: "Changes", Page: "Page", Kept: "Kept", Forget: "Forget", Script: "Script",
	Export: "Export", Import: "Import"}

// String returns the op's name.
func (op Op) String() string {
	if op > 0 && op < numOps {
		return opNames[op]
	}
	return "unknown op"
}

// Format is the form of a file that Export gives and Import takes.
type Format byte

// The formats.
const (
	FileFormat Format = iota // the database itself; Import only, since Snapshot gives it
	SQLFormat                // Export only, since Script takes it
	CSVFormat                // rows of one table
)

// Verb is what a Control request does to a connection's transaction.
type Verb byte

// The verbs.
const (
	Begin Verb = iota + 1
	BeginImmediate
	BeginReadOnly
	Commit
	Rollback
	Savepoint
	Release
	RollbackTo
	numVerbs
)

// Site is the place in the program that caused a request.
type Site struct {
	File string
	Line int
}

const (
	statusOK    = 0
	statusError = 1

	flagDone    = 1
	flagColumns = 2

	flagNotNull    = 1
	flagPrimaryKey = 2
	flagGenerated  = 4
	flagDefault    = 8

	flagUnique     = 1
	flagPartial    = 2
	flagConstraint = 4
)
