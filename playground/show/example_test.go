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

func ExampleBar() {
	type state struct {
		Name   string
		People int64
	}
	show.Bar([]state{{"Texas", 24214127}, {"Vermont", 620602}, {"Wyoming", 529490}})
	// Output:
	// Name       People
	// -------  --------  ----------------------------------------
	// Texas    24214127  ████████████████████████████████████████
	// Vermont    620602  █
	// Wyoming    529490  ▉
}

func ExampleChart_Pyramid() {
	type group struct {
		Age    int
		Sex    string
		People int64
	}
	groups := []group{{0, "F", 2089}, {0, "M", 2191}, {85, "F", 3843}, {85, "M", 1863}}
	show.Chart{Title: "The youngest and the oldest"}.Pyramid(groups)
	// Output:
	// The youngest and the oldest
	//                                  F  Age     M
	// ████████████████████████████  3843   85  1863  ██████████████
	//              ███████████████  2089    0  2191  ████████████████
}
