package toolchain

import (
	"fmt"
	"io"
	"os"
	"time"
)

// logger writes lines of progress, if anyone wants them.
type logger struct{ w io.Writer }

func (l logger) printf(format string, args ...any) {
	if l.w != nil {
		fmt.Fprintf(l.w, "toolchain: "+format+"\n", args...)
	}
}

// step announces a piece of work, and says how long it took when it is done.
func (l logger) step(what string, work func() error) error {
	l.printf("%s ...", what)
	start := time.Now()
	if err := work(); err != nil {
		return err
	}
	l.printf("%s: %s", what, time.Since(start).Round(10*time.Millisecond))
	return nil
}

func (b *builder) warn(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	b.warnings = append(b.warnings, text)
	b.log.printf("warning: %s", text)
}

func fileSize(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}
