package bundle

import (
	"fmt"
	"os"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// CodeMirror's style module writes a <style> element, which the policy
// style-src 'self' forbids, unless it is mounted in a shadow root: then it
// uses a constructed style sheet. Documents have those too.
const (
	shadowOnly = "if (!root.head && root.adoptedStyleSheets && win.CSSStyleSheet)"
	everywhere = "if (root.adoptedStyleSheets && win.CSSStyleSheet)"
)

// strictStyles makes CodeMirror use constructed style sheets everywhere.
func strictStyles() api.Plugin {
	return api.Plugin{
		Name: "strict-styles",
		Setup: func(build api.PluginBuild) {
			build.OnLoad(api.OnLoadOptions{Filter: `[/\\]style-mod[/\\].*\.js$`}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
				source, err := os.ReadFile(args.Path)
				if err != nil {
					return api.OnLoadResult{}, fmt.Errorf("bundle: reading the style module: %w", err)
				}
				text, err := useConstructedSheets(string(source))
				return api.OnLoadResult{Contents: &text, Loader: api.LoaderJS}, err
			})
		},
	}
}

func useConstructedSheets(source string) (string, error) {
	if strings.Count(source, shadowOnly) != 1 {
		return "", fmt.Errorf("bundle: the package style-mod has changed: look for where it makes a <style> element and mend internal/site/bundle/styles.go")
	}
	return strings.Replace(source, shadowOnly, everywhere, 1), nil
}
