package host

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/internal/site"
	"github.com/ormlab/ormlab/internal/site/sitetest"
)

const tool = "/toolchain/" + sitetest.ToolchainID + "/compile.0123.wasm"

func fixture(t *testing.T) (*site.Site, *httptest.Server) {
	t.Helper()
	s, err := site.Build(t.Context(), site.Options{Root: sitetest.Checkout(t), Toolchain: sitetest.Toolchain(t)})
	require.NoError(t, err)
	server := httptest.NewServer(Handler(s))
	t.Cleanup(server.Close)
	return s, server
}

// do sends a request exactly as given: no redirect is followed, no encoding
// asked for or undone.
func do(t *testing.T, server *httptest.Server, method, path string, header ...string) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, server.URL+path, nil)
	require.NoError(t, err)
	for i := 0; i < len(header); i += 2 {
		request.Header.Add(header[i], header[i+1])
	}
	transport := &http.Transport{DisableCompression: true}
	defer transport.CloseIdleConnections()
	response, err := transport.RoundTrip(request)
	require.NoError(t, err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return response, string(body)
}

func TestHeaders(t *testing.T) {
	s, server := fixture(t)
	const forever, ask = "public, max-age=31536000, immutable", "no-cache"
	for _, path := range s.Paths() {
		wantType, wantCache := "text/html; charset=utf-8", ask
		switch {
		case path == "sw.js", path == "embed/orm-playground.js": // known by these names, whatever is in them
			wantType = "text/javascript; charset=utf-8"
		case strings.HasSuffix(path, ".png"):
			wantType = "image/png"
		case strings.HasSuffix(path, ".svg"):
			wantType = "image/svg+xml"
		case strings.HasSuffix(path, ".webmanifest"):
			wantType = "application/manifest+json"
		case strings.HasSuffix(path, ".js"):
			wantType, wantCache = "text/javascript; charset=utf-8", forever
		case strings.HasSuffix(path, ".css"):
			wantType, wantCache = "text/css; charset=utf-8", forever
		case strings.HasSuffix(path, ".json"), strings.HasSuffix(path, ".map"):
			wantType, wantCache = "application/json", forever
		case strings.HasSuffix(path, ".wasm"):
			wantType, wantCache = "application/wasm", forever
		}
		response, body := do(t, server, "GET", "/"+path)
		assert.Equal(t, 200, response.StatusCode, path)
		assert.Equal(t, wantType, response.Header.Get("Content-Type"), path)
		assert.Equal(t, wantCache, response.Header.Get("Cache-Control"), path)
		assert.Equal(t, "Accept-Encoding", response.Header.Get("Vary"), path)
		assert.Equal(t, strconv.Itoa(len(body)), response.Header.Get("Content-Length"), path)
		assertSecure(t, response)
	}
}

func assertSecure(t *testing.T, response *http.Response) {
	t.Helper()
	policy := response.Header.Get("Content-Security-Policy")
	for _, directive := range []string{
		"default-src 'self'", "script-src 'self' 'wasm-unsafe-eval'", "style-src 'self'", "worker-src 'self'", "connect-src 'self'",
		"img-src 'self' data:", "object-src 'none'", "base-uri 'none'", framing(response.Request.URL.Path),
	} {
		assert.Contains(t, strings.Split(policy, "; "), directive)
	}
	assert.NotContains(t, policy, "unsafe-inline")
	assert.Equal(t, "nosniff", response.Header.Get("X-Content-Type-Options"))
	assert.Equal(t, "no-referrer", response.Header.Get("Referrer-Policy"))
}

// framing says who may put a page into a frame: anybody, where it is made for that.
func framing(path string) string {
	if strings.HasPrefix(path, "/embed/") {
		return "frame-ancestors *"
	}
	return "frame-ancestors 'self'"
}

func TestNegotiation(t *testing.T) {
	_, server := fixture(t)
	for accept, want := range map[string]string{
		"":                         "",
		"gzip, deflate, br, zstd":  ".br",
		"gzip":                     ".gz",
		"GZIP;q=0.5":               ".gz",
		"br;q=0.2, gzip;q=0.8":     ".gz",
		"br;q=0, gzip":             ".gz",
		"br;q=0, gzip;q=0":         "",
		"*":                        ".br",
		"*;q=0.1, gzip":            ".gz",
		"identity, br;q=0.5":       "",
		"identity;q=0":             "",
		"identity;q=0, gzip;q=0.1": ".gz",
		"br;q=nonsense, gzip":      ".gz",
		"br;q=NaN, gzip;q=2":       "",
		"br;level=9":               "",
		"zstd":                     "",
		" , ;;, br ; q=1 ":         ".br",
	} {
		response, body := do(t, server, "GET", tool, "Accept-Encoding", accept)
		assert.Equal(t, sitetest.Compiler[want], body, "Accept-Encoding: %s", accept)
		encoding := map[string]string{".br": "br", ".gz": "gzip"}[want]
		assert.Equal(t, encoding, response.Header.Get("Content-Encoding"), "Accept-Encoding: %s", accept)
		assert.Equal(t, "application/wasm", response.Header.Get("Content-Type"))
	}
}

func TestNotModified(t *testing.T) {
	_, server := fixture(t)
	plain, _ := do(t, server, "GET", "/")
	packed, _ := do(t, server, "GET", "/", "Accept-Encoding", "br")
	zipped, _ := do(t, server, "GET", "/", "Accept-Encoding", "gzip")
	tag := plain.Header.Get("ETag")
	tags := map[string]bool{tag: true, packed.Header.Get("ETag"): true, zipped.Header.Get("ETag"): true}
	assert.Len(t, tags, 3, "the forms differ byte for byte")
	for header, want := range map[string]int{
		tag: 304, "W/" + tag: 304, `"other", ` + tag: 304, "*": 304, `"other"`: 200, packed.Header.Get("ETag"): 200,
	} {
		response, body := do(t, server, "GET", "/", "If-None-Match", header)
		assert.Equal(t, want, response.StatusCode, header)
		assert.Equal(t, want == 304, body == "", header)
		assert.Equal(t, tag, response.Header.Get("ETag"))
		assert.Equal(t, "no-cache", response.Header.Get("Cache-Control"))
	}
}

func TestMethods(t *testing.T) {
	_, server := fixture(t)
	get, content := do(t, server, "GET", "/", "Accept-Encoding", "gzip")
	head, body := do(t, server, "HEAD", "/", "Accept-Encoding", "gzip")
	assert.Empty(t, body)
	assert.Equal(t, strconv.Itoa(len(content)), head.Header.Get("Content-Length"))
	get.Header.Del("Date")
	head.Header.Del("Date")
	assert.Equal(t, get.Header, head.Header)
	post, _ := do(t, server, "POST", "/")
	assert.Equal(t, 405, post.StatusCode)
	assert.Equal(t, "GET, HEAD", post.Header.Get("Allow"))
	assertSecure(t, post)
}

func TestFoldersRedirectToTheirSlash(t *testing.T) {
	_, server := fixture(t)
	for path, want := range map[string]string{
		"/lessons/01-hello":     "01-hello/",
		"/lessons/01-hello?a=b": "01-hello/?a=b",
	} {
		response, _ := do(t, server, "GET", path)
		assert.Equal(t, 301, response.StatusCode)
		assert.Equal(t, want, response.Header.Get("Location"))
	}
}

func TestWhatIsNotThere(t *testing.T) {
	_, server := fixture(t)
	for path, home := range map[string]string{
		"/nope":                           "./",
		"/lessons/":                       "./../",
		"/assets/":                        "./../",
		"/toolchain/../../etc/passwd":     "./../../../../",
		"/..%2f..%2fetc/passwd":           "./../../../",
		"/lessons/01-hello/../../go.mod":  "",
		"//etc/passwd":                    "",
		"/lessons/01-hello/index.html/":   "",
		"/assets\\..\\go.mod":             "",
		tool + ".br":                      "",
		"/lessons/01-hello/index%00.html": "",
	} {
		response, body := do(t, server, "GET", path)
		assert.Equal(t, 404, response.StatusCode, path)
		assert.Contains(t, body, "There is no page here", path)
		assertSecure(t, response)
		if home != "" {
			assert.Contains(t, body, `<a href="`+home+`">All lessons</a>`, path)
		}
	}
}

func TestUnderASubPath(t *testing.T) {
	s, _ := fixture(t)
	server := httptest.NewServer(http.StripPrefix("/a/b", Handler(s)))
	t.Cleanup(server.Close)
	response, err := server.Client().Get(server.URL + "/a/b/lessons/02-two")
	require.NoError(t, err)
	defer response.Body.Close()
	assert.Equal(t, 200, response.StatusCode)
	assert.Equal(t, "/a/b/lessons/02-two/", response.Request.URL.Path)
}
