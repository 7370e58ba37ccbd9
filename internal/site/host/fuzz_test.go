package host

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/internal/site"
	"github.com/ormlab/ormlab/internal/site/sitetest"
)

// FuzzNegotiate sends any Accept-Encoding: the answer is a form that there
// is, and one that the header does not refuse unless it refuses all.
func FuzzNegotiate(f *testing.F) {
	for _, header := range []string{"", "gzip, br", "br;q=0", "*;q=0, identity;q=0", ";;q=,=", "gzip;q=1e-9"} {
		f.Add(header)
	}
	f.Fuzz(func(t *testing.T, header string) {
		file, ok := toolFile(t)
		require.True(t, ok)
		e := negotiate(header, file)
		_, ok = file.Size(e)
		assert.True(t, ok)
		if e != site.Identity {
			assert.Positive(t, qualities(header).of(e))
		}
	})
}

var built *site.Site

func toolFile(t *testing.T) (*site.File, bool) {
	if built == nil {
		s, err := site.Build(t.Context(), site.Options{Root: sitetest.Checkout(t), Toolchain: sitetest.Toolchain(t)})
		require.NoError(t, err)
		built = s
	}
	return built.Lookup(tool[1:])
}
