package toolchain

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
)

// wasm_exec.js reads and writes globalThis and uses some of its members by
// their bare names. In the page both become parameters, so that a program
// reaches what the runner hands it and nothing else.

const wasmExecHead = `// Go's wasm_exec.js, as a function of the globalThis that a Go program sees.
export default function (globalThis) {
const { fs, process, path, crypto, performance, console, setTimeout, clearTimeout, TextEncoder, TextDecoder } = globalThis;
`

const wasmExecTail = `
return globalThis.Go;
}
`

func wrapWasmExec(source []byte) ([]byte, error) {
	if !bytes.Contains(source, []byte("globalThis.Go = class")) {
		return nil, fmt.Errorf("%s does not define globalThis.Go as expected", wasmExecJS)
	}
	return bytes.Join([][]byte{[]byte(wasmExecHead), source, []byte(wasmExecTail)}, nil), nil
}

func (b *builder) addWasmExec(p *parts) error {
	source, err := os.ReadFile(filepath.Join(b.goTool.Root, "lib", "wasm", wasmExecJS))
	if err != nil {
		return fmt.Errorf("this Go installation has no %s: %w", wasmExecJS, err)
	}
	text, err := wrapWasmExec(source)
	if err != nil {
		return err
	}
	p.files[wasmExecJS] = filepath.Join(b.work, wasmExecJS)
	return writeBytes(p.files[wasmExecJS], text)
}
