package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"syscall"
	"time"

	"github.com/ormlab/ormlab/internal/site"
	"github.com/ormlab/ormlab/internal/site/host"
)

// grace is how long answers under way may take after Ctrl-C.
const grace = 3 * time.Second

// hostSite serves until the context is done. It listens before it builds, so
// that a port in use is told at once and not after minutes.
func hostSite(ctx context.Context, o *options) error {
	listener, err := listen(ctx, o.addr)
	if err != nil {
		return err
	}
	defer listener.Close()
	s, done, err := buildSite(ctx, o)
	if err != nil {
		return err
	}
	defer done()
	server := &http.Server{
		Handler:           host.Handler(s),
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
	}
	fmt.Fprintf(o.stdout, "ormlab is at %s (Ctrl-C stops it)\n", address(listener.Addr()))
	go makeAhead(ctx, s, o)
	stopped := make(chan error, 1)
	go func() { stopped <- server.Serve(listener) }()
	select {
	case err := <-stopped:
		return fmt.Errorf("hosting the site: %w", err)
	case <-ctx.Done():
	}
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	if err := server.Shutdown(ending); err != nil {
		return server.Close()
	}
	return nil
}

// makeAhead makes the programs of the steps while people read. A program that
// cannot be built is told of here; the page then compiles it, and says why.
func makeAhead(ctx context.Context, s *site.Site, o *options) {
	if err := s.MakeAll(ctx); err != nil && ctx.Err() == nil {
		fmt.Fprintf(o.progress, "serve: warning: %v\n", err)
	}
}

func listen(ctx context.Context, addr string) (net.Listener, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("listening on %s: the port is in use: stop the other program, or choose another port, as in -addr :8081", addr)
	}
	if err != nil {
		return nil, fmt.Errorf("listening on %s: %w", addr, err)
	}
	return listener, nil
}

// address is what to type into a browser.
func address(a net.Addr) string {
	name, port, err := net.SplitHostPort(a.String())
	if ip := net.ParseIP(name); err == nil && (ip == nil || ip.IsUnspecified()) {
		name = "localhost"
	}
	return "http://" + net.JoinHostPort(name, port) + "/"
}
