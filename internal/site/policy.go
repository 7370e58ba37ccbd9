package site

import "strings"

// policy is the content security policy of every page. Scripts and styles
// come only from the site; WebAssembly may be compiled, text may not become
// code. CodeMirror's styles fit it because of internal/site/bundle.
var policy = []string{
	"default-src 'self'",
	"script-src 'self' 'wasm-unsafe-eval'",
	"style-src 'self'",
	"img-src 'self' data:",
	"connect-src 'self'",
	"worker-src 'self'",
	"object-src 'none'",
	"base-uri 'none'",
	"form-action 'none'",
}

// PagePolicy is the policy as a page states it itself, for hosts that send
// no headers.
func PagePolicy() string {
	return strings.Join(policy, "; ")
}

// HeaderPolicy is the policy of a path as a header states it: who may frame a
// page is not allowed in the page itself. Any page may frame what stands below
// embed/, which is made for that.
func HeaderPolicy(path string) string {
	if strings.HasPrefix(path, "embed/") {
		return PagePolicy() + "; frame-ancestors *"
	}
	return PagePolicy() + "; frame-ancestors 'self'"
}
