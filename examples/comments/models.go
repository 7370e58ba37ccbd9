package main

import (
	"github.com/ormlab/ormlab/orm"
)

// User is somebody who writes.
type User struct {
	ID       int64             `orm:"primary_key,autoincrement"`
	Name     string            `orm:"size:40,unique"`
	Comments orm.Many[Comment] `orm:"back_populates:Author,cascade:all delete-orphan,order_by:ID"`
}

// Comment is what a user says about a page, or about another comment. One that
// was removed keeps its row, because others reply to it: see [visible].
type Comment struct {
	ID       int64             `orm:"primary_key,autoincrement"`
	Page     string            `orm:"size:80,index"`
	Body     string            `orm:"type:text"`
	Removed  bool              `orm:"default:false,omitzero"`
	AuthorID int64             `orm:"foreign_key:users.id,index"`
	ParentID orm.Null[int64]   `orm:"foreign_key:comments.id,index"`
	Author   orm.One[User]     `orm:"back_populates:Comments"`
	Parent   orm.One[Comment]  `orm:"back_populates:Replies"`
	Replies  orm.Many[Comment] `orm:"back_populates:Parent,cascade:all,order_by:ID"`
}

var (
	Users    = orm.Declare[User]("users")
	Comments = orm.Declare[Comment]("comments")
)

// visible is what every query of a session keeps to: comments that nobody
// removed.
var visible = orm.Criteria(Comments, orm.C(&Comments.F.Removed).Eq(false))
