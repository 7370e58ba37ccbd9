//go:build !js

package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Fprintln(os.Stderr, "checker: this is for the playground's page: build it with GOOS=js GOARCH=wasm")
	os.Exit(2)
}
