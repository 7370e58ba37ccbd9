//go:build js

package main

import (
	"unsafe"

	"github.com/ormlab/ormlab/playground/checker"
)

var (
	service checker.Service
	request []byte
	answer  []byte
)

// buffer returns the address of the request buffer, with room for n bytes.
//
//go:wasmexport ormlab_buffer
func buffer(n int32) unsafe.Pointer {
	if size := max(int(n), 1); size > cap(request) {
		request = make([]byte, size)
	}
	return unsafe.Pointer(unsafe.SliceData(request[:cap(request)]))
}

// handle handles the request of n bytes in the buffer and returns the length
// of the answer.
//
//go:wasmexport ormlab_handle
func handle(n int32) int32 {
	answer = service.Handle(request[:min(max(int(n), 0), cap(request))])
	return int32(len(answer))
}

// response returns the address of the answer, valid until the next handle.
//
//go:wasmexport ormlab_response
func response() unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(answer)) }

// main stays, because the exports work only as long as the program runs.
func main() { select {} }
