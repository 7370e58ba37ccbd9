package mapper

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/ormlab/ormlab/orm/schema"
)

func (o *options) flags() map[string]*bool {
	return map[string]*bool{
		"primary_key": &o.primaryKey, "autoincrement": &o.autoincrement,
		"nullable": &o.nullable, "omitzero": &o.omitZero,
		"virtual": &o.virtual, "identity": &o.identity, "not_null": &o.notNull, "version": &o.version,
		"readonly": &o.readOnly, "embedded": &o.embedded, "expression": &o.expression,
	}
}

func (o *options) texts() map[string]*string {
	return map[string]*string{
		"name": &o.name, "type": &o.typ, "server_default": &o.serverDefault, "check": &o.check, "comment": &o.comment, "collate": &o.collate,
		"computed": &o.computed, "on_delete": &o.onDelete, "on_update": &o.onUpdate,
		"sequence": &o.sequence, "update_sql": &o.updateSQL, "enum": &o.enum, "sql_type": &o.native,
		"prefix": &o.prefix,
	}
}

// others are the options whose value is neither missing nor plain text.
var others = []string{"default", "deferrable", "deferred", "foreign_key", "index", "precision", "scale", "size", "unique"}

// bare are those of the others that need no value.
var bare = []string{"deferrable", "deferred", "index", "unique"}

// set takes over one option.
func (o *options) set(key, value string, hasValue bool) error {
	flags, texts := o.flags(), o.texts()
	if flag := flags[key]; flag != nil {
		if hasValue {
			return fmt.Errorf("%s takes no value", key)
		}
		*flag = true
		return nil
	}
	switch {
	case texts[key] == nil && !slices.Contains(others, key):
		known := slices.Concat(slices.Sorted(maps.Keys(flags)), slices.Sorted(maps.Keys(texts)), others)
		slices.Sort(known)
		return fmt.Errorf("unknown option %q; known are %s", key, strings.Join(known, ", "))
	case !hasValue && slices.Contains(bare, key):
	case !hasValue, value == "" && key != "default":
		return fmt.Errorf("%s needs a value, as in %s:…", key, key)
	}
	if text := texts[key]; text != nil {
		*text = value
		return nil
	}
	return o.setParsed(key, value)
}

// setParsed takes over an option whose value is not plain text.
func (o *options) setParsed(key, value string) (err error) {
	switch key {
	case "default":
		o.def = &value
	case "size":
		o.size, err = number(key, value, "characters above 0", 1)
	case "precision":
		o.precision, err = number(key, value, "digits above 0", 1)
	case "scale":
		o.scale, err = number(key, value, "digits", 0)
	case "unique":
		if value == "" {
			o.unique = true
		} else {
			o.uniqueGroups = append(o.uniqueGroups, value)
		}
	case "index":
		o.indexes = append(o.indexes, value)
	case "deferrable":
		if o.deferrable = value; value == "" {
			o.deferrable = "immediate"
		}
	case "deferred":
		o.deferred, o.group = true, value
	case "foreign_key":
		return o.refer(value)
	}
	return err
}

func number(key, value, what string, least int) (int, error) {
	n, err := strconv.Atoi(value)
	if err != nil || n < least || n > 1<<30 {
		return 0, fmt.Errorf("%s:%s is not a number of %s", key, value, what)
	}
	return n, nil
}

// refer reads table.column or schema.table.column.
func (o *options) refer(value string) error {
	parts := strings.Split(value, ".")
	if len(parts) < 2 || len(parts) > 3 || slices.Contains(parts, "") {
		return fmt.Errorf("foreign_key:%s is not of the form table.column", value)
	}
	n := len(parts)
	o.references = &schema.Reference{Table: parts[n-2], Column: parts[n-1]}
	if n == 3 {
		o.references.Schema = parts[0]
	}
	return nil
}
