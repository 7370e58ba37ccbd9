package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

const module = "github.com/ormlab/ormlab"

// findRoot returns the root of the checkout around dir.
func findRoot(dir string) (string, error) {
	start, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("finding the checkout: %w", err)
	}
	for at := start; ; at = filepath.Dir(at) {
		text, err := os.ReadFile(filepath.Join(at, "go.mod"))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", fmt.Errorf("finding the checkout: %w", err)
		}
		if declares(string(text), module) {
			return at, nil
		}
		if at == filepath.Dir(at) {
			return "", fmt.Errorf("finding the checkout: %s is not inside the module %s: change to a clone of it, or name one with -root", start, module)
		}
	}
}

func declares(gomod, path string) bool {
	for line := range strings.Lines(gomod) {
		if strings.TrimSpace(line) == "module "+path {
			return true
		}
	}
	return false
}
