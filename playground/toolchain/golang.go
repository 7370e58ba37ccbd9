package toolchain

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/version"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// modulePath is the module whose packages programs import.
const modulePath = "github.com/ormlab/ormlab"

// minGo is the oldest Go release whose compiler is known to work in the page.
const minGo = "go1.26"

// goTool is the Go installation that everything is built with.
type goTool struct {
	Path    string `json:"-"`
	Version string `json:"GOVERSION"`
	Root    string `json:"GOROOT"`
}

func findGo(ctx context.Context, dir string) (goTool, error) {
	path, err := exec.LookPath("go")
	if err != nil {
		return goTool{}, fmt.Errorf("the go command is not on the PATH; install Go %s or later: %w", minGo[2:], err)
	}
	g := goTool{Path: path}
	out, err := g.run(ctx, dir, nil, "env", "-json", "GOVERSION", "GOROOT")
	if err != nil {
		return goTool{}, err
	}
	if err := json.Unmarshal(out, &g); err != nil {
		return goTool{}, fmt.Errorf("reading go env: %w", err)
	}
	return g, g.check()
}

func (g goTool) check() error {
	if version.IsValid(g.Version) && version.Compare(g.Version, minGo) < 0 {
		return fmt.Errorf("%s is too old, Go %s or later is needed", g.Version, minGo[2:])
	}
	for _, needed := range []string{"src/cmd/compile/main.go", "src/cmd/link/main.go"} {
		if _, err := os.Stat(filepath.Join(g.Root, needed)); err != nil {
			return fmt.Errorf("the source of the Go tools is missing from GOROOT: %w; install Go from go.dev/dl, or the source package of your distribution (golang-src)", err)
		}
	}
	return nil
}

// crossEnv is the environment of a build for the page. What would change the
// outcome without being seen in the sources is set here.
func crossEnv() []string {
	return []string{
		"GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0", "GOWASM=", "GOEXPERIMENT=",
		"GOWORK=off", "GOTOOLCHAIN=local", "GOFLAGS=-buildvcs=false",
	}
}

// run runs the go command in dir with more environment, and returns what it printed.
func (g goTool) run(ctx context.Context, dir string, env []string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, g.Path, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			err = ctx.Err()
		}
		return nil, fmt.Errorf("go %s: %w%s", args[0], err, quoteOutput(stderr.String()))
	}
	return stdout.Bytes(), nil
}

func quoteOutput(text string) string {
	text = strings.TrimSpace(text)
	if text == "" {
		return ""
	}
	return "\n\t" + strings.ReplaceAll(text, "\n", "\n\t")
}

// findModule returns the root folder of the ormlab module that dir lies in.
func findModule(dir string) (string, error) {
	start, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	for at := start; ; at = filepath.Dir(at) {
		text, err := os.ReadFile(filepath.Join(at, "go.mod"))
		switch {
		case err == nil && declaresModule(text):
			return at, nil
		case err != nil && !errors.Is(err, os.ErrNotExist):
			return "", err
		case at == filepath.Dir(at):
			return "", fmt.Errorf("%s is not inside the module %s; set Options.ModuleDir to a checkout of it", start, modulePath)
		}
	}
}

func declaresModule(gomod []byte) bool {
	for line := range strings.Lines(string(gomod)) {
		if fields := strings.Fields(line); len(fields) >= 2 && fields[0] == "module" {
			return strings.Trim(fields[1], `"`) == modulePath
		}
	}
	return false
}
