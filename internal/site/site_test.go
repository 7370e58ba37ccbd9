package site

import (
	"context"
	"encoding/json"
	"errors"
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
	"github.com/ormlab/ormlab/playground/toolchain"
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
	assert.Equal(t, []string{
		"embed/01-hello/01-print/index.html", "embed/01-hello/02-html/index.html", "embed/02-two/01-query/index.html",
		"embed/code/index.html", "embed/index.html", "embed/scratch/01-empty/index.html",
		"index.html", "lessons/01-hello/index.html", "lessons/02-two/index.html", "scratch/index.html",
	}, pagesOf(s))
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
		require.Len(t, meta, 5, page)
		for _, name := range []string{"ormlab-toolchain", "ormlab-runner", "ormlab-checker"} {
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
		framed := strings.HasPrefix(page, "embed/") && page != "embed/index.html"
		assert.Equal(t, !framed, strings.Contains(content, `href="#content"`), page)
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
	require.NoError(t, s.Write(t.Context(), dir))
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

// TestOfflineList compares what the service worker keeps with the site: all
// that a reader of its pages can come to, and nothing that is not there.
func TestOfflineList(t *testing.T) {
	s := buildFixture(t, func(o *Options) { o.Programs = &builder{dir: t.TempDir()} })
	var list kept
	text, found := strings.CutPrefix(read(t, s, "sw.js", Identity), "self.ormlab=")
	require.True(t, found)
	require.NoError(t, json.NewDecoder(strings.NewReader(text)).Decode(&list))
	assert.ElementsMatch(t, []string{
		"", "icon-192.png", "icon-512.png", "icon.svg", "lessons/01-hello/", "lessons/02-two/", "manifest.webmanifest", "scratch/",
	}, list.Pages)
	assert.Equal(t, []string{"toolchain/feedc0de/compile.0123.wasm", "toolchain/feedc0de/manifest.json"}, list.Tools)
	for _, p := range s.Paths() {
		if strings.HasPrefix(p, "assets/") && !strings.HasSuffix(p, ".map") {
			assert.Contains(t, list.Assets, p)
		}
	}
	for _, p := range slices.Concat(list.Assets, list.Tools) {
		f, ok := s.Lookup(p)
		assert.True(t, ok && f.Immutable, "%s is kept for ever", p)
	}
	f, _ := s.Lookup("sw.js")
	assert.False(t, f.Immutable)
	assert.Contains(t, read(t, s, "index.html", Identity), `name="ormlab-offline" content="`+list.Version+`"`)

	changed := buildFixture(t, func(o *Options) {
		name := filepath.Join(o.Root, "lessons/02-two/02-more.md")
		require.NoError(t, os.WriteFile(name, []byte("x"), 0o644))
	})
	assert.Equal(t, version(s.pages.assets, &s.pages), changed.pages.version, "what is not on a page changes nothing")
	changed = buildFixture(t, func(o *Options) {
		name := filepath.Join(o.Root, "lessons/02-two/01-query/main.go")
		require.NoError(t, os.WriteFile(name, []byte("package main // changed\n"), 0o644))
	})
	assert.NotEqual(t, s.pages.version, changed.pages.version)
}

func TestKillSwitch(t *testing.T) {
	s := buildFixture(t, func(o *Options) { o.NoOffline = true })
	assert.Contains(t, read(t, s, "sw.js", Identity), `self.ormlab={"off":true,`)
	assert.NotContains(t, read(t, s, "index.html", Identity), "ormlab-offline")
}

// builder stands for the tools: what it builds is the names of the files.
type builder struct {
	dir   string
	built []string
}

func (b *builder) Build(_ context.Context, key string, sources []toolchain.Source) (string, error) {
	path := filepath.Join(b.dir, key+".wasm")
	var text string
	for _, s := range sources {
		text += s.Name + " "
	}
	if b.built = append(b.built, text); strings.Contains(sources[0].Text, "rows: 2") {
		return "", errors.New("main.go:6: it does not compile")
	}
	return path, errors.Join(os.WriteFile(path, []byte(text), 0o644), os.WriteFile(path+".br", []byte("packed"), 0o644))
}

// TestProgramsAreMadeWhenAskedFor has a step whose program cannot be built:
// that one is missing, the others are there.
func TestProgramsAreMadeWhenAskedFor(t *testing.T) {
	tools := &builder{dir: t.TempDir()}
	s := buildFixture(t, func(o *Options) { o.Programs = tools })
	assert.Empty(t, tools.built)
	page := read(t, s, "lessons/01-hello/index.html", Identity)
	var paths []string
	for _, m := range regexp.MustCompile(` data-program="([0-9a-f]+)"`).FindAllStringSubmatch(page, -1) {
		paths = append(paths, "toolchain/"+sitetest.ToolchainID+"/programs/"+m[1]+".wasm")
	}
	require.Len(t, paths, 2)
	f, ok := s.Lookup(paths[1])
	require.True(t, ok)
	_, err := f.Open(Identity)
	require.Error(t, err, "it is not made yet")
	require.NoError(t, f.Make(t.Context()))
	require.NoError(t, f.Make(t.Context()))
	assert.Equal(t, []string{"main.go line.go "}, tools.built, "it is made once")
	assert.Equal(t, "main.go line.go ", read(t, s, paths[1], Identity))
	assert.Equal(t, "packed", read(t, s, paths[1], Brotli))
	assert.ErrorContains(t, s.MakeAll(t.Context()), "main.go:6: it does not compile")
	assert.Equal(t, "main.go ", read(t, s, paths[0], Identity), "the others are made")
	assert.ErrorContains(t, s.Write(t.Context(), t.TempDir()), "it does not compile")
}

func TestMissingLessons(t *testing.T) {
	root := sitetest.Checkout(t)
	_, err := Build(t.Context(), Options{Root: root, Lessons: filepath.Join(root, "none")})
	assert.ErrorContains(t, err, "there is no folder "+filepath.Join(root, "none"))
	_, err = Build(t.Context(), Options{Root: root, Lessons: filepath.Join(root, "web")})
	assert.ErrorContains(t, err, "has no folder NN-name")
}
