package site

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"mime"
	"os"
	"path"
	"strings"
	"sync"
)

// Encoding is a form in which a file's content is sent.
type Encoding string

// The encodings, by their names in HTTP.
const (
	Identity Encoding = ""
	Gzip     Encoding = "gzip"
	Brotli   Encoding = "br"
)

// Suffix is what the encoding adds to a file's name on disk.
func (e Encoding) Suffix() string {
	return map[Encoding]string{Gzip: ".gz", Brotli: ".br"}[e]
}

// File is one file of a site in all its forms.
type File struct {
	Path      string // below the site's root, with slashes
	Type      string // content type
	Hash      string // of the content; changes when it changes
	Immutable bool   // the path has a hash in it: what it names never changes

	bodies map[Encoding]body
	making *making // of a file that is made when it is first asked for
}

// Make makes the content of a file that is made only when it is asked for;
// of others there is nothing to do. The other methods see no content before.
func (f *File) Make(ctx context.Context) error {
	if f.making == nil {
		return nil
	}
	f.making.Lock()
	defer f.making.Unlock()
	if f.bodies != nil {
		return nil
	}
	path, err := f.making.build(ctx)
	if err != nil {
		return fmt.Errorf("site: making %s: %w", f.Path, err)
	}
	bodies, err := onDisk(path)
	if err == nil {
		f.bodies = bodies
	}
	return err
}

// making is how a file's content comes about.
type making struct {
	sync.Mutex
	build func(ctx context.Context) (path string, err error)
}

// Size returns the length of a form in bytes, and whether there is that form.
func (f *File) Size(e Encoding) (int64, bool) {
	b, ok := f.forms()[e]
	return b.size, ok
}

func (f *File) forms() map[Encoding]body {
	if f.making != nil {
		f.making.Lock()
		defer f.making.Unlock()
	}
	return f.bodies
}

// Open returns the content in one form.
func (f *File) Open(e Encoding) (io.ReadCloser, error) {
	b, ok := f.forms()[e]
	switch {
	case !ok:
		return nil, fmt.Errorf("site: opening %s: there is no form %q", f.Path, e)
	case b.disk == "":
		return io.NopCloser(bytes.NewReader(b.memory)), nil
	}
	r, err := os.Open(b.disk)
	if err != nil {
		return nil, fmt.Errorf("site: opening %s: %w", f.Path, err)
	}
	return r, nil
}

// body is content in memory, or on disk where it is big.
type body struct {
	memory []byte
	disk   string
	size   int64
}

func inMemory(content []byte) body {
	return body{memory: content, size: int64(len(content))}
}

// newFile is a file in memory, without compressed forms yet.
func newFile(path string, content []byte) *File {
	sum := sha256.Sum256(content)
	return &File{
		Path:      path,
		Type:      contentType(path),
		Hash:      hex.EncodeToString(sum[:12]),
		Immutable: strings.HasPrefix(path, "assets/"),
		bodies:    map[Encoding]body{Identity: inMemory(content)},
	}
}

// types are the content types of a site. The system's table differs from
// machine to machine, so it is asked last.
var types = map[string]string{
	".css":   "text/css; charset=utf-8",
	".html":  "text/html; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".json":  "application/json",
	".map":   "application/json",
	".pack":  "application/octet-stream",
	".png":   "image/png",
	".svg":   "image/svg+xml",
	".txt":   "text/plain; charset=utf-8",
	".wasm":  "application/wasm",
	".woff2": "font/woff2",

	".webmanifest": "application/manifest+json",
}

func contentType(name string) string {
	ext := path.Ext(name)
	if t, ok := types[ext]; ok {
		return t
	}
	if t := mime.TypeByExtension(ext); t != "" {
		return t
	}
	return "application/octet-stream"
}
