//go:build !(wasm && playground)

package client

// pageTransport has no page to reach.
func pageTransport() transport { return nil }
