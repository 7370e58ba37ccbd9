package host

import (
	"strings"

	"github.com/ormlab/ormlab/internal/site"
)

// etag names one form of a file: two forms differ byte for byte.
func etag(f *site.File, e site.Encoding) string {
	if e == site.Identity {
		return `"` + f.Hash + `"`
	}
	return `"` + f.Hash + "-" + string(e) + `"`
}

// matches reports whether an If-None-Match header names tag. A tag that a
// proxy made weak names the same content.
func matches(headers []string, tag string) bool {
	for candidate := range strings.SplitSeq(strings.Join(headers, ","), ",") {
		candidate = strings.TrimSpace(candidate)
		if candidate == "*" || strings.TrimPrefix(candidate, "W/") == tag {
			return true
		}
	}
	return false
}
