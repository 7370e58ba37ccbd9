//go:build wasm && playground

package client

import "unsafe"

// The host of the page provides these; DESIGN.md, "The bridge", says what they
// do.

//go:wasmimport ormlab call
//go:noescape
func importedCall(request unsafe.Pointer, requestLen int32, answer unsafe.Pointer, answerCap int32) int32

//go:wasmimport ormlab take
//go:noescape
func importedTake(answer unsafe.Pointer, answerCap int32) int32

//go:wasmimport ormlab show
//go:noescape
func importedShow(doc unsafe.Pointer, docLen int32)

type imports struct{}

func (imports) call(request, answer []byte) int {
	return int(importedCall(unsafe.Pointer(unsafe.SliceData(request)), int32(len(request)),
		unsafe.Pointer(unsafe.SliceData(answer)), int32(len(answer))))
}

func (imports) take(answer []byte) {
	importedTake(unsafe.Pointer(unsafe.SliceData(answer)), int32(len(answer)))
}

func (imports) show(doc []byte) {
	importedShow(unsafe.Pointer(unsafe.SliceData(doc)), int32(len(doc)))
}

func pageTransport() transport { return imports{} }
