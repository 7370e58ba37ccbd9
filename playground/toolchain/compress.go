package toolchain

import (
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/andybalholm/brotli"
)

// Compression is how hard to compress the files of a set.
type Compression int

const (
	// Fast is for a site that is served where it was built.
	Fast Compression = iota
	// Best takes minutes, and is for a site that is published.
	Best
	// None makes no compressed files.
	None
)

// codec is one way to compress.
type codec struct {
	ext   string
	level int
	open  func(w io.Writer, level int) (io.WriteCloser, error)
}

func (c Compression) codecs() []codec {
	levels := map[Compression][2]int{Fast: {4, 5}, Best: {11, 9}}
	level, ok := levels[c]
	if !ok {
		return nil
	}
	return []codec{{".br", level[0], openBrotli}, {".gz", level[1], openGzip}}
}

func openBrotli(w io.Writer, level int) (io.WriteCloser, error) {
	// 24 is the widest window that browsers accept.
	return brotli.NewWriterOptions(w, brotli.WriterOptions{Quality: level, LGWin: 24}), nil
}

func openGzip(w io.Writer, level int) (io.WriteCloser, error) {
	return gzip.NewWriterLevel(w, level)
}

// compressed is a file's compressed form in the cache, by content and level.
type compressed struct {
	codec
	path string
	from string
}

func (b *builder) compressedForms(path, hash string) []compressed {
	var forms []compressed
	for _, c := range b.opts.Compression.codecs() {
		name := fmt.Sprintf("%s-%d%s", hash, c.level, c.ext)
		forms = append(forms, compressed{c, filepath.Join(b.cache, "compressed", name), path})
	}
	return forms
}

// compressAll makes those of the forms that are not in the cache yet, as many
// at a time as there are processors.
func (b *builder) compressAll(ctx context.Context, forms []compressed) error {
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	var wg sync.WaitGroup
	errs := make([]error, len(forms))
	for i, form := range forms {
		if _, err := os.Stat(form.path); err == nil {
			continue
		}
		wg.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			errs[i] = form.make(ctx)
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return fmt.Errorf("compressing: %w", err)
		}
	}
	return nil
}

func (c compressed) make(ctx context.Context) error {
	in, err := os.Open(c.from)
	if err != nil {
		return err
	}
	defer in.Close()
	return writeOnce(c.path, func(w io.Writer) error {
		out, err := c.open(w, c.level)
		if err != nil {
			return err
		}
		if _, err := io.Copy(out, contextReader{ctx, in}); err != nil {
			return err
		}
		return out.Close()
	})
}

// contextReader stops reading when its context is done.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (r contextReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}
