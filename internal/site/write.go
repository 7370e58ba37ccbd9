package site

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Write puts all files into a folder, their compressed forms beside them as
// .gz and .br. What the folder held is not removed, so it has to be empty or
// to hold an earlier site: old assets then stay for pages that are still open.
func (s *Site) Write(ctx context.Context, dir string) error {
	for _, path := range s.Paths() {
		f := s.files[path]
		if err := f.Make(ctx); err != nil {
			return err
		}
		for encoding := range f.bodies {
			if err := f.write(filepath.Join(dir, filepath.FromSlash(path)+encoding.Suffix()), encoding); err != nil {
				return fmt.Errorf("site: writing %s: %w", path, err)
			}
		}
	}
	return nil
}

func (f *File) write(name string, e Encoding) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	in, err := f.Open(e)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(name)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
