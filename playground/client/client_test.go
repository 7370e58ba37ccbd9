package client

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/driver/drivertest"
	"github.com/ormlab/ormlab/playground/engine"
	"github.com/ormlab/ormlab/playground/wire"
)

// direct is a transport to something in the same process.
type direct struct {
	handle func(request []byte) []byte
	last   []byte
	shown  []string
}

func (d *direct) call(request, answer []byte) int {
	d.last = d.handle(request)
	if len(d.last) <= len(answer) {
		copy(answer, d.last)
	}
	return len(d.last)
}

func (d *direct) take(answer []byte) { copy(answer, d.last) }

func (d *direct) show(doc []byte) { d.shown = append(d.shown, string(doc)) }

// wired is a driver whose far end is an engine in this process.
func wired(events func([]byte)) *link {
	e := engine.New(engine.Options{Events: events})
	return newLink(&direct{handle: e.Handle})
}

func TestDriver(t *testing.T) {
	for name, events := range map[string]func([]byte){"traced": func([]byte) {}, "not traced": nil} {
		t.Run(name, func(t *testing.T) {
			drivertest.Run(t, drivertest.Config{
				Driver:   wired(events),
				Name:     func(t testing.TB) string { return t.Name() },
				NoCancel: true,
			})
		})
	}
}

func TestOutsideThePlayground(t *testing.T) {
	_, err := Driver().Open(t.Context(), "pets.db")
	require.EqualError(t, err, "client: not in the playground: only its page can run a program built with the tag playground")
	require.Equal(t, errNoPage, Show([]byte("{}")))
}

func TestAnotherVersion(t *testing.T) {
	l := newLink(&direct{handle: func([]byte) []byte {
		return (&wire.HelloAnswer{Version: wire.Version + 1, SQLite: "4.0.0"}).Append(nil)
	}})
	_, err := l.Open(t.Context(), "pets.db")
	require.EqualError(t, err, "client: the page's engine speaks version 3 of the protocol, this program version 2: reload the page")
}

func TestMalformedAnswer(t *testing.T) {
	for _, answer := range [][]byte{nil, {0}, {9}, {0, 1, 200}, {1}} {
		l := newLink(&direct{handle: func([]byte) []byte { return answer }})
		_, err := l.Open(t.Context(), "pets.db")
		require.ErrorContains(t, err, "wire: ", "answer %v", answer)
	}
}

func TestShow(t *testing.T) {
	d := &direct{}
	old := page
	defer func() { page = old }()
	page = newLink(d)
	require.NoError(t, Show([]byte(`{"kind":"table"}`)))
	assert.Equal(t, []string{`{"kind":"table"}`}, d.shown)
}

func TestCallSite(t *testing.T) {
	defer func(old string) { mainPrefix = old }(mainPrefix)
	mainPrefix = "github.com/ormlab/ormlab/playground/client.programOf"
	var lines []string
	l := wired(func(b []byte) { lines = append(lines, string(b)) })
	conn, err := l.Open(t.Context(), "")
	require.NoError(t, err)
	for range 2 {
		programOfOneLine(t, conn)
	}
	programOfDeepCalls(t, conn, 100)
	require.NoError(t, l.tell(&wire.Request{Op: wire.EndRun}))
	var sites []string
	for _, line := range strings.Split(strings.Join(lines, ""), "\n") {
		if _, rest, found := strings.Cut(line, `"begin","file":`); found {
			site, _, _ := strings.Cut(rest, `,"tx"`)
			sites = append(sites, site)
		}
	}
	assert.Equal(t, []string{
		`"program_test.go","line":13`, `"program_test.go","line":14`,
		`"program_test.go","line":13`, `"program_test.go","line":14`,
		`"program_test.go","line":23`,
	}, sites)
}

func exec(t *testing.T, conn driver.Conn, sql string) {
	stmt, err := conn.Prepare(t.Context(), sql)
	require.NoError(t, err)
	_, err = stmt.Exec(t.Context(), nil)
	require.NoError(t, err)
	require.NoError(t, stmt.Close())
}

func deep(t *testing.T, conn driver.Conn, n int) {
	if n > 0 {
		deep(t, conn, n-1)
		return
	}
	exec(t, conn, "SELECT 3")
}
