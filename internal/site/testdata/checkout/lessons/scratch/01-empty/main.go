// Command 01-empty is a program to begin with.
package main

import "fmt"

func main() {
	fmt.Println("Hello")
}
