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
		bodies, err := onDisk(filepath.Join(set.Dir, name))
		if err != nil {
			return err
		}
		s.add(&File{
			Path:      "toolchain/" + set.ID + "/" + name,
			Type:      contentType(name),
			Hash:      set.ID + "-" + name,
			Immutable: true,
			bodies:    bodies,
		})
	}
	return nil
}

// onDisk finds a file's content and its compressed forms.
func onDisk(path string) (map[Encoding]body, error) {
	bodies := map[Encoding]body{}
	for _, e := range []Encoding{Identity, Gzip, Brotli} {
		info, err := os.Stat(path + e.Suffix())
		if os.IsNotExist(err) && e != Identity {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("site: adding the tool set: %w", err)
		}
		bodies[e] = body{disk: path + e.Suffix(), size: info.Size()}
	}
	return bodies, nil
}
