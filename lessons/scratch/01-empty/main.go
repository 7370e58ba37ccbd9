// Command 01-empty prints a line.
package main

import "fmt"

func main() {
	fmt.Println("Hello")
}
