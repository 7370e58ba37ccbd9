package toolchain

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// keepFor is how long something that no build uses any more stays in the cache.
const keepFor = 7 * 24 * time.Hour

// prune removes old sets, keys and compressed files, so that a cache does not
// grow with every change of a source. What is in use is never old, because
// finding it touches it. Failures are left for the next build.
func (b *builder) prune(set *Set) {
	b.touch(set)
	for _, dir := range []string{"sets", "keys", "compressed"} {
		entries, err := os.ReadDir(filepath.Join(b.cache, dir))
		if err != nil {
			continue
		}
		for _, entry := range entries {
			info, err := entry.Info()
			if err == nil && time.Since(info.ModTime()) > keepFor {
				os.RemoveAll(filepath.Join(b.cache, dir, entry.Name()))
			}
		}
	}
}

// touch marks the set, and the compressed files that it was made with, as used now.
func (b *builder) touch(set *Set) {
	now := time.Now()
	_ = os.Chtimes(set.Dir, now, now)
	entries, err := os.ReadDir(filepath.Join(b.cache, "compressed"))
	if err != nil {
		return
	}
	var hashes []string
	for _, f := range set.Manifest.Files {
		hashes = append(hashes, f.SHA256)
	}
	for _, entry := range entries {
		hash, _, _ := strings.Cut(entry.Name(), "-")
		if slices.Contains(hashes, hash) {
			_ = os.Chtimes(filepath.Join(b.cache, "compressed", entry.Name()), now, now)
		}
	}
}
