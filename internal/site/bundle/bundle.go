// Package bundle turns the page's sources in web/ into the few hash-named
// files that a page loads.
//
// Bundling is esbuild's, called as a Go package; Node is needed only to
// fetch the npm packages, once.
package bundle

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// Options says what to bundle.
type Options struct {
	Web      string    // the folder web/
	Release  bool      // without source maps
	Progress io.Writer // where to tell about slow steps; nil is nowhere
}

// Result is the bundled files, and which of them are the entries.
type Result struct {
	Files   map[string][]byte // by path below the site's root: "assets/main.….js"
	Page    string            // path of the page's script, a module
	Theme   string            // path of the script that applies the kept colours before the first paint
	Runner  string            // path of the runner's worker, a module without imports
	Checker string            // path of the checker's worker, likewise
	Style   string            // path of the style sheet

	// Scripts that stand under names that never change, because others know them.
	Offline []byte // the service worker, without the list of what it keeps
	Embed   []byte // the loader of <orm-playground>
}

const (
	pageEntry    = "src/main.ts"
	themeEntry   = "src/theme.ts"
	runnerEntry  = "src/runner/worker.ts"
	checkerEntry = "src/checker/worker.ts"
	styleEntry   = "src/styles/main.css"

	offlineEntry = "src/offline/sw.ts"
	embedEntry   = "src/embed/loader.ts"
)

// Build bundles the page, the workers and the style sheet, and fetches the npm
// packages first if they are missing.
func Build(ctx context.Context, o Options) (*Result, error) {
	if o.Progress == nil {
		o.Progress = io.Discard
	}
	web, err := filepath.Abs(o.Web)
	if err != nil {
		return nil, fmt.Errorf("bundle: finding %s: %w", o.Web, err)
	}
	if _, err := os.Stat(filepath.Join(web, "package.json")); err != nil {
		return nil, fmt.Errorf("bundle: finding the page's sources: %w", err)
	}
	if err := install(ctx, web, o.Progress); err != nil {
		return nil, err
	}
	result := &Result{Files: map[string][]byte{}}
	page := options(web, o, entry(pageEntry, "main"), entry(styleEntry, "main"))
	page.Splitting = true
	if err := result.add(web, page, map[string]*string{pageEntry: &result.Page, styleEntry: &result.Style}); err != nil {
		return nil, err
	}
	alone := options(web, o, entry(runnerEntry, "runner"), entry(checkerEntry, "checker"), entry(themeEntry, "theme"))
	if err := result.add(web, alone, map[string]*string{runnerEntry: &result.Runner, checkerEntry: &result.Checker, themeEntry: &result.Theme}); err != nil {
		return nil, err
	}
	for input, content := range map[string]*[]byte{offlineEntry: &result.Offline, embedEntry: &result.Embed} {
		if *content, err = classic(web, o, input); err != nil {
			return nil, err
		}
	}
	return result, nil
}

// classic bundles one classic script that needs no other file.
func classic(web string, o Options, input string) ([]byte, error) {
	var path string
	r := &Result{Files: map[string][]byte{}}
	b := options(web, o, entry(input, "script"))
	b.Format, b.Sourcemap = api.FormatIIFE, api.SourceMapNone
	if err := r.add(web, b, map[string]*string{input: &path}); err != nil {
		return nil, err
	}
	return r.Files[path], nil
}

func entry(input, name string) api.EntryPoint {
	return api.EntryPoint{InputPath: input, OutputPath: name}
}

func options(web string, o Options, entries ...api.EntryPoint) api.BuildOptions {
	b := api.BuildOptions{
		AbsWorkingDir:       web,
		EntryPointsAdvanced: entries,
		Outdir:              filepath.Join(web, "assets"),
		EntryNames:          "[name].[hash]",
		ChunkNames:          "chunk.[hash]",
		AssetNames:          "[name].[hash]",
		Bundle:              true,
		Metafile:            true,
		Format:              api.FormatESModule,
		Platform:            api.PlatformBrowser,
		Target:              api.ES2022,
		Charset:             api.CharsetUTF8,
		LegalComments:       api.LegalCommentsEndOfFile,
		MinifyWhitespace:    true,
		MinifyIdentifiers:   true,
		MinifySyntax:        true,
		Loader:              map[string]api.Loader{".svg": api.LoaderFile, ".woff2": api.LoaderFile},
		Plugins:             []api.Plugin{strictStyles()},
		LogLevel:            api.LogLevelSilent,
	}
	if !o.Release {
		b.Sourcemap = api.SourceMapLinked
	}
	return b
}

// add builds once and notes the output path of each entry.
func (r *Result) add(web string, b api.BuildOptions, entries map[string]*string) error {
	built := api.Build(b)
	if len(built.Errors) > 0 {
		text := api.FormatMessages(built.Errors, api.FormatMessagesOptions{Kind: api.ErrorMessage})
		return fmt.Errorf("bundle: bundling the page:\n%s", strings.TrimSpace(strings.Join(text, "")))
	}
	outputs, err := entryOutputs(built.Metafile)
	if err != nil {
		return err
	}
	for input, place := range entries {
		if *place = outputs[input]; *place == "" {
			return fmt.Errorf("bundle: bundling the page: no output for %s", input)
		}
	}
	for _, file := range built.OutputFiles {
		relative, err := filepath.Rel(web, file.Path)
		if err != nil {
			return fmt.Errorf("bundle: naming %s: %w", file.Path, err)
		}
		r.Files[filepath.ToSlash(relative)] = file.Contents
	}
	return nil
}
