// Whole runs: programs that work, and every way in which a program can fail.

import assert from "node:assert/strict";
import { test } from "node:test";
import { mainWith, runProgram, theSession } from "./helper.ts";

test("hello world, and the same program again from the cache", async () => {
  const program = mainWith(["fmt"], `\tfmt.Println("Hello, 世界")`);
  const first = await runProgram(program);
  assert.equal(first.stdout, "Hello, 世界\n");
  assert.equal(first.done.reason, "ok");
  assert.deepEqual(first.events.filter((e) => e.type === "phase" && e.phase !== "load").map((e) => e.phase), ["compile", "link", "run"]);
  assert.equal(first.events.at(-1), first.done);
  const second = await runProgram(program);
  assert.equal(second.stdout, "Hello, 世界\n");
  assert.deepEqual(second.events.filter((e) => e.type === "phase").map((e) => e.phase), ["run"]);
});

test("several files, goroutines, timers and files of its own", async () => {
  const { stdout, done } = await runProgram([
    { name: "main.go", text: mainWith(["fmt", "os", "time"], `
	c := make(chan int)
	go func() { time.Sleep(5 * time.Millisecond); c <- double(21) }()
	select {
	case n := <-c:
		fmt.Println(n)
	case <-time.After(10 * time.Second):
	}
	if err := os.WriteFile("a.txt", []byte("kept"), 0o644); err != nil {
		fmt.Println(err)
	}
	text, err := os.ReadFile("/home/a.txt")
	fmt.Println(string(text), err)
	_, err = os.Open("missing")
	fmt.Println(err, os.IsNotExist(err))
	entries, err := os.ReadDir(".")
	fmt.Println(len(entries), entries[0].Name(), err)`) },
    { name: "double.go", text: "package main\n\nfunc double(n int) int { return 2 * n }\n" },
  ]);
  assert.equal(stdout, "42\nkept <nil>\nopen missing: No such file or directory true\n1 a.txt <nil>\n");
  assert.equal(done.reason, "ok");
});

test("type errors, several at once, with columns that count characters", async () => {
  const { diagnostics, done } = await runProgram(`package main

import (
	"fmt"
	"os"
)

func main() {
	var n int = "one"
	x := 1
	fmt.Println("世界", undefinedName, strings.ToUpper("a"))
}
`);
  assert.equal(done.reason, "compile");
  assert.equal(done.code, 1);
  assert.deepEqual(
    diagnostics.map((d) => [d.file, d.line, d.column, d.message, d.hint]),
    [
      ["main.go", 5, 2, '"os" imported and not used', "remove the import, or use the package"],
      ["main.go", 9, 6, "declared and not used: n", "use the variable, or remove it; _ takes a value that you do not need"],
      ["main.go", 9, 14, 'cannot use "one" (untyped string constant) as int value in variable declaration', undefined],
      ["main.go", 10, 2, "declared and not used: x", "use the variable, or remove it; _ takes a value that you do not need"],
      ["main.go", 11, 20, "undefined: undefinedName", undefined],
      ["main.go", 11, 35, "undefined: strings", 'if you mean the package, import "strings"'],
    ],
  );
});

test("syntax errors, several at once", async () => {
  const { diagnostics } = await runProgram("package main\n\nfunc main() {\n\tx := = 1\n\tfor {\n\t\ty ) 2\n\t}\n}\n");
  assert.deepEqual(diagnostics.map((d) => d.line), [4, 5, 6]);
  assert.match(diagnostics[0]!.message, /^syntax error: unexpected =/);
});

test("an import that is not allowed is named, with those that are", async () => {
  for (const path of ["net/http", "syscall/js", "os/exec", "no/such/package"]) {
    const { diagnostics } = await runProgram(mainWith([path, "fmt"], "\tfmt.Println()"));
    assert.equal(diagnostics[0]?.message, `import "${path}" is not available here`);
    assert.equal(diagnostics[0]?.line, 4);
    assert.match(diagnostics[0]?.hint ?? "", /can import: .*\bfmt, .*\bstrings\b/);
  }
});

test("a program without func main, and one that is not package main", async () => {
  const noMain = await runProgram("package main\n\nfunc start() {}\n");
  assert.match(noMain.diagnostics[0]!.message, /function main is undeclared/);
  const other = await runProgram("// A package.\npackage shop\n\nfunc main() {}\n");
  assert.deepEqual(other.diagnostics.map((d) => [d.line, d.column, d.hint]), [[2, 9, "write: package main"]]);
});

test("a panic stands at its line", async () => {
  const { done, stderr, stdout } = await runProgram(mainWith(["fmt"], `
	fmt.Println("before")
	list := []int{1, 2, 3}
	i := 5
	fmt.Println(list[i])`));
  assert.equal(stdout, "before\n");
  assert.equal(stderr, "");
  assert.equal(done.reason, "panic");
  assert.equal(done.code, 2);
  assert.equal(done.message, "panic: runtime error: index out of range [5] with length 3");
  assert.deepEqual([done.file, done.line], ["main.go", 12]);
  assert.match(done.trace ?? "", /goroutine 1 \[running\]:\nmain\.main\(\)/);
});

test("a panic with an error, from a library called by the program", async () => {
  const { done } = await runProgram(mainWith(["errors", "strings"], `
	defer func() { panic(errors.New("second\\ngoroutine of words")) }()
	strings.Repeat("x", -1)`));
  assert.equal(done.reason, "panic");
  assert.match(done.message!, /^panic: strings: negative Repeat count/);
  assert.match(done.message!, /second/);
  assert.equal(done.file, "main.go");
});

test("a write to a nil map", async () => {
  const { done } = await runProgram(mainWith([], "\tvar m map[string]int\n\tm[\"a\"] = 1"));
  assert.equal(done.reason, "panic");
  assert.equal(done.message, "panic: assignment to entry in nil map");
  assert.match(done.hint!, /use make/);
  assert.equal(done.line, 8);
});

test("infinite recursion is named", async () => {
  const { done } = await runProgram(`package main

type tree struct{ n int }

func (t *tree) walk(n int) int {
	return t.walk(n+1) + 1
}

func main() {
	println((&tree{}).walk(0))
}
`);
  assert.equal(done.reason, "recursion");
  assert.equal(done.message, "infinite recursion in tree.walk");
  assert.deepEqual([done.file, done.line], ["main.go", 5]);
  assert.match(done.hint!, /calls itself/);
});

test("infinite recursion that prints ends too", async () => {
  const { done } = await runProgram(mainWith(["fmt"], "\tf(0)") + "\nfunc f(n int) {\n\tfmt.Sprint(n)\n\tf(n + 1)\n\tfmt.Print()\n}\n");
  assert.equal(done.reason, "recursion");
  assert.equal(done.message, "infinite recursion in f");
});

test("an endless print loop is ended at 256 KiB", async () => {
  const { done, stdout } = await runProgram(mainWith(["fmt"], `
	defer func() { recover(); for { fmt.Println("again") } }()
	for { fmt.Println("over and over") }`));
  assert.equal(done.reason, "output");
  assert.match(done.message!, /256 KiB/);
  assert.equal(stdout.length, 256 << 10);
});

test("println of the runtime counts as output too", async () => {
  const { done, stderr } = await runProgram(mainWith([], "\tfor { println(\"x\") }"), { outputBytes: 1000 });
  assert.equal(done.reason, "output");
  assert.equal(stderr.length, 1000);
});

test("os.Exit has its code, and log.Fatal its text", async () => {
  const exit = await runProgram(mainWith(["os"], "\tos.Exit(3)"));
  assert.deepEqual([exit.done.reason, exit.done.code], ["exit", 3]);
  const fatal = await runProgram(mainWith(["log"], "\tlog.SetFlags(0)\n\tlog.Fatal(\"no more\")"));
  assert.deepEqual([fatal.done.reason, fatal.done.code, fatal.stderr], ["exit", 1, "no more\n"]);
  const two = await runProgram(mainWith(["os"], "\tprintln(\"panic: \")\n\tos.Exit(2)"));
  assert.equal(two.done.code, 2);
});

test("standard input is at its end, and a hint says so", async () => {
  const { stdout, done } = await runProgram(mainWith(["bufio", "fmt", "os"], `
	line, err := bufio.NewReader(os.Stdin).ReadString('\\n')
	fmt.Printf("%q %v\\n", line, err)`));
  assert.equal(stdout, '"" EOF\n');
  assert.equal(done.reason, "ok");
  assert.match(done.hint!, /standard input/);
});

test("a deadlock, at once and after a while", async () => {
  for (const body of ["\tc := make(chan int)\n\tfmt.Println(<-c)", "\ttime.Sleep(time.Millisecond)\n\tvar m sync.Mutex\n\tm.Lock()\n\tfmt.Println()\n\tm.Lock()"]) {
    const imports = body.includes("time.") ? ["fmt", "sync", "time"] : ["fmt"];
    const { done } = await runProgram(mainWith(imports, body));
    assert.equal(done.reason, "deadlock");
    assert.equal(done.message, "fatal error: all goroutines are asleep - deadlock!");
    assert.equal(done.file, "main.go");
    assert.match(done.hint!, /channel/);
  }
});

test("a deadlock of a program that imports nothing", async () => {
  const { done } = await runProgram(mainWith([], "\tselect {}"));
  assert.deepEqual([done.reason, done.code], ["deadlock", 2]);
});

test("a program that takes too much memory", async () => {
  const { done } = await runProgram(mainWith([], `
	var keep [][]byte
	for {
		keep = append(keep, make([]byte, 1<<20))
		keep[len(keep)-1][0] = 1
	}`), { memoryBytes: 64 << 20 });
  assert.equal(done.reason, "memory");
  assert.match(done.hint!, /memory/);
});

test("deep frames overflow Go's own limit or the host's, and are recursion either way", async () => {
  const { done } = await runProgram(mainWith([], "\tprintln(f(0))") + `
func f(n int) int {
	var big [64 << 10]byte
	big[n%len(big)] = 1
	return f(n+1) + int(big[(n*7)%len(big)])
}
`);
  assert.ok(done.reason === "recursion" || done.reason === "memory", done.reason + " " + done.message);
});

test("a program of 1 MiB", async () => {
  let text = "package main\n\nfunc main() { println(f0(1), len(data)) }\n\n";
  for (let i = 0; i < 1000; i++) {
    text += `// f${i} is one of many functions with a comment above it.\nfunc f${i}(n int) int {\n\tif n > ${i} {\n\t\treturn n * ${i}\n\t}\n\treturn n + ${i}\n}\n\n`;
  }
  text += "var data = []string{\n";
  while (text.length < (1 << 20) - 200) text += `\t"Texas", "M", "${text.length}",\n`;
  text += "}\n";
  const start = performance.now();
  const { done, stderr } = await runProgram(text);
  console.log(`1 MiB: ${Math.round(performance.now() - start)} ms`, done.timings);
  assert.match(stderr, /^0 \d{5,}\n$/);
  assert.equal(done.reason, "ok");
  const more = await runProgram(text + "// ".padEnd(300, "x"));
  assert.match(more.diagnostics[0]!.message, /1 MiB/);
});

test("the session goes on after all of this", async () => {
  const { stdout } = await runProgram(mainWith(["fmt"], "\tfmt.Println(1 + 1)"));
  assert.equal(stdout, "2\n");
  await assert.rejects((await theSession()).handle({ type: "schema", database: "none" }, () => {}));
});
