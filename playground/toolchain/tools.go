package toolchain

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// The compiler and the linker come from the Go installation alone, so they
// are kept under the Go version, the text of the overlay's rules and the
// sources that the overlay reads.

//go:embed overlay.go
var overlayRules string

//go:embed overlayunused.go
var overlayUnusedRules string

// stockMark is a file beside tools that could not be trimmed; it says why.
const stockMark = "stock.txt"

// toolFlags leave out the compiler's profile, which makes it 6% bigger and a few
// per cent faster, and building it take twice as long.
var toolFlags = []string{"-pgo=off"}

var tools = []struct{ file, pkg string }{
	{compileWasm, "cmd/compile"},
	{linkWasm, "cmd/link"},
}

func (b *builder) addTools(ctx context.Context, p *parts) error {
	key, err := b.toolsKey()
	if err != nil {
		return err
	}
	dir := filepath.Join(b.cache, "tools", b.goTool.Version+"-"+key)
	if err := once(dir, func(tmp string) error { return b.buildTools(ctx, tmp) }); err != nil {
		return err
	}
	if why, err := os.ReadFile(filepath.Join(dir, stockMark)); err == nil {
		b.warn("compiler and linker are bigger than they need be: %s", why)
	}
	for _, tool := range tools {
		p.files[tool.file] = filepath.Join(dir, tool.file)
	}
	return nil
}

func (b *builder) toolsKey() (string, error) {
	h := sha256.New()
	fmt.Fprintf(h, "%s %v %v\n%s%s", b.goTool.Version, b.opts.Stock, toolFlags, overlayRules, overlayUnusedRules)
	for _, name := range sortedKeys(trims) {
		text, err := os.ReadFile(filepath.Join(b.goTool.Root, filepath.FromSlash(name)))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return "", err
		}
		h.Write(text)
	}
	return hex.EncodeToString(h.Sum(nil))[:16], nil
}

// buildTools builds both tools into dir: trimmed if possible, else as they are.
func (b *builder) buildTools(ctx context.Context, dir string) error {
	if b.opts.Stock {
		return b.buildBoth(ctx, dir)
	}
	overlay, err := writeOverlay(b.goTool.Root, dir, trims)
	if err == nil {
		err = b.buildBoth(ctx, dir, "-overlay", overlay)
	}
	if err == nil || ctx.Err() != nil {
		return err
	}
	b.log.printf("the trimmed build failed, building the tools as they are: %v", err)
	if stockErr := b.buildBoth(ctx, dir); stockErr != nil {
		return stockErr
	}
	why, _, _ := strings.Cut(err.Error(), "\n")
	return os.WriteFile(filepath.Join(dir, stockMark), []byte(why), 0o644)
}

func (b *builder) buildBoth(ctx context.Context, dir string, flags ...string) error {
	for _, tool := range tools {
		out := filepath.Join(dir, tool.file)
		what := fmt.Sprintf("building %s for the browser (%s, once for each Go version)", tool.pkg, b.goTool.Version)
		err := b.log.step(what, func() error {
			return b.goBuild(ctx, out, tool.pkg, slices.Concat(toolFlags, flags)...)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// goBuild builds a program for the page.
func (b *builder) goBuild(ctx context.Context, out, pkg string, flags ...string) error {
	args := append([]string{"build", "-trimpath", "-ldflags=-s -w", "-o", out}, flags...)
	if _, err := b.goTool.run(ctx, b.module, crossEnv(), append(args, pkg)...); err != nil {
		return fmt.Errorf("building %s: %w", pkg, err)
	}
	return nil
}
