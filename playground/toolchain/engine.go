package toolchain

import (
	"context"
	"errors"
	"os"
	"path/filepath"
)

// sqlitePackage is compiled without bounds checks for the page alone, where
// WebAssembly's own sandbox contains what a fault in it could do.
const sqlitePackage = "github.com/ncruces/go-sqlite3-wasm/v6"

// addEngine builds the engine, which runs the databases in the page.
func (b *builder) addEngine(ctx context.Context, p *parts) error {
	if _, err := os.Stat(filepath.Join(b.module, "cmd", "wasm")); errors.Is(err, os.ErrNotExist) {
		b.warn("there is no cmd/wasm, so programs in the page have no database")
		return nil
	}
	out := filepath.Join(b.work, engineWasm)
	p.files[engineWasm] = out
	return b.log.step("building the database engine", func() error {
		return b.goBuild(ctx, out, "./cmd/wasm", "-gcflags="+sqlitePackage+"=-B")
	})
}
