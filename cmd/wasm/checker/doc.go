// Command checker is checker.wasm, the resident checker of the playground's
// page: it puts playground/checker behind the exports that a worker calls.
//
// It is built with GOOS=js GOARCH=wasm; elsewhere it only says so.
package main
