//go:build js

package main

import (
	"encoding/binary"
	"unsafe"

	"github.com/ormlab/ormlab/playground/engine"
)

// The exports are the bridge of DESIGN.md. All of them return at once.

var (
	theEngine = engine.New(engine.Options{Events: sendEvents})
	request   []byte
	answer    []byte
)

//go:wasmimport ormlab event
//go:noescape
func importedEvent(lines unsafe.Pointer, n int32)

func sendEvents(lines []byte) {
	importedEvent(unsafe.Pointer(unsafe.SliceData(lines)), int32(len(lines)))
}

// keptRequest is the size up to which the request buffer is used again.
const keptRequest = 1 << 20

// buffer returns the address of the request buffer, with room for n bytes.
//
//go:wasmexport ormlab_buffer
func buffer(n int32) unsafe.Pointer {
	size := int(max(n, 1))
	if size > cap(request) || cap(request) > keptRequest && size <= keptRequest {
		request = make([]byte, max(size, 64<<10))
	}
	return unsafe.Pointer(unsafe.SliceData(request[:cap(request)]))
}

// handle handles the request of n bytes in the buffer and returns the length
// of the answer. The answer's address is left in the first four bytes of the
// buffer, because each call of an export costs more than what it does.
//
//go:wasmexport ormlab_handle
func handle(n int32) int32 {
	answer = theEngine.Handle(request[:min(max(int(n), 0), cap(request))])
	if cap(request) >= 4 {
		binary.LittleEndian.PutUint32(request[:4], uint32(uintptr(response())))
	}
	return int32(len(answer))
}

// response returns the address of the answer, valid until the next handle.
//
//go:wasmexport ormlab_response
func response() unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(answer)) }

// flush hands all pending events to the host.
//
//go:wasmexport ormlab_flush
func flush() { theEngine.Flush() }

// main stays, because the exports work only as long as the program runs.
func main() { select {} }
