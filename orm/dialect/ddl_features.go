package dialect

// DDLFeatures are what a database has for tables beyond columns and keys.
type DDLFeatures struct {
	// KeyNames: a primary key's constraint can have a name.
	KeyNames bool
	// AlterKeys: foreign keys can be added to a table and taken from it.
	// Otherwise one may refer to a table that is not there yet.
	AlterKeys bool
	// DropKey is what stands before the name of a foreign key that ALTER TABLE
	// takes away.
	DropKey string
	// Deferrable: a foreign key can be checked at the end of the transaction.
	Deferrable bool
	// SetDefault: ON DELETE SET DEFAULT is kept, not read and refused.
	SetDefault bool
	// InlineComments: comments stand in CREATE TABLE.
	InlineComments bool
	// CommentStatements: comments are statements, COMMENT ON. A database with
	// neither has no comments, and they are left out.
	CommentStatements bool
	// EnumTypes: an enumeration with a name is a type of its own.
	EnumTypes bool
	// EnumColumns: an enumeration is a column's type. With neither it is text
	// with a CHECK.
	EnumColumns bool
	// PartialIndexes: an index may have a condition.
	PartialIndexes bool
	// IncludeColumns: an index may hold columns besides its key.
	IncludeColumns bool
	// ExpressionIndexes: an index may be on expressions.
	ExpressionIndexes bool
	// IndexOfTable: an index's name belongs to its table: DROP INDEX i ON t.
	IndexOfTable bool
	// VirtualColumns, StoredColumns: computed columns of these kinds.
	VirtualColumns, StoredColumns bool
	// ComputedNotNull: a computed column may be NOT NULL.
	ComputedNotNull bool
	// Sequences: there are sequences.
	Sequences bool
	// RestrictIsDefault: a foreign key without an action has RESTRICT.
	RestrictIsDefault bool
	// UniqueIsIndex: a unique constraint and a unique index are the same.
	UniqueIsIndex bool
	// Schemas: tables can stand in namespaces.
	Schemas bool
	// AttachedSchemas: there are namespaces for a dialect of [Translate] only:
	// databases that a connection attaches. So none is created, the name of an index carries its namespace, and foreign
	// keys stay in one.
	AttachedSchemas bool
}
