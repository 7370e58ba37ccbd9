package site

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/ormlab/ormlab/internal/site/bundle"
	"github.com/ormlab/ormlab/internal/site/lesson"
)

// static are files that stand in the site as they are: what a browser needs
// to install it.
//
//go:embed static
var static embed.FS

func (s *Site) addStatic() error {
	return fs.WalkDir(static, "static", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := static.ReadFile(name)
		if err != nil {
			return fmt.Errorf("site: adding %s: %w", name, err)
		}
		s.add(newFile(strings.TrimPrefix(name, "static/"), content))
		return nil
	})
}

// kept is what the service worker is told (web/src/offline/config.ts).
type kept struct {
	Off     bool     `json:"off,omitempty"`
	Version string   `json:"version"`
	Pages   []string `json:"pages"`
	Assets  []string `json:"assets"`
	Tools   []string `json:"tools"`
}

// addOffline adds the service worker, with the list of what it keeps. Without
// a version it is the kill switch: browsers that have an earlier one ask for
// it again, and it forgets everything and goes away.
func (s *Site) addOffline(script []byte, version string) error {
	what := kept{Off: version == "", Version: version}
	for _, p := range s.Paths() {
		switch folder, _, _ := strings.Cut(p, "/"); {
		case strings.HasSuffix(p, ".map") || p == "404.html" || folder == "embed":
		case folder == "toolchain":
			if s.files[p].making == nil { // programs are kept as they are used
				what.Tools = append(what.Tools, p)
			}
		case folder == "assets":
			what.Assets = append(what.Assets, p)
		default:
			what.Pages = append(what.Pages, strings.TrimSuffix(p, "index.html"))
		}
	}
	if what.Off {
		what = kept{Off: true, Pages: []string{}, Assets: []string{}, Tools: []string{}}
	}
	list, err := json.Marshal(what)
	if err != nil {
		return fmt.Errorf("site: writing the service worker: %w", err)
	}
	s.add(newFile("sw.js", slices.Concat([]byte("self.ormlab="), list, []byte(";\n"), script)))
	return nil
}

// version changes when a page would look or work otherwise.
func version(assets *bundle.Result, ps *pages) string {
	h := sha256.New()
	for _, p := range slices.Sorted(maps.Keys(assets.Files)) {
		fmt.Fprintln(h, p)
	}
	fmt.Fprintln(h, toolchainManifest(ps.toolchain))
	for _, l := range slices.Concat(ps.lessons, []*lesson.Lesson{ps.scratch}) {
		if l != nil {
			fmt.Fprintln(h, l.Name, l.Title, l.Summary, l.Body)
		}
	}
	for _, dir := range []struct {
		files embed.FS
		name  string
	}{{templateFiles, "templates"}, {static, "static"}} {
		entries, _ := dir.files.ReadDir(dir.name)
		for _, entry := range entries {
			content, _ := dir.files.ReadFile(path.Join(dir.name, entry.Name()))
			h.Write(content)
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}
