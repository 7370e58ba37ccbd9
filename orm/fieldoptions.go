package orm

import "github.com/ormlab/ormlab/orm/internal/mapper"

// FieldOption says how the fields of a struct are mapped, beside their tags:
// see [Field], [ColumnNames] and [TableNames].
type FieldOption struct {
	name   string
	set    func(*mapper.Tagging)
	tables func(model string) string // of TableNames; else nil
}

func (FieldOption) part() {}

func (o FieldOption) define(d *mapper.Definition) {
	switch {
	case !d.OfModel():
		d.Fail("%s is for models", o.name)
	case o.tables != nil:
		mapper.NameTable(d, o.tables)
	default:
		mapper.CheckTags(d)
	}
}

// tags adds what the option says to what others have said.
func (o FieldOption) tags(before mapper.Tags) mapper.Tags {
	t, ok := before.(*mapper.Tagging)
	if !ok {
		t = &mapper.Tagging{Fields: map[string]string{}}
	}
	if o.set != nil {
		o.set(t)
	}
	return t
}

// Field gives a field a tag, in place of the one in the struct: for types that
// the program cannot change. A field of an embedded struct is named as Go finds
// it, one of a composite by its path, such as "Start.X".
//
//	var Users = orm.Declare[other.User]("users",
//		orm.Field("ID", "primary_key"),
//		orm.Field("Name", "size:30,unique"),
//		orm.Field("Cache", "-"))
func Field(name, tag string) FieldOption {
	return FieldOption{name: "Field", set: func(t *mapper.Tagging) { t.Fields[name] = tag }}
}

// ColumnNames makes the names of columns from those of fields, where a tag has
// no name. Without it they are in [SnakeCase].
func ColumnNames(name func(field string) string) FieldOption {
	return FieldOption{name: "ColumnNames", set: func(t *mapper.Tagging) { t.ColumnName = name }}
}

// TableNames makes the name of the table from that of the struct, where
// [Declare] is given none. With [ColumnNames] it makes a convention:
//
//	var convention = []orm.TableOption{orm.TableNames(plural), orm.ColumnNames(orm.SnakeCase)}
//	var Users = orm.Declare[User]("", convention...)
func TableNames(name func(model string) string) FieldOption {
	return FieldOption{name: "TableNames", tables: name}
}

// SnakeCase is how columns are named unless a program says otherwise: UserID
// becomes user_id, HTTPServerX http_server_x.
func SnakeCase(name string) string { return mapper.SnakeCase(name) }
