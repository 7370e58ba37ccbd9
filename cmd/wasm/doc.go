// Command wasm is engine.wasm, the resident SQLite of the playground's page: it
// puts playground/engine behind the exports that the page's worker calls.
//
// It is built with GOOS=js GOARCH=wasm; elsewhere it only says so.
package main
