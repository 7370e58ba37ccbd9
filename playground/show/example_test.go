package show_test

import "github.com/ormlab/ormlab/playground/show"

func ExampleTable() {
	type pet struct {
		ID     int64
		Name   string
		Hunger int
	}
	show.Table([]pet{{1, "Fluffy", 5}, {2, "Rex", 20}})
	// Output:
	// ID  Name    Hunger
	// --  ------  ------
	//  1  Fluffy       5
	//  2  Rex         20
}

func ExampleTitled() {
	show.Titled("Colours", []string{"red", "green"})
	// Output:
	// Colours
	// value
	// -----
	// red
	// green
}
