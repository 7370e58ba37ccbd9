package show

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func cellOfAny(v any) cell { return cellOf(reflect.ValueOf(v)) }

// showDoc is DESIGN.md's ShowDoc.
type showDoc struct {
	Kind    string                        `json:"kind"`
	Title   string                        `json:"title"`
	Columns []struct{ Name, Type string } `json:"columns"`
	Rows    [][]*string                   `json:"rows"`
	Total   int                           `json:"total"`
	Text    string                        `json:"text"`
}

func TestDocument(t *testing.T) {
	table, err := tableOf(pets())
	require.NoError(t, err)
	table.title = `Pets "now" <b>`
	var doc showDoc
	require.NoError(t, json.Unmarshal(table.document(), &doc))
	assert.Equal(t, "table", doc.Kind)
	assert.Equal(t, `Pets "now" <b>`, doc.Title)
	assert.Equal(t, 2, doc.Total)
	assert.Equal(t, table.text(), doc.Text)
	var kinds []string
	for _, c := range doc.Columns {
		kinds = append(kinds, c.Name+" "+c.Type)
	}
	assert.Equal(t, []string{"ID int", "Name text", "Species text", "Weight float", "Chip int", "Tag blob", "Born time"}, kinds)
	require.Len(t, doc.Rows, 2)
	assert.Equal(t, "Fluffy", *doc.Rows[0][1])
	assert.Nil(t, doc.Rows[1][2])
}

func TestDocumentOfNothing(t *testing.T) {
	table, err := tableOf([]pet{})
	require.NoError(t, err)
	assert.Contains(t, string(table.document()), `"rows":[],"total":0,`)
}

// FuzzJSON compares the strings of a document with encoding/json's reading.
func FuzzJSON(f *testing.F) {
	for _, s := range []string{"", "a\"b\\c", "\x00\x1f\x7f\n", "\xff\xfe", "日本 </script>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var got string
		require.NoError(t, json.Unmarshal(appendJSON(nil, s), &got))
		want, err := json.Marshal(s)
		require.NoError(t, err)
		var through string
		require.NoError(t, json.Unmarshal(want, &through))
		assert.Equal(t, through, got)
	})
}
