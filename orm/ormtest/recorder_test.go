package ormtest

import (
	"fmt"
	"runtime"
	"sync"
	"testing"
)

// recorder is a test that may fail without failing the test around it.
type recorder struct {
	testing.TB
	mu       sync.Mutex
	failures []string
	skipped  bool
	cleanups []func()
}

// record runs a case and returns how it failed; nothing if it passed.
func record(t testing.TB, k testCase, c Config) *recorder {
	r := &recorder{TB: t}
	done := make(chan struct{})
	go func() { // of its own, because FailNow ends it
		defer close(done)
		defer r.end()
		k.run(start(r, c))
	}()
	<-done
	return r
}

func (r *recorder) end() {
	if p := recover(); p != nil {
		r.fail(fmt.Sprint("panic: ", p))
	}
	for len(r.cleanups) > 0 {
		last := r.cleanups[len(r.cleanups)-1]
		r.cleanups = r.cleanups[:len(r.cleanups)-1]
		r.cleanup(last)
	}
}

func (r *recorder) cleanup(f func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		f()
	}()
	<-done
}

func (r *recorder) fail(text string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.failures = append(r.failures, text)
}

func (r *recorder) Helper()                           {}
func (r *recorder) Log(...any)                        {}
func (r *recorder) Logf(string, ...any)               {}
func (r *recorder) Cleanup(f func())                  { r.cleanups = append(r.cleanups, f) }
func (r *recorder) Errorf(format string, args ...any) { r.fail(fmt.Sprintf(format, args...)) }
func (r *recorder) FailNow()                          { runtime.Goexit() }
func (r *recorder) Failed() bool                      { return len(r.failures) > 0 }
func (r *recorder) Skip(...any) {
	r.skipped = true
	runtime.Goexit()
}
