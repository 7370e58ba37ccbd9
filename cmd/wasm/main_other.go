//go:build !js

package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Fprintln(os.Stderr, "wasm: this is the playground's engine: build it with GOOS=js GOARCH=wasm")
	os.Exit(2)
}
