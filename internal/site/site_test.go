package site

import (
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/internal/site/sitetest"
)

func buildFixture(t *testing.T, change func(*Options)) *Site {
	t.Helper()
	o := Options{Root: sitetest.Checkout(t), Toolchain: sitetest.Toolchain(t)}
	if change != nil {
		change(&o)
	}
	s, err := Build(t.Context(), o)
	require.NoError(t, err)
	return s
}

func read(t *testing.T, s *Site, path string, e Encoding) string {
	t.Helper()
	f, ok := s.Lookup(path)
	require.True(t, ok, path)
	r, err := f.Open(e)
	require.NoError(t, err)
	defer r.Close()
	content, err := io.ReadAll(r)
	require.NoError(t, err)
	return string(content)
}

// pagesOf returns the site's pages, without 404.html.
func pagesOf(s *Site) []string {
	return slices.DeleteFunc(s.Paths(), func(p string) bool { return !strings.HasSuffix(p, "index.html") })
}

func TestPages(t *testing.T) {
	s := buildFixture(t, nil)
	assert.Equal(t, []string{"index.html", "lessons/01-hello/index.html", "lessons/02-two/index.html"}, pagesOf(s))
	index := read(t, s, "index.html", Identity)
	assert.Contains(t, index, `<a href="lessons/01-hello/">Hello, &lt;tables&gt;</a>`)
	assert.Contains(t, index, "<p>A statement goes out, rows come back.</p>")
	first := read(t, s, "lessons/01-hello/index.html", Identity)
	assert.Contains(t, first, `<a rel="next" href="../02-two/">`)
	assert.NotContains(t, first, `rel="prev"`)
	assert.Contains(t, first, `<li><a href="#print-a-line">Print a line</a></li>`)
	last := read(t, s, "lessons/02-two/index.html", Identity)
	assert.Contains(t, last, `<a rel="prev" href="../01-hello/">`)
	assert.NotContains(t, last, `rel="next"`)
}

var (
	links  = regexp.MustCompile(`\s(?:href|src)="([^"]*)"`)
	metas  = regexp.MustCompile(`<meta name="(ormlab-[a-z]+)" content="([^"]*)">`)
	inline = regexp.MustCompile(`(?i)\sstyle=|<style|\son[a-z]+=|<script(?:[^>]*)>[^<]|<script[^>]*(?:type="module")?>\s*[^<\s]`)
	anchor = regexp.MustCompile(`\sid="([^"]*)"`)
)

// TestLinksResolve follows each link of each page as a browser would, with
// the site's root standing at any path.
func TestLinksResolve(t *testing.T) {
	s := buildFixture(t, nil)
	for _, page := range pagesOf(s) {
		content := read(t, s, page, Identity)
		found := links.FindAllStringSubmatch(content, -1)
		require.NotEmpty(t, found)
		for _, link := range found {
			assertResolves(t, s, page, link[1])
		}
	}
}

func assertResolves(t *testing.T, s *Site, page, link string) {
	t.Helper()
	if strings.HasPrefix(link, "https://") || link == "data:," {
		return
	}
	require.False(t, strings.HasPrefix(link, "/") || strings.Contains(link, ":"), "%s: %s is not relative", page, link)
	target, fragment, _ := strings.Cut(link, "#")
	file := page
	if target != "" {
		file = path.Join(path.Dir(page), target)
	}
	if strings.HasSuffix(target, "/") {
		file = path.Join(file, "index.html")
	}
	_, ok := s.Lookup(file)
	require.True(t, ok, "%s links to %s, which is not in the site", page, link)
	if fragment != "" {
		assert.Contains(t, read(t, s, file, Identity), ` id="`+fragment+`"`, "%s links to %s", page, link)
	}
}

func TestMetasLeadTheScript(t *testing.T) {
	s := buildFixture(t, nil)
	for _, page := range pagesOf(s) {
		meta := map[string]string{}
		for _, m := range metas.FindAllStringSubmatch(read(t, s, page, Identity), -1) {
			meta[m[1]] = m[2]
		}
		require.Len(t, meta, 3, page)
		for _, name := range []string{"ormlab-toolchain", "ormlab-runner"} {
			assertResolves(t, s, page, meta["ormlab-root"]+meta[name])
		}
	}
}

// TestPagesKeepThePolicy looks for what the policy forbids, and for ids that
// stand twice.
func TestPagesKeepThePolicy(t *testing.T) {
	s := buildFixture(t, nil)
	for _, page := range append(pagesOf(s), "404.html") {
		content := read(t, s, page, Identity)
		assert.Empty(t, inline.FindAllString(content, -1), page)
		assert.Contains(t, content, `http-equiv="Content-Security-Policy"`)
		assert.Contains(t, content, `<html lang="en">`)
		assert.Contains(t, content, `href="#content"`)
		seen := map[string]bool{}
		for _, id := range anchor.FindAllStringSubmatch(content, -1) {
			assert.False(t, seen[id[1]], "%s has the id %s twice", page, id[1])
			seen[id[1]] = true
		}
	}
}

func TestNotFoundKnowsTheRootOnlyIfTold(t *testing.T) {
	assert.Empty(t, links.FindAllStringSubmatch(strings.ReplaceAll(strings.ReplaceAll(
		read(t, buildFixture(t, nil), "404.html", Identity), ` href="#content"`, ""), ` href="data:,"`, ""), -1))
	based := buildFixture(t, func(o *Options) { o.Base = "/ormlab" })
	assert.Contains(t, read(t, based, "404.html", Identity), `<a href="/ormlab/">All lessons</a>`)
}

// TestWrite compares the folder with the site: the same files, and each
// compressed form beside its file.
func TestWrite(t *testing.T) {
	s := buildFixture(t, func(o *Options) { o.Release = true })
	dir := t.TempDir()
	require.NoError(t, s.Write(dir))
	var onDisk []string
	require.NoError(t, filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if d.IsDir() {
			return err
		}
		relative, _ := filepath.Rel(dir, name)
		onDisk = append(onDisk, filepath.ToSlash(relative))
		return err
	}))
	var want []string
	for _, p := range s.Paths() {
		f, _ := s.Lookup(p)
		for e := range f.bodies {
			want = append(want, p+e.Suffix())
			content, err := os.ReadFile(filepath.Join(dir, p+e.Suffix()))
			require.NoError(t, err)
			assert.Equal(t, read(t, s, p, e), string(content))
		}
	}
	assert.ElementsMatch(t, want, onDisk)
	assert.Contains(t, onDisk, "toolchain/"+sitetest.ToolchainID+"/compile.0123.wasm.br")
	assert.Contains(t, onDisk, "index.html.br")
	assert.NotContains(t, strings.Join(onDisk, " "), ".map")
}

func TestMissingLessons(t *testing.T) {
	root := sitetest.Checkout(t)
	_, err := Build(t.Context(), Options{Root: root, Lessons: filepath.Join(root, "none")})
	assert.ErrorContains(t, err, "there is no folder "+filepath.Join(root, "none"))
	_, err = Build(t.Context(), Options{Root: root, Lessons: filepath.Join(root, "web")})
	assert.ErrorContains(t, err, "has no folder NN-name")
}
