package host

import (
	"strconv"
	"strings"

	"github.com/ormlab/ormlab/internal/site"
)

// negotiate picks the form of f to send for an Accept-Encoding header: the
// one the client likes best, and of equals the smallest. A client that takes
// nothing there is gets the content itself, which every client can read.
func negotiate(header string, f *site.File) site.Encoding {
	accepted := qualities(header)
	best, bestQuality, bestSize := site.Identity, 0.0, int64(0)
	for _, e := range []site.Encoding{site.Identity, site.Gzip, site.Brotli} {
		size, ok := f.Size(e)
		if !ok {
			continue
		}
		q := accepted.of(e)
		if q > bestQuality || q == bestQuality && q > 0 && size < bestSize {
			best, bestQuality, bestSize = e, q, size
		}
	}
	return best
}

// quality is what a client gives each encoding it names, from 0 to 1.
type quality map[string]float64

func qualities(header string) quality {
	q := quality{}
	for item := range strings.SplitSeq(header, ",") {
		name, parameters, _ := strings.Cut(item, ";")
		if name = strings.ToLower(strings.TrimSpace(name)); name != "" {
			q[name] = weight(parameters)
		}
	}
	return q
}

// weight reads "q=0.5"; what it cannot read counts as refused.
func weight(parameters string) float64 {
	name, value, ok := strings.Cut(strings.TrimSpace(parameters), "=")
	if !ok {
		return 1
	}
	q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil || !strings.EqualFold(strings.TrimSpace(name), "q") || !(q >= 0 && q <= 1) {
		return 0
	}
	return q
}

// of is the quality of an encoding. Identity is acceptable unless refused,
// but least: a client that names encodings wants them.
func (q quality) of(e site.Encoding) float64 {
	const least = 0.0001
	name := string(e)
	if e == site.Identity {
		name = "identity"
	}
	if weight, ok := q[name]; ok {
		return weight
	}
	if weight, ok := q["*"]; ok {
		return weight
	}
	if e == site.Identity {
		return least
	}
	return 0
}
