package toolchain

// Manifest describes a tool set to the page that loads it.
type Manifest struct {
	// Version is the version of this format: 2.
	Version int `json:"version"`

	// Go is the release that the set was built from, such as "go1.26.8".
	Go string `json:"go"`

	// ID is the hash of the set's content.
	ID string `json:"id"`

	// Files are the set's files by their plain names: compile.wasm,
	// link.wasm, engine.wasm, checker.wasm, wasm_exec.js, archives.pack,
	// exports.pack, docs.json.
	Files map[string]File `json:"files"`

	// Packages says where in archives.pack each package's archive is.
	Packages map[string]Archive `json:"packages"`

	// Exports says where in exports.pack the export data of each importable
	// package is, as an archive with nothing else in it.
	Exports map[string]Archive `json:"exports"`

	// Importable are the packages that a program may import, sorted.
	Importable []string `json:"importable"`

	// Args are the command lines of the tools.
	Args Args `json:"args"`
}

// File is one file of a set.
type File struct {
	// Path is the file's name in the set's folder, with a hash in it.
	Path string `json:"path"`
	// Size is in bytes.
	Size int64 `json:"size"`
	// Gzip and Brotli are the bytes on the wire, 0 where there is no such file.
	Gzip   int64 `json:"gzip"`
	Brotli int64 `json:"brotli"`
	// SHA256 is the hash of the content, in hex.
	SHA256 string `json:"sha256"`
}

// Archive is a place in a pack.
type Archive struct {
	Offset int64 `json:"offset"`
	Size   int64 `json:"size"`
}

// Args are the arguments of compiler and linker, without the names of the
// source files, which the compiler takes at the end. Paths are those of the
// runner's file system, in which the tools' folder is /build.
type Args struct {
	Compile []string `json:"compile"`
	Link    []string `json:"link"`
}

// newArgs are the arguments for a release such as "go1.26".
//
// -complete refuses functions without a body, which could be bound to
// something else by the linker. The compiler has no flag that refuses
// import "unsafe" any more; the runner does (web/src/runner/check.ts).
func newArgs(lang string) Args {
	return Args{
		Compile: []string{
			"-o", "/build/main.a", "-p", "main", "-lang", lang, "-complete", "-nolocalimports", "-l",
			"-dwarf=false", "-pack", "-c", "1", "-trimpath", "/build/src", "-importcfg", "/build/importcfg",
		},
		Link: []string{
			// Without -s the functions keep their names, by which the runner tells which one recursed for ever.
			"-o", "/build/main.wasm", "-importcfg", "/build/importcfg.link", "-buildmode=exe", "-w", "/build/main.a",
		},
	}
}

// names of the files in the manifest.
const (
	compileWasm  = "compile.wasm"
	linkWasm     = "link.wasm"
	engineWasm   = "engine.wasm"
	checkerWasm  = "checker.wasm"
	wasmExecJS   = "wasm_exec.js"
	archivesPack = "archives.pack"
	exportsPack  = "exports.pack"
	docsJSON     = "docs.json"
)
