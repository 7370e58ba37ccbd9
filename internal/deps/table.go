package deps

import (
	"fmt"
	"slices"
	"strings"
)

// rule is one line of the policy.
type rule struct {
	pattern string
	tag     string
	allowed []string
}

// parse reads a policy; # begins a comment.
func parse(text string) ([]rule, error) {
	var rules []rule
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		left, right, ok := strings.Cut(line, ":")
		if !ok {
			return nil, fmt.Errorf("deps: reading the policy: no colon in %q", line)
		}
		pattern, tag, _ := strings.Cut(left, " ")
		rules = append(rules, rule{pattern, strings.Trim(tag, "[]"), strings.Fields(right)})
	}
	return rules, nil
}

// allowedFor is what a package may import in a build with these tags, and
// whether there is any rule for it.
func allowedFor(rules []rule, pkg string, tags []string) ([]string, bool) {
	longest := ""
	for _, r := range rules {
		if r.tag == "" && match(r.pattern, pkg) && depth(r.pattern) >= depth(longest) {
			longest = r.pattern
		}
	}
	var allowed []string
	for _, r := range rules {
		if r.pattern == longest && (r.tag == "" || slices.Contains(tags, r.tag)) {
			allowed = append(allowed, r.allowed...)
		}
	}
	return allowed, longest != ""
}

// match reports whether a package fits a pattern; "x/..." fits x and all
// below it.
func match(pattern, pkg string) bool {
	root, below := strings.CutSuffix(pattern, "/...")
	return pkg == root || below && strings.HasPrefix(pkg, root+"/")
}

// depth is how much of a package's path a pattern names.
func depth(pattern string) int { return len(strings.TrimSuffix(pattern, "/...")) }

func matchAny(patterns []string, pkg string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return match(p, pkg) })
}
