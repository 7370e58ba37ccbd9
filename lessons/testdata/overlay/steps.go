package main

// With this file and a table of steps the lessons' tests make one program of
// all steps.

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
)

type step struct {
	dir string
	run func()
}

func main() {
	for _, s := range steps {
		if err := s.runIn(filepath.Join(os.Args[1], filepath.FromSlash(s.dir))); err != nil {
			fmt.Fprintln(os.Stderr, s.dir, err)
			os.Exit(1)
		}
	}
}

// runIn runs the step in a folder of its own, and leaves there what it prints.
func (s step) runIn(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := os.Chdir(dir); err != nil {
		return err
	}
	output, err := os.Create("output.txt")
	if err != nil {
		return err
	}
	defer output.Close()
	var statements bytes.Buffer // a write to a file takes long here
	recorded = &statements
	os.Stdout = output
	s.run()
	return os.WriteFile("statements.tsv", statements.Bytes(), 0o644)
}
