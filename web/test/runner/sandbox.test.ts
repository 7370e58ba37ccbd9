// What a program must not be able to do: reach the page, or memory that is not its own.

import assert from "node:assert/strict";
import { test } from "node:test";
import { mainWith, runProgram } from "./helper.ts";

const refused = async (source: string, message: RegExp, line: number) => {
  const { done, diagnostics } = await runProgram(source);
  assert.equal(done.reason, "compile", source);
  assert.match(diagnostics[0]!.message, message);
  assert.equal(diagnostics[0]!.line, line);
};

test("unsafe is refused, however it is written", async () => {
  const message = /import "unsafe" is not available here/;
  await refused(mainWith(["unsafe"], ""), message, 4);
  await refused('package main\n\nimport u "unsafe"\n\nfunc main() { _ = u.Sizeof(1) }\n', message, 3);
  await refused("package main\nimport . `unsafe`\nfunc main() { _ = Sizeof(1) }\n", message, 2);
  await refused('package main; import ("fmt"; /* ) */ _ "unsafe"); func main() { fmt.Println() }\n', message, 1);
  await refused('package main\nimport "\\x75nsafe"\nfunc main() {}\n', /without escapes/, 2);
  await refused('package main\nimport "C"\nfunc main() {}\n', /import "C"/, 2);
});

test("directives that reach out of Go are refused", async () => {
  for (const directive of ["linkname f runtime.wasmExit", "wasmimport gojs syscall/js.valueGet", "wasmexport f", "embed x", "cgo_import_dynamic x", "nosplit", "noescape"]) {
    const name = directive.split(" ")[0];
    await refused(`package main\n\nfunc main() {}\n\n//go:${directive}\nfunc f()\n`, new RegExp(`^//go:${name} is not available`), 5);
  }
  await refused("package main\n\n//line other.go:1\nfunc main() {}\n", /line directives/, 3);
  await refused("package main\n\nfunc main() { /*line other.go:1*/ }\n", /line directives/, 3);
});

test("the same words in strings and comments are harmless, and so are other directives", async () => {
  const { stderr, done } = await runProgram("//go:build js\n\npackage main\n\nconst s = `\n//go:linkname a b\n`\n\n// see //go:embed\n\n//go:noinline\nfunc f() string { return \"import \\\"unsafe\\\" //line x:1\" }\n\nfunc main() { println(f(), '\"', s) }\n");
  assert.equal(done.reason, "ok");
  assert.match(stderr, /linkname a b/);
});

test("reflect cannot be used as unsafe", async () => {
  await refused(mainWith(["reflect"], `
	x := 1
	p := reflect.NewAt(reflect.TypeFor[[9]uintptr](), reflect.ValueOf(&x).UnsafePointer())
	_ = p`), /reflect.NewAt is not available/, 10);
  const { done } = await runProgram(mainWith(["fmt"], "\tNewAt := 1\n\tfmt.Println(NewAt)"));
  assert.equal(done.reason, "ok");
});

test("functions without a body are refused", async () => {
  await refused("package main\n\nfunc f()\n\nfunc main() { f() }\n", /missing function body/, 3);
});

test("a program sees no environment, folder or argument of the host", async () => {
  const { stdout } = await runProgram(mainWith(["fmt", "os", "sort", "strings"], `
	env := os.Environ()
	sort.Strings(env)
	fmt.Println(strings.Join(env, " "), os.Args)
	entries, _ := os.ReadDir("/")
	for _, e := range entries {
		fmt.Print(e.Name(), " ")
	}
	_, err := os.StartProcess("/bin/sh", nil, &os.ProcAttr{})
	fmt.Println(err)`));
  assert.match(stdout, /^HOME=\/home TMPDIR=\/tmp \[main\]\nhome tmp fork\/exec \/bin\/sh: not implemented on js\n$/);
});

test("file names are names of Go files", async () => {
  for (const name of ["../main.go", "/etc/x.go", "_cgo_gotypes.go", "a b.go", "main.txt", "", "main_test.go"]) {
    const { diagnostics } = await runProgram([{ name, text: "package main\nfunc main() {}\n" }]);
    assert.equal(diagnostics.length, 1, name);
    assert.equal(diagnostics[0]!.file, name);
  }
  const twice = await runProgram([{ name: "a.go", text: "package main" }, { name: "a.go", text: "package main" }]);
  assert.match(twice.diagnostics[0]!.message, /two files named a.go/);
  assert.match((await runProgram([])).diagnostics[0]!.message, /no file/);
});

test("text that is not UTF-8, or has a NUL, is refused at its place", async () => {
  const half = await runProgram('package main\n\nvar s = "\ud800"\n\nfunc main() {}\n');
  assert.deepEqual(half.diagnostics.map((d) => [d.line, d.column]), [[3, 10]]);
  await refused("package main\n\nfunc main() {}\n\0\n", /NUL/, 4);
});
