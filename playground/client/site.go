package client

import (
	"path"
	"runtime"
	"slices"
	"strings"

	"github.com/ormlab/ormlab/playground/wire"
)

// mainPrefix begins the names of the functions of a program's package main.
// Tests of this package call from another one.
var mainPrefix = "main."

// siteCache finds the line of the program that led to a call. Looking up a
// program counter is slow, so each is looked up once; and a program mostly
// calls again from where it called before.
type siteCache struct {
	frames map[uintptr]wire.Site // zero for a frame outside package main
	last   []uintptr             // the frames down to that of site
	site   wire.Site
}

// skipped are the frames of runtime.Callers, caller and link.site.
const skipped = 3

func (c *siteCache) caller() wire.Site {
	var pcs [32]uintptr
	for skip := skipped; ; skip += len(pcs) {
		n := runtime.Callers(skip, pcs[:])
		if skip == skipped && len(c.last) > 0 && len(c.last) <= n && slices.Equal(c.last, pcs[:len(c.last)]) {
			return c.site
		}
		for i, pc := range pcs[:n] {
			if site := c.frame(pc); site.Line > 0 {
				if skip == skipped {
					c.last, c.site = append(c.last[:0], pcs[:i+1]...), site
				}
				return site
			}
		}
		if n < len(pcs) {
			return wire.Site{}
		}
	}
}

// frame is the site of one program counter.
func (c *siteCache) frame(pc uintptr) wire.Site {
	site, known := c.frames[pc]
	if known {
		return site
	}
	frame, _ := runtime.CallersFrames([]uintptr{pc}).Next()
	if strings.HasPrefix(frame.Function, mainPrefix) {
		site = wire.Site{File: path.Base(frame.File), Line: frame.Line}
	}
	if c.frames == nil {
		c.frames = map[uintptr]wire.Site{}
	}
	c.frames[pc] = site
	return site
}
