package toolchain

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"go/version"
	"io"
	"os"
	"path/filepath"
	"strings"
)

const manifestName = "manifest.json"

// found is kept under the hash of the sources and says which set they gave.
type found struct {
	ID       string
	Warnings []string
}

func (b *builder) keyFile(key string) string {
	return filepath.Join(b.cache, "keys", key+".json")
}

func (b *builder) setDir(id string) string {
	return filepath.Join(b.cache, "sets", id)
}

// findSet returns the set that was built from the same sources before.
func (b *builder) findSet(key string) (*Set, bool) {
	text, err := os.ReadFile(b.keyFile(key))
	if err != nil {
		return nil, false
	}
	var f found
	if json.Unmarshal(text, &f) != nil {
		return nil, false
	}
	set, err := readSet(b.setDir(f.ID))
	if err != nil {
		return nil, false
	}
	set.Warnings = f.Warnings
	return set, true
}

// readSet reads the manifest of a set and sees that its files are there.
func readSet(dir string) (*Set, error) {
	text, err := os.ReadFile(filepath.Join(dir, manifestName))
	if err != nil {
		return nil, err
	}
	set := &Set{Dir: dir}
	if err := json.Unmarshal(text, &set.Manifest); err != nil {
		return nil, fmt.Errorf("%s: %w", manifestName, err)
	}
	for _, f := range set.Manifest.Files {
		if fileSize(filepath.Join(dir, f.Path)) != f.Size {
			return nil, fmt.Errorf("%s is not complete", f.Path)
		}
	}
	set.ID = set.Manifest.ID
	return set, nil
}

// assemble puts the parts, compressed, into a folder named after their content.
func (b *builder) assemble(ctx context.Context, key string, p *parts) (*Set, error) {
	m := Manifest{
		Version: 2, Go: b.goTool.Version, Files: map[string]File{},
		Packages: p.index.Packages, Exports: p.index.Exports, Importable: p.index.Importable,
		Args: newArgs(version.Lang(b.goTool.Version)),
	}
	var forms []compressed
	for _, name := range sortedKeys(p.files) {
		path := p.files[name]
		hash, err := hashFile(path)
		if err != nil {
			return nil, err
		}
		m.Files[name] = File{Path: hashedName(name, hash), Size: fileSize(path), SHA256: hash}
		forms = append(forms, b.compressedForms(path, hash)...)
	}
	err := b.log.step("compressing", func() error { return b.compressAll(ctx, forms) })
	if err != nil {
		return nil, err
	}
	return b.writeSet(key, m, p)
}

// hashedName puts a hash before a name's ending: compile.1a2b3c4d5e6f.wasm.
func hashedName(name, hash string) string {
	ext := filepath.Ext(name)
	return strings.TrimSuffix(name, ext) + "." + hash[:12] + ext
}

func (b *builder) writeSet(key string, m Manifest, p *parts) (*Set, error) {
	for name, f := range m.Files {
		for _, form := range b.compressedForms(p.files[name], f.SHA256) {
			switch size := fileSize(form.path); form.ext {
			case ".br":
				f.Brotli = size
			case ".gz":
				f.Gzip = size
			}
		}
		m.Files[name] = f
	}
	sum, err := json.Marshal(m)
	if err != nil {
		return nil, err
	}
	hash := sha256.Sum256(sum)
	m.ID = hex.EncodeToString(hash[:])[:16]
	if err := once(b.setDir(m.ID), func(tmp string) error { return b.fillSet(tmp, m, p) }); err != nil {
		return nil, err
	}
	text, err := json.Marshal(found{m.ID, b.warnings})
	if err != nil {
		return nil, err
	}
	if err := writeBytes(b.keyFile(key), text); err != nil {
		return nil, err
	}
	return &Set{ID: m.ID, Dir: b.setDir(m.ID), Manifest: m, Warnings: b.warnings}, nil
}

func (b *builder) fillSet(dir string, m Manifest, p *parts) error {
	for name, f := range m.Files {
		to := filepath.Join(dir, f.Path)
		if err := linkOrCopy(p.files[name], to); err != nil {
			return err
		}
		for _, form := range b.compressedForms(p.files[name], f.SHA256) {
			if err := linkOrCopy(form.path, to+form.ext); err != nil {
				return err
			}
		}
	}
	text, err := json.MarshalIndent(m, "", "\t")
	if err != nil {
		return err
	}
	return b.writeManifest(dir, append(text, '\n'))
}

func (b *builder) writeManifest(dir string, text []byte) error {
	path := filepath.Join(dir, manifestName)
	if err := writeBytes(path, text); err != nil {
		return err
	}
	for _, c := range b.opts.Compression.codecs() {
		form := compressed{c, path + c.ext, path}
		if err := form.make(context.Background()); err != nil {
			return err
		}
	}
	return nil
}

// linkOrCopy gives a file a second name, or copies it where that is not possible.
func linkOrCopy(from, to string) error {
	if os.Link(from, to) == nil {
		return nil
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	return writeOnce(to, func(w io.Writer) error {
		_, err := io.Copy(w, in)
		return err
	})
}

func writeBytes(path string, text []byte) error {
	return writeOnce(path, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
}
