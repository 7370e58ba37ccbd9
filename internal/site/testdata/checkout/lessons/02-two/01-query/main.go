// Command 01-query stands for a program that sends SQL.
package main

import "fmt"

func main() {
	fmt.Println("rows: 2")
}
