package site

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/ormlab/ormlab/playground/toolchain"
)

// toolchainManifest is where the page finds the manifest of a tool set.
func toolchainManifest(set *toolchain.Set) string {
	if set == nil {
		return ""
	}
	return "toolchain/" + set.ID + "/manifest.json"
}

// addToolchain adds the files of a tool set as they are on disk. They are
// too big to be held in memory or compressed here.
func (s *Site) addToolchain(set *toolchain.Set) error {
	if set == nil {
		return nil
	}
	names := []string{"manifest.json"}
	for _, file := range set.Manifest.Files {
		names = append(names, file.Path)
	}
	for _, name := range names {
		f := &File{
			Path:      "toolchain/" + set.ID + "/" + name,
			Type:      contentType(name),
			Hash:      set.ID + "-" + name,
			Immutable: true,
			bodies:    map[Encoding]body{},
		}
		if err := f.addDisk(filepath.Join(set.Dir, name)); err != nil {
			return err
		}
		s.add(f)
	}
	return nil
}

func (f *File) addDisk(path string) error {
	for _, e := range []Encoding{Identity, Gzip, Brotli} {
		info, err := os.Stat(path + e.Suffix())
		if os.IsNotExist(err) && e != Identity {
			continue
		}
		if err != nil {
			return fmt.Errorf("site: adding the tool set: %w", err)
		}
		f.bodies[e] = body{disk: path + e.Suffix(), size: info.Size()}
	}
	return nil
}
