package dialect

import (
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

func (c *compiler) createIndex(s expr.CreateIndex) {
	if s.Table == nil || s.Index == nil {
		c.fail("no table or no index is given")
		return
	}
	c.write("CREATE ")
	if s.Index.Unique {
		c.write("UNIQUE ")
	}
	c.write("INDEX ")
	if c.attached() {
		c.qualified(s.Table.Schema, s.Index.Name)
		c.write(" ON ")
		c.name(s.Table.Name)
	} else {
		c.name(s.Index.Name)
		c.write(" ON ")
		c.tableName(s.Table)
	}
	c.indexParts(s.Index)
	if len(s.Index.Include) > 0 {
		if !c.features.DDL.IncludeColumns {
			c.lacksDDL("indexes that include other columns; limit the index to dialects that have them")
		}
		c.write(" INCLUDE ")
		c.nameList(s.Index.Include)
	}
	if s.Index.Where != "" {
		if !c.features.DDL.PartialIndexes {
			c.lacksDDL("indexes with a condition; limit the index to dialects that have them")
		}
		c.write(" WHERE " + string(s.Index.Where))
	}
}

func (c *compiler) indexParts(index *schema.Index) {
	c.write(" (")
	for i, p := range index.Parts {
		c.separate(i)
		if p.Column != "" {
			c.name(p.Column)
		} else {
			if !c.features.DDL.ExpressionIndexes {
				c.lacksDDL("indexes on expressions; index a computed column")
			}
			c.write("(" + string(p.SQL) + ")")
		}
		if p.Descending {
			c.write(" DESC")
		}
	}
	c.write(")")
}

func (c *compiler) dropIndex(s expr.DropIndex) {
	if s.Table == nil || s.Index == nil {
		c.fail("no table or no index is given")
		return
	}
	c.write("DROP INDEX ")
	c.ifExists(s.IfExists)
	if c.features.DDL.IndexOfTable {
		c.name(s.Index.Name)
		c.write(" ON ")
		c.tableName(s.Table)
		return
	}
	c.qualified(s.Table.Schema, s.Index.Name)
}
