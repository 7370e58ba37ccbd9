package bundle

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
)

// errNoNode is the remedy for a machine without Node.
var errNoNode = errors.New("bundle: fetching the page's npm packages: npm is not on the PATH: install Node 20 or newer, which brings npm (https://nodejs.org, or apt-get install nodejs npm)")

// install runs npm ci when web/node_modules is missing, or when an earlier
// install of ours was made from another package-lock.json. A folder that
// someone else installed is left alone.
func install(ctx context.Context, web string, progress io.Writer) error {
	lock, err := os.ReadFile(filepath.Join(web, "package-lock.json"))
	if err != nil {
		return fmt.Errorf("bundle: reading the versions of the npm packages: %w", err)
	}
	sum := sha256.Sum256(lock)
	want := []byte(hex.EncodeToString(sum[:]))
	modules := filepath.Join(web, "node_modules")
	stamp := filepath.Join(modules, ".ormlab-lock")
	have, err := os.ReadFile(stamp)
	if bytes.Equal(have, want) || errors.Is(err, fs.ErrNotExist) && exists(filepath.Join(modules, ".package-lock.json")) {
		return nil
	}
	if err := npmCI(ctx, web, progress); err != nil {
		return err
	}
	if err := errors.Join(os.MkdirAll(modules, 0o755), os.WriteFile(stamp, want, 0o644)); err != nil {
		return fmt.Errorf("bundle: noting which npm packages are installed: %w", err)
	}
	return nil
}

func npmCI(ctx context.Context, web string, progress io.Writer) error {
	for _, program := range []string{"node", "npm"} {
		if _, err := exec.LookPath(program); err != nil {
			return errNoNode
		}
	}
	fmt.Fprintf(progress, "fetching the page's npm packages (npm ci in %s)\n", web)
	var output bytes.Buffer
	cmd := exec.CommandContext(ctx, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
	cmd.Dir, cmd.Stdout, cmd.Stderr = web, &output, &output
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("bundle: fetching the page's npm packages: npm ci: %w\n%s", err, bytes.TrimSpace(output.Bytes()))
	}
	return nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
