package orm_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm"
)

type ruleBase struct {
	orm.Polymorphic
	ID      int64 `orm:"primary_key"`
	Kind    string
	Version int `orm:"version"`
}

type (
	notMarked struct {
		ID   int64 `orm:"primary_key"`
		Kind string
	}
	nullKind struct {
		orm.Polymorphic
		ID   int64 `orm:"primary_key"`
		Kind orm.Null[string]
	}
	notEmbedded struct {
		ID    int64 `orm:"primary_key"`
		Other string
	}
	embeddedLater struct {
		First string
		ruleBase
	}
	wrongJoined struct {
		ruleBase
		Number int64  `orm:"primary_key"`
		Kind2  string `orm:"name:kind"`
		Count  int    `orm:"version"`
	}
	wrongShared struct {
		ruleBase
		Price int
		Size  *int
	}
	sizeShared struct {
		ruleBase
		Size orm.Null[int]
	}
	sizeText struct {
		ruleBase
		Size orm.Null[string]
	}
	plainClass struct {
		ruleBase
		Extra orm.Null[string]
	}
)

func TestInheritanceMappingErrors(t *testing.T) {
	base := orm.Declare[ruleBase]("rule_bases", orm.PolymorphicOn("Kind", "base"))
	require.NoError(t, base.Err())
	plain := orm.Declare[notMarked]("rule_plain")
	require.NoError(t, orm.Declare[sizeShared]("rule_bases", orm.Inherits(base, "size")).Err())
	abstract := orm.Declare[ruleBase]("rule_abstract", orm.PolymorphicOn("Kind", nil))
	for name, c := range map[string]struct {
		err  error
		want []string
	}{
		"no marker":          {orm.Declare[notMarked]("rules", orm.PolymorphicOn("Kind", "x")).Err(), []string{"notMarked: embed orm.Polymorphic, by which an object knows its class"}},
		"no such field":      {orm.Declare[ruleBase]("rules", orm.PolymorphicOn("Sort", "x")).Err(), []string{"PolymorphicOn: ruleBase has no mapped field Sort"}},
		"null discriminator": {orm.Declare[nullKind]("rules", orm.PolymorphicOn("Kind", "x")).Err(), []string{"nullKind.Kind: a discriminator is a string or an integer that is never NULL, not orm.Null[string]"}},
		"misfit":             {orm.Declare[ruleBase]("rules", orm.PolymorphicOn("Kind", 5)).Err(), []string{"ruleBase: the identity 5 does not fit ruleBase.Kind, a Go string"}},
		"duplicate":          {orm.Declare[plainClass]("rules", orm.Inherits(base, "size")).Err(), []string{`plainClass: the identity "size" is that of sizeShared already`}},
		"no discriminator":   {orm.Declare[plainClass]("rules", orm.Inherits(plain, "x")).Err(), []string{"plainClass: notMarked has no discriminator; declare it with PolymorphicOn"}},
		"wrong base":         {orm.Declare[plainClass]("rules", orm.Inherits(orm.Declare[notMarked]("rules", orm.PolymorphicOn("Kind", "x")), "x")).Err(), []string{"plainClass: the model that it inherits from is wrong itself"}},
		"not embedded":       {orm.Declare[notEmbedded]("rules", orm.Inherits(base, "x")).Err(), []string{"notEmbedded: embed ruleBase as the first field, by value and without a tag"}},
		"embedded later":     {orm.Declare[embeddedLater]("rules", orm.Inherits(base, "x")).Err(), []string{"embeddedLater: embed ruleBase as the first field"}},
		"joined": {orm.Declare[wrongJoined]("rules", orm.Inherits(base, "x")).Err(), []string{
			"wrongJoined.Number: the primary key is that of ruleBase", "wrongJoined.Kind2: ruleBase has a column kind already; give this one another name",
			"wrongJoined.Count: the version belongs to ruleBase, whose row is there for all classes"}},
		"shared": {orm.Declare[wrongShared]("rule_bases", orm.Inherits(base, "y")).Err(), []string{
			"wrongShared.Price: rule_bases also has rows of other classes, in which the column is NULL; use orm.Null[int] or *int"}},
		"other type": {orm.Declare[sizeText]("rule_bases", orm.Inherits(base, "z")).Err(), []string{"sizeText.Size: rule_bases has a column size of another type already"}},
		"table":      {compileErr(orm.Select(orm.NewTable("rules", orm.Column("id", orm.Integer()).PrimaryKey(), orm.PolymorphicOn("id", 1)))), []string{"PolymorphicOn is for models"}},
		"alias":      {compileErr(Coders.As("c").Select()), []string{"objects of Coder are read from several tables, which have no common alias"}},
		"insert":     {compileErr(orm.Insert(Chiefs, "name").Row("x")), []string{"an object of Chief is more than a row of it"}},
		"wide":       {compileErrOf(orm.WithPolymorphic(Studios)), []string{"WithPolymorphic: Studio is no class below Worker"}},
		"of type":    {compileErr(Studios.Select().Where(orm.Any(orm.OfType(&Studios.F.Workers, Laptops)))), []string{"OfType: Studio.Workers leads to objects of Worker, of which no Laptop is one"}},
	} {
		if assert.Error(t, c.err, name) {
			for _, want := range c.want {
				assert.Contains(t, c.err.Error(), want, name)
			}
		}
	}
	assert.Equal(t, []string{"id", "kind", "version", "size"}, columnNames(base), "wrong classes add no columns")
	assert.NoError(t, abstract.Err())
	for _, c := range base.Table().Columns {
		assert.Same(t, base.Table(), c.Table)
	}
}

func columnNames(m orm.Mapped) (names []string) {
	for _, c := range orm.NewMetadata(m).Tables()[0].Columns {
		names = append(names, c.Name)
	}
	return names
}

func compileErr(stmt compiler) error {
	_, _, err := stmt.Compile(coreDialects[0])
	return err
}

// compileErrOf is the error of a query for workers with an option.
func compileErrOf(option orm.Loader) error {
	engine, err := orm.Open("sqlite://", orm.Options{})
	if err != nil {
		return err
	}
	defer engine.Close()
	s := orm.NewSession(engine)
	defer s.Close()
	_, err = Workers.Select().Options(option).All(context.Background(), s)
	return err
}

func TestInheritedTables(t *testing.T) {
	ddl := func(m orm.Mapped) string {
		sql, _, err := orm.CreateTable(m).Compile(coreDialects[1])
		require.NoError(t, err)
		return strings.Join(strings.Fields(sql), " ")
	}
	assert.Equal(t, "CREATE TABLE coders ( id INTEGER NOT NULL PRIMARY KEY, language VARCHAR(20) NOT NULL, FOREIGN KEY (id) REFERENCES workers (id) )", ddl(Coders))
	assert.Equal(t, "CREATE TABLE architects ( id INTEGER NOT NULL PRIMARY KEY, towers INTEGER NOT NULL, FOREIGN KEY (id) REFERENCES coders (id) )", ddl(Architects))
	assert.Equal(t, ddl(Workers), ddl(Chiefs))
	assert.Contains(t, ddl(Workers), "budget INTEGER,")
	var names []string
	for _, table := range orm.NewMetadata(Architects, Laptops, Coders, Chiefs, Workers, Studios, Skills).Tables() {
		names = append(names, table.Name)
	}
	assert.ElementsMatch(t, []string{"studios", "workers", "coders", "architects", "laptops", "skills", "coder_skills"}, names)
	assert.Less(t, strings.Index(strings.Join(names, " "), "workers"), strings.Index(strings.Join(names, " "), "coders"))
}
