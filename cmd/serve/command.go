package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
)

const usage = `serve builds the ormlab site and hosts it, or writes it into a folder.

	serve [flags]          build what is missing and host the site
	serve build [flags]    write the site's files, for any static host
	serve help             print this text

Flags of both:
	-root DIR       checkout of ormlab; default: the one around the current folder
	-lessons DIR    lessons; default: lessons/ in the checkout
	-no-toolchain   without compiler and engine: pages can be read, programs not run
	-no-offline     keep nothing for times without a network; browsers that do, stop it

Flags of serve:
	-addr ADDR      address to listen on; default :8080

Flags of serve build:
	-out DIR        folder for the files; default: dist
	-release        compress as well as possible, which takes minutes the first time
	-base PATH      path the site will stand at, such as /ormlab/; only 404.html needs it
`

// Exit codes.
const (
	ok     = 0
	failed = 1
	misuse = 2
)

// run is the whole program but for the process around it.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	command := "host"
	if len(args) > 0 && (args[0] == "build" || args[0] == "help") {
		command, args = args[0], args[1:]
	}
	if command == "help" {
		fmt.Fprint(stdout, usage)
		return ok
	}
	o := options{stdout: stdout, progress: stderr}
	if err := o.parse(command, args); errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(stdout, usage)
		return ok
	} else if err != nil {
		fmt.Fprintf(stderr, "serve: %v\nserve help lists the commands and flags\n", err)
		return misuse
	}
	do := map[string]func(context.Context, *options) error{"host": hostSite, "build": writeSite}[command]
	if err := do(ctx, &o); err != nil && !errors.Is(err, context.Canceled) {
		fmt.Fprintf(stderr, "serve: %v\n", err)
		return failed
	}
	return ok
}

// options are the flags and where to print.
type options struct {
	root, lessons string
	noToolchain   bool
	noOffline     bool

	addr string

	out, base string
	release   bool

	stdout, progress io.Writer
}

func (o *options) parse(command string, args []string) error {
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&o.root, "root", "", "")
	flags.StringVar(&o.lessons, "lessons", "", "")
	flags.BoolVar(&o.noToolchain, "no-toolchain", false, "")
	flags.BoolVar(&o.noOffline, "no-offline", false, "")
	switch command {
	case "host":
		flags.StringVar(&o.addr, "addr", ":8080", "")
	case "build":
		flags.StringVar(&o.out, "out", "dist", "")
		flags.BoolVar(&o.release, "release", false, "")
		flags.StringVar(&o.base, "base", "", "")
	}
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("unknown command or argument %q", flags.Arg(0))
	}
	return nil
}
