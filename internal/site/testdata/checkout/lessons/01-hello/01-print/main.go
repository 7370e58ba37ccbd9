// Command 01-print prints a line.
package main

import "fmt"

func main() {
	fmt.Println("Hello")
}
