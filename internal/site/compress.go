package site

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"

	"github.com/andybalholm/brotli"
)

// smallest is the size in bytes from which compression pays.
const smallest = 256

// compress adds the compressed forms of the files in memory. A release is
// compressed once and sent often; else a start within a second matters more.
func (s *Site) compress(release bool) error {
	brotliLevel, gzipLevel := 5, gzip.DefaultCompression
	if release {
		brotliLevel, gzipLevel = brotli.BestCompression, gzip.BestCompression
	}
	writers := map[Encoding]func(io.Writer) (io.WriteCloser, error){
		Gzip:   func(w io.Writer) (io.WriteCloser, error) { return gzip.NewWriterLevel(w, gzipLevel) },
		Brotli: func(w io.Writer) (io.WriteCloser, error) { return brotli.NewWriterLevel(w, brotliLevel), nil },
	}
	for _, f := range s.files {
		for encoding, open := range writers {
			if err := f.compress(encoding, open); err != nil {
				return fmt.Errorf("site: compressing %s: %w", f.Path, err)
			}
		}
	}
	return nil
}

// compress adds a form if it is smaller than the content itself.
func (f *File) compress(e Encoding, open func(io.Writer) (io.WriteCloser, error)) error {
	content := f.forms()[Identity].memory
	if len(content) < smallest {
		return nil
	}
	var b bytes.Buffer
	w, err := open(&b)
	if err != nil {
		return err
	}
	if _, err := w.Write(content); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	if b.Len() < len(content) {
		f.bodies[e] = inMemory(b.Bytes())
	}
	return nil
}
