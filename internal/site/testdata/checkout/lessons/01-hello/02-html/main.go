// Command 02-html prints what looks like HTML.
package main

import "fmt"

func main() {
	fmt.Println(line("<b>bold</b> & <script>alert(1)</script>"))
}
