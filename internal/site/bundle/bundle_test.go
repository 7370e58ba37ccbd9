package bundle

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// web copies the fixture's web/ with these files on top, npm packages fetched.
func web(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS("../testdata/checkout/web")))
	put(t, dir, map[string]string{"node_modules/.package-lock.json": "{}"})
	put(t, dir, files)
	return dir
}

func put(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, content := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, []byte(content), 0o644))
	}
}

func TestEntriesAreHashNamed(t *testing.T) {
	r, err := Build(t.Context(), Options{Web: web(t, nil), Release: true})
	require.NoError(t, err)
	assert.Regexp(t, `^assets/main\.[A-Z0-9]{8}\.js$`, r.Page)
	assert.Regexp(t, `^assets/runner\.[A-Z0-9]{8}\.js$`, r.Runner)
	assert.Regexp(t, `^assets/checker\.[A-Z0-9]{8}\.js$`, r.Checker)
	assert.NotContains(t, string(r.Files[r.Checker]), "import")
	assert.Regexp(t, `^assets/main\.[A-Z0-9]{8}\.css$`, r.Style)
	assert.Regexp(t, `^assets/theme\.[A-Z0-9]{8}\.js$`, r.Theme)
	assert.NotContains(t, string(r.Files[r.Theme]), "import", "it is a classic script")
	require.Len(t, r.Files, 6, "the page's script, its chunk, the two workers, the theme and the style sheet")
	chunk := regexp.MustCompile(`import\("\./(chunk\.[A-Z0-9]{8}\.js)"\)`).FindStringSubmatch(string(r.Files[r.Page]))
	require.NotNil(t, chunk, "chunks are found relative to the script: %s", r.Files[r.Page])
	assert.Contains(t, r.Files, "assets/"+chunk[1])
	assert.Contains(t, string(r.Files[r.Style]), "max-width:40rem")
	assert.Contains(t, string(r.Files[r.Style]), "sans-serif")
	assert.NotContains(t, string(r.Files[r.Runner]), "import")
	for _, script := range []string{string(r.Offline), string(r.Embed)} {
		assert.NotEmpty(t, script)
		assert.NotContains(t, script, "import", "it is a classic script")
	}
}

func TestOtherContentOtherName(t *testing.T) {
	before, err := Build(t.Context(), Options{Web: web(t, nil)})
	require.NoError(t, err)
	after, err := Build(t.Context(), Options{Web: web(t, map[string]string{"src/runner/worker.ts": `self.postMessage("other");`})})
	require.NoError(t, err)
	assert.Equal(t, before.Page, after.Page)
	assert.NotEqual(t, before.Runner, after.Runner)
	assert.Contains(t, before.Files, before.Runner+".map")
}

func TestErrorsNameFileAndLine(t *testing.T) {
	_, err := Build(t.Context(), Options{Web: web(t, map[string]string{"src/main.ts": "const x = 1;\nimport './gone.ts';\nlet let = 2;"})})
	require.Error(t, err)
	assert.Contains(t, err.Error(), "src/main.ts:3:4")
	_, err = Build(t.Context(), Options{Web: t.TempDir()})
	assert.ErrorContains(t, err, "finding the page's sources")
}

const styleModule = `
export class StyleSet { constructor(root) {
  let doc = root.ownerDocument || root, win = doc.defaultView
  if (!root.head && root.adoptedStyleSheets && win.CSSStyleSheet) { this.sheet = new win.CSSStyleSheet }
  else { this.styleTag = doc.createElement("style") }
} }`

func TestCodeMirrorKeepsThePolicy(t *testing.T) {
	files := map[string]string{
		"node_modules/style-mod/package.json":     `{"name": "style-mod", "module": "src/style-mod.js"}`,
		"node_modules/style-mod/src/style-mod.js": styleModule,
		"src/main.ts": `import { StyleSet } from "style-mod"; (globalThis as any).set = new StyleSet(document);`,
	}
	r, err := Build(t.Context(), Options{Web: web(t, files)})
	require.NoError(t, err)
	assert.Contains(t, string(r.Files[r.Page]), "adoptedStyleSheets")
	assert.NotContains(t, string(r.Files[r.Page]), ".head")

	files["node_modules/style-mod/src/style-mod.js"] = strings.Replace(styleModule, "!root.head", "root.host", 1)
	_, err = Build(t.Context(), Options{Web: web(t, files)})
	assert.ErrorContains(t, err, "the package style-mod has changed")
}

func TestMissingNodeNamesTheRemedy(t *testing.T) {
	dir := web(t, nil)
	require.NoError(t, os.RemoveAll(filepath.Join(dir, "node_modules")))
	t.Setenv("PATH", t.TempDir())
	_, err := Build(t.Context(), Options{Web: dir})
	assert.ErrorContains(t, err, "npm is not on the PATH: install Node 20 or newer")
}

func TestPackagesAreFetchedWhenTheLockChanges(t *testing.T) {
	if _, err := exec.LookPath("npm"); err != nil {
		t.Skip("npm is not installed")
	}
	dir := web(t, nil)
	var progress strings.Builder
	build := func() string {
		progress.Reset()
		_, err := Build(t.Context(), Options{Web: dir, Progress: &progress})
		require.NoError(t, err)
		return progress.String()
	}
	assert.Empty(t, build(), "packages that someone else fetched are left alone")
	require.NoError(t, os.RemoveAll(filepath.Join(dir, "node_modules")))
	assert.Contains(t, build(), "npm ci")
	assert.Empty(t, build())
	put(t, dir, map[string]string{"package-lock.json": `{ "name": "fixture", "lockfileVersion": 3, "requires": true, "packages": { "": { "name": "fixture", "version": "" } } }`})
	assert.Contains(t, build(), "npm ci")
}
