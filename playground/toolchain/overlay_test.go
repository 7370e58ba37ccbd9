package toolchain

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func trimText(t *testing.T, name, source string) (string, error) {
	path := filepath.Join(t.TempDir(), "x.go")
	require.NoError(t, os.WriteFile(path, []byte(source), 0o644))
	text, err := trimFile(path, trims[name])
	return string(text), err
}

func TestBackEndsAreDropped(t *testing.T) {
	got, err := trimText(t, "src/cmd/compile/main.go", `package main

import (
	"cmd/compile/internal/amd64"
	"cmd/compile/internal/arm"
	"cmd/compile/internal/wasm"
	"fmt"
)

var inits = map[string]func(){
	"amd64": amd64.Init,
	"arm":   arm.Init,
	"wasm":  wasm.Init,
}

func main() { fmt.Println(inits) }
`)
	require.NoError(t, err)
	assert.Equal(t, `package main

import (
	"cmd/compile/internal/wasm"
	"fmt"
)

var inits = map[string]func(){

	"wasm": wasm.Init,
}

func main() { fmt.Println(inits) }
`, got)
}

func TestCasesAreDeadened(t *testing.T) {
	got, err := trimText(t, "src/cmd/compile/internal/ssa/config.go", `package ssa

func f(arch string) {
	r := 1
	switch arch {
	case "mips64":
		big()
		fallthrough
	case "mips64le":
		use(r)
	case "wasm":
		wasm()
	default:
		other()
	}
}
`)
	require.NoError(t, err)
	assert.Contains(t, got, "case \"mips64\":\n\t\tif false {\n\t\t\tbig()\n\t\t}\n\t\tfallthrough\n")
	assert.Contains(t, got, "case \"mips64le\":\n\t\tif false {\n\t\t\tuse(r)\n\t\t}\n")
	assert.Contains(t, got, "case \"wasm\":\n\t\twasm()\n\tdefault:\n\t\tother()\n")
}

func TestUnexpectedSourcesAreAnError(t *testing.T) {
	for name := range trims {
		_, err := trimText(t, name, "package main\n\nfunc main() {}\n")
		assert.Error(t, err, name)
	}
	_, err := trimText(t, "src/cmd/link/main.go", "package main\n\nfunc f(a string) {\n\tswitch a {\n\tcase \"arm\":\n\tcase \"mips\":\n\t}\n}\n")
	assert.EqualError(t, err, "the wasm back end is not used")
}

// The overlay must apply to the Go release that the tests run with: if it does
// not, sites are built with tools that are bigger, and someone should mend it.
func TestOverlayAppliesToThisGo(t *testing.T) {
	g, err := findGo(t.Context(), ".")
	require.NoError(t, err)
	path, err := writeOverlay(g.Root, t.TempDir(), trims)
	require.NoError(t, err)
	assert.FileExists(t, path)
}

func TestOtherAssemblersAreDropped(t *testing.T) {
	got, err := trimText(t, "src/cmd/internal/obj/x86/obj6.go", `package x86

import (
	"cmd/internal/obj"
	"cmd/internal/sys"
)

var unary = map[obj.As]bool{ABSWAPL: true}

var Linkamd64 = obj.LinkArch{
	Arch: sys.ArchAMD64,
	Init: instinit,
}
`)
	require.NoError(t, err)
	assert.Equal(t, `package x86

import (
	"cmd/internal/obj"
)

var unary = map[obj.As]bool{ABSWAPL: true}
`, got)
}

func TestInstructionsOfOthersAreEmpty(t *testing.T) {
	const source = `package ssa

import (
	"cmd/internal/obj/wasm"
	"cmd/internal/obj/x86"
)

const (
	OpInvalid Op = iota
	OpAMD64ADDQ
	OpWasmI64Add
	OpAdd64
)

var opcodeTable = [...]opInfo{
	{name: "OpInvalid"},
	{name: "ADDQ", asm: x86.AADDQ},
	{name: "I64Add", asm: wasm.AI64Add},
	{name: "Add64", generic: true},
}
`
	got, err := trimText(t, "src/cmd/compile/internal/ssa/opGen.go", source)
	require.NoError(t, err)
	assert.Contains(t, got, `{name: "OpInvalid"}, {}, {name: "I64Add", asm: wasm.AI64Add},`)
	assert.Contains(t, got, `{name: "Add64", generic: true},`)
	assert.NotContains(t, got, "obj/x86")
	_, err = trimText(t, "src/cmd/compile/internal/ssa/opGen.go", strings.Replace(source, "\tOpAMD64ADDQ\n", "", 1))
	assert.EqualError(t, err, "no table of instructions that goes with their constants")
}

func TestSIMDIsDropped(t *testing.T) {
	got, err := trimText(t, "src/cmd/compile/internal/ssagen/intrinsics.go", `package ssagen

import "internal/buildcfg"

func initIntrinsics() {
	add(buildcfg.GOARCH)
	if buildcfg.Experiment.SIMD {
		simdIntrinsics(add)
	}
}
`)
	require.NoError(t, err)
	assert.Contains(t, got, "\tif false {\n\t\tsimdIntrinsics(add)\n\t}\n")
	assert.Contains(t, got, "add(buildcfg.GOARCH)")
}
