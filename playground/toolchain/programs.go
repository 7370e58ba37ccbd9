package toolchain

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
)

// Source is one file of a program; its name has no folder.
type Source struct {
	Name string
	Text string
}

// Programs builds programs ahead of the page, with the compiler and linker
// of this machine and the archives of a set: the page's own tools make the
// same bytes. What was built is kept beside the set.
type Programs struct {
	set  *Set
	opts Options

	prepare sync.Once
	failure error
	work    string            // a folder with the archives and the sources of one program at a time
	tools   map[string]string // compile and link -> where they are
	one     sync.Mutex        // programs are built one after another
}

// NewPrograms makes nothing yet: the first build prepares the archives. The
// options are those that the set was built with.
func NewPrograms(set *Set, opts Options) *Programs {
	return &Programs{set: set, opts: opts}
}

// Build returns the path of the program's file, its compressed forms beside
// it. It is kept by its key, which is a hash of the sources. The error of a
// program that does not compile quotes the compiler.
func (p *Programs) Build(ctx context.Context, key string, sources []Source) (string, error) {
	path := filepath.Join(p.set.Dir, "programs", key+".wasm")
	p.one.Lock()
	defer p.one.Unlock()
	if p.complete(path) {
		return path, nil
	}
	p.prepare.Do(func() { p.failure = p.unpack(ctx) })
	if p.failure != nil {
		return "", fmt.Errorf("toolchain: preparing to build programs: %w", p.failure)
	}
	if err := p.build(ctx, sources, path); err != nil {
		return "", fmt.Errorf("toolchain: building a program: %w", err)
	}
	return path, nil
}

// Close removes what only building needs. Programs that were built stay.
func (p *Programs) Close() error {
	p.one.Lock()
	defer p.one.Unlock()
	p.prepare.Do(func() { p.failure = errors.New("closed") })
	if p.work == "" {
		return nil
	}
	return os.RemoveAll(p.work)
}

// complete tells whether the program and all its forms are there: it is written after them.
func (p *Programs) complete(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// unpack finds the tools and writes each archive into a file of its own, as
// tools that are not in a page want it.
func (p *Programs) unpack(ctx context.Context) error {
	module, err := findModule(p.opts.ModuleDir)
	if err != nil {
		return err
	}
	goTool, err := findGo(ctx, module)
	if err != nil {
		return err
	}
	if goTool.Version != p.set.Manifest.Go {
		return fmt.Errorf("the set was built by %s, the go command is %s", p.set.Manifest.Go, goTool.Version)
	}
	p.tools = map[string]string{}
	for _, name := range []string{"compile", "link"} {
		out, err := goTool.run(ctx, module, []string{"GOTOOLCHAIN=local"}, "tool", "-n", name)
		if err != nil {
			return err
		}
		p.tools[name] = strings.TrimSpace(string(out))
	}
	cache, err := cacheDir(p.opts.CacheDir)
	if err != nil {
		return err
	}
	if p.work, err = os.MkdirTemp(cache, ".build-"); err != nil {
		return err
	}
	return p.writeArchives()
}

// writeArchives unpacks what the compiler reads and what the linker does.
func (p *Programs) writeArchives() error {
	m := p.set.Manifest
	return errors.Join(
		p.unpackPack(exportsPack, m.Exports, "importcfg"),
		p.unpackPack(archivesPack, m.Packages, "importcfg.link"),
	)
}

// unpackPack writes a pack's archives, and the file that says where they are.
func (p *Programs) unpackPack(name string, places map[string]Archive, config string) error {
	pack, err := os.Open(filepath.Join(p.set.Dir, p.set.Manifest.Files[name].Path))
	if err != nil {
		return err
	}
	defer pack.Close()
	var importcfg bytes.Buffer
	for _, path := range sortedKeys(places) {
		to := filepath.Join(p.work, name, filepath.FromSlash(path)+".a")
		fmt.Fprintf(&importcfg, "packagefile %s=%s\n", path, to)
		err := writeOnce(to, func(w io.Writer) error {
			_, err := io.Copy(w, io.NewSectionReader(pack, places[path].Offset, places[path].Size))
			return err
		})
		if err != nil {
			return err
		}
	}
	return writeBytes(filepath.Join(p.work, "build", config), importcfg.Bytes())
}

func (p *Programs) build(ctx context.Context, sources []Source, path string) error {
	src := filepath.Join(p.work, "build", "src")
	if err := os.RemoveAll(src); err != nil {
		return err
	}
	compile := p.set.Manifest.Args.Compile
	for _, s := range sources {
		if s.Name != filepath.Base(s.Name) {
			return fmt.Errorf("%q is not the name of a file", s.Name)
		}
		if err := writeBytes(filepath.Join(src, s.Name), []byte(s.Text)); err != nil {
			return err
		}
		compile = append(compile[:len(compile):len(compile)], "/build/src/"+s.Name)
	}
	if err := p.run(ctx, "compile", compile); err != nil {
		return err
	}
	if err := p.run(ctx, "link", p.set.Manifest.Args.Link); err != nil {
		return err
	}
	return p.keep(ctx, filepath.Join(p.work, "build", "main.wasm"), path)
}

// run runs a tool as the page does: same arguments, same environment, but
// its folder /build is in the working folder.
func (p *Programs) run(ctx context.Context, tool string, args []string) error {
	local := make([]string, len(args))
	for i, arg := range args {
		local[i] = arg
		if arg == "/build" || strings.HasPrefix(arg, "/build/") {
			local[i] = filepath.Join(p.work, filepath.FromSlash(arg))
		}
	}
	cmd := exec.CommandContext(ctx, p.tools[tool], local...)
	cmd.Env = append(os.Environ(), append(crossEnv(), "GOROOT=/go")...)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w%s", tool, err, quoteOutput(string(out)))
	}
	return nil
}

// keep writes the compressed forms, then the program itself.
func (p *Programs) keep(ctx context.Context, from, path string) error {
	for _, c := range p.opts.Compression.codecs() {
		if err := (compressed{c, path + c.ext, from}).make(ctx); err != nil {
			return err
		}
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	return writeOnce(path, func(w io.Writer) error {
		_, err := io.Copy(w, in)
		return err
	})
}
