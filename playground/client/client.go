// Package client is the program's side of the playground's bridge: a driver
// whose far end is the engine.
//
// Under the build tag playground it is the driver of the dialect
// orm/dialect/sqlite. The same program, built without the tag, talks to SQLite
// itself.
//
// A call into the engine cannot be interrupted from outside, because program
// and engine take turns. So the client sends the time that a context has left
// along with a statement, and the engine ends it then. A context that is
// cancelled otherwise is noticed between two calls.
package client

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/playground/wire"
)

// Driver returns the driver. A database is known by its plain name; "" and
// ":memory:" are private to the connection.
func Driver() driver.Driver { return page }

// Show puts a document of the kind that playground/show makes into the page's
// result stream. Outside the playground it is an error.
func Show(doc []byte) error {
	if page.transport == nil {
		return errNoPage
	}
	page.transport.show(doc)
	return nil
}

var (
	page      = newLink(pageTransport())
	errNoPage = errors.New("client: not in the playground: only its page can run a program built with the tag playground")
)

// transport carries messages to the engine.
type transport interface {
	// call hands over a request and returns the length of the answer. If the
	// answer fits, it is in answer; otherwise take gets it.
	call(request, answer []byte) int
	// take copies the answer of the last call.
	take(answer []byte)
	show(doc []byte)
}

// link is the way to one engine. Its buffers serve all connections.
type link struct {
	transport transport // nil outside the playground

	mu      sync.Mutex
	greeted bool
	request []byte
	answer  []byte
	sites   siteCache
}

// answerSize is the room for an answer that is read and forgotten.
const answerSize = 4 << 10

func newLink(t transport) *link { return &link{transport: t, answer: make([]byte, answerSize)} }

// Open implements [driver.Driver].
func (l *link) Open(ctx context.Context, name string) (driver.Conn, error) {
	if l.transport == nil {
		return nil, errNoPage
	}
	if err := ended(ctx); err != nil {
		return nil, fmt.Errorf("client: opening %q: %w", name, err)
	}
	if err := l.greet(); err != nil {
		return nil, err
	}
	id, err := ask(l, &wire.Request{Op: wire.Open, Name: name}, false, wire.DecodeOpened)
	if err != nil {
		return nil, fmt.Errorf("client: opening %q: %w", name, err)
	}
	return &conn{link: l, id: id}, nil
}

// greet makes sure, once, that both sides speak the same version.
func (l *link) greet() error {
	if l.greeted {
		return nil
	}
	hello, err := ask(l, &wire.Request{Op: wire.Hello, Version: wire.Version}, true, wire.DecodeHello)
	if err != nil {
		return fmt.Errorf("client: greeting the engine: %w", err)
	}
	if hello.Version != wire.Version {
		return fmt.Errorf("client: the page's engine speaks version %d of the protocol, this program version %d: reload the page",
			hello.Version, wire.Version)
	}
	l.greeted = true
	return nil
}

// ask puts a request and decodes the answer. What the result shares with the
// answer stays valid only if keep is set.
func ask[T any](l *link, q *wire.Request, keep bool, decode func([]byte) (T, error)) (T, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return decode(l.exchange(q, keep))
}

// tell puts a request whose answer has no fields.
func (l *link) tell(q *wire.Request) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return wire.DecodeOK(l.exchange(q, false))
}

func (l *link) exchange(q *wire.Request, keep bool) []byte {
	l.request = q.Append(l.request[:0])
	n := l.transport.call(l.request, l.answer)
	switch {
	case n > len(l.answer):
		answer := make([]byte, n)
		l.transport.take(answer)
		return answer
	case keep:
		return append([]byte(nil), l.answer[:n]...)
	}
	return l.answer[:n]
}

// site is the line of the program that called.
func (l *link) site() wire.Site {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.sites.caller()
}
