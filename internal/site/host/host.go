// Package host serves a site over HTTP.
//
// It sends what a good static host would: right types, the smallest form the
// browser accepts, headers that let the browser keep what cannot change, and
// the security policy.
package host

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/ormlab/ormlab/internal/site"
)

// Handler serves the site. It stands at the root of its server; to serve
// under a path, wrap it in [http.StripPrefix].
func Handler(s *site.Site) http.Handler {
	return handler{s}
}

type handler struct{ site *site.Site }

func (h handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := strings.TrimPrefix(r.URL.Path, "/")
	setSecurity(w.Header(), path)
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "this is a static site: only GET and HEAD", http.StatusMethodNotAllowed)
		return
	}
	if path == "" || strings.HasSuffix(path, "/") {
		path += "index.html"
	}
	if f, ok := h.site.Lookup(path); ok {
		sendFile(w, r, f)
		return
	}
	if _, ok := h.site.Lookup(path + "/index.html"); ok {
		redirectToFolder(w, r, path)
		return
	}
	h.sendNotFound(w, r, path)
}

// redirectToFolder adds the slash without which relative links break. The
// target is relative, so it holds under any prefix.
func redirectToFolder(w http.ResponseWriter, r *http.Request, path string) {
	target := path[strings.LastIndex(path, "/")+1:] + "/"
	if r.URL.RawQuery != "" {
		target += "?" + r.URL.RawQuery
	}
	w.Header().Set("Location", target)
	w.WriteHeader(http.StatusMovedPermanently)
}

// sendNotFound sends the page with links that hold at the depth of path.
func (h handler) sendNotFound(w http.ResponseWriter, r *http.Request, path string) {
	root := "./" + strings.Repeat("../", strings.Count(path, "/"))
	content, err := h.site.NotFound(root)
	if err != nil {
		http.Error(w, "not found", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(content)))
	w.Header().Set("Cache-Control", "no-cache")
	w.WriteHeader(http.StatusNotFound)
	if r.Method != http.MethodHead {
		_, _ = w.Write(content) // the browser may have gone: nothing to do about it
	}
}

func setSecurity(h http.Header, path string) {
	h.Set("Content-Security-Policy", site.HeaderPolicy(path))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
}

func sendFile(w http.ResponseWriter, r *http.Request, f *site.File) {
	// What is made on the way stays made, so a browser that goes away does not end it.
	if err := f.Make(context.WithoutCancel(r.Context())); err != nil {
		w.Header().Set("Cache-Control", "no-store")
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	encoding := negotiate(strings.Join(r.Header.Values("Accept-Encoding"), ","), f)
	tag := etag(f, encoding)
	h := w.Header()
	h.Add("Vary", "Accept-Encoding")
	h.Set("ETag", tag)
	h.Set("Cache-Control", cacheControl(f))
	if matches(r.Header.Values("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body, err := f.Open(encoding)
	if err != nil {
		h.Set("Cache-Control", "no-store")
		http.Error(w, "the file is no longer there: restart serve", http.StatusInternalServerError)
		return
	}
	defer body.Close()
	size, _ := f.Size(encoding)
	h.Set("Content-Type", f.Type)
	h.Set("Content-Length", strconv.FormatInt(size, 10))
	if encoding != site.Identity {
		h.Set("Content-Encoding", string(encoding))
	}
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		_, _ = io.Copy(w, body) // the browser may have gone: nothing to do about it
	}
}

func cacheControl(f *site.File) string {
	if f.Immutable {
		return "public, max-age=31536000, immutable"
	}
	return "no-cache"
}
