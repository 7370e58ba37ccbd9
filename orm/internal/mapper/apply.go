package mapper

import (
	"errors"
	"fmt"
	"unsafe"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/schema"
)

// apply checks the tag's options against the field and takes them over.
func (f *Field) apply(o options) error {
	c := f.Column
	if err := f.retype(&o); err != nil {
		return err
	}
	f.applyNull(o)
	f.OmitZero = f.OmitZero || f.codec.optional
	switch {
	case o.nullable && !c.Nullable:
		return fmt.Errorf("a plain %s cannot hold NULL; use orm.Null[%s] or *%s", f.Type, f.Type, f.Type)
	case o.virtual && o.computed == "":
		return errors.New("virtual is for a computed column")
	case o.notNull && !f.codec.optional:
		return errors.New("not_null is for orm.Opt; a plain field is never NULL, and others may be")
	case c.PrimaryKey && c.Nullable:
		return errors.New("a primary key cannot be NULL; use the plain type")
	case (c.Autoincrement || o.identity) && (!c.PrimaryKey || !c.Type.IsInteger()):
		return errors.New("autoincrement needs an integer field that is primary_key")
	case o.omitZero && o.def == nil && o.serverDefault == "" && o.sequence == "":
		return errors.New("omitzero needs a default or a server_default: what else should stand there?")
	case o.readOnly && c.PrimaryKey:
		return errors.New("a primary key cannot be readonly: new rows need one; leave the tag to a field that the database fills")
	case o.readOnly && (o.version || o.omitZero):
		return errors.New("readonly does not go with version or omitzero, which write the column")
	case o.def != nil && o.serverDefault != "":
		return errors.New("default and server_default exclude each other")
	}
	if err := f.applyKey(o); err != nil {
		return err
	}
	f.applyOrigin(o)
	return f.applyDefault(o)
}

func (f *Field) applyNull(o options) {
	if o.notNull && f.codec.optional {
		f.Column.Nullable = false
	}
}

// applyOrigin says where a value comes from that no object gives.
func (f *Field) applyOrigin(o options) {
	c := f.Column
	c.Comment, c.Collation = o.comment, o.collate
	if o.identity {
		c.Identity = &schema.Identity{}
	}
	if o.sequence != "" {
		c.Sequence = &schema.Sequence{Name: o.sequence}
	}
	if o.updateSQL != "" {
		c.OnUpdate = schema.SQL(o.updateSQL)
	}
	if o.computed != "" {
		c.Computed = &schema.Computed{SQL: schema.SQL(o.computed), Stored: !o.virtual}
	}
}

func (f *Field) applyDefault(o options) error {
	if o.serverDefault != "" {
		f.Column.Default = schema.SQL(o.serverDefault)
	}
	if o.def == nil {
		return nil
	}
	v, err := parseDefault(f.Column.Type, *o.def)
	if err != nil {
		return err
	}
	if !f.holds(v) {
		return fmt.Errorf("default:%s does not fit a Go %s", *o.def, f.Type)
	}
	f.Column.Default, f.def = v, v
	return nil
}

// actions are the values of on_delete and on_update.
var actions = map[string]schema.Action{
	"": schema.NoAction, "no_action": schema.NoAction, "restrict": schema.Restrict, "cascade": schema.Cascade,
	"set_null": schema.SetNull, "set_default": schema.SetDefault,
}

var deferrables = map[string]schema.Deferrable{
	"": schema.NotDeferrable, "immediate": schema.InitiallyImmediate, "deferred": schema.InitiallyDeferred,
}

// applyKey completes the foreign key.
func (f *Field) applyKey(o options) error {
	key := f.Column.References
	if key == nil {
		if o.onDelete+o.onUpdate+o.deferrable != "" {
			return errors.New("on_delete, on_update and deferrable are for a foreign_key, which is not there")
		}
		return nil
	}
	for _, a := range []struct {
		option, value string
		into          *schema.Action
	}{{"on_delete", o.onDelete, &key.OnDelete}, {"on_update", o.onUpdate, &key.OnUpdate}} {
		action, ok := actions[a.value]
		if !ok {
			return fmt.Errorf("%s:%s is not one of cascade, no_action, restrict, set_default, set_null", a.option, a.value)
		}
		if action == schema.SetNull && !f.Column.Nullable {
			return fmt.Errorf("%s:set_null needs a field that may be NULL", a.option)
		}
		*a.into = action
	}
	d, ok := deferrables[o.deferrable]
	if !ok {
		return fmt.Errorf("deferrable:%s is not one of immediate, deferred", o.deferrable)
	}
	key.Deferrable = d
	return nil
}

// limit returns the codec with only the values of an enumeration.
func (c codec) limit(t schema.Type) codec {
	one := limited(t)
	if !c.nullable {
		return one
	}
	// The text lies inside; its value is checked behind the codec around it.
	value := c.value
	c.typ = t
	c.bind = func(p unsafe.Pointer) (driver.Value, error) {
		v := value(p)
		if v.IsNull() {
			return v, nil
		}
		text := v.Text()
		return one.bind(unsafe.Pointer(&text))
	}
	return c
}
