package dialect_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/dialect"
)

func TestParseURL(t *testing.T) {
	for text, want := range map[string]dialect.URL{
		"postgresql://user:p%40ss@host:5432/db?sslmode=disable": {Scheme: "postgresql", User: "user", Password: "p@ss",
			Host: "host", Port: 5432, Database: "db", Options: []dialect.URLOption{{Name: "sslmode", Value: "disable"}}},
		"mysql://localhost":             {Scheme: "mysql", Host: "localhost"},
		"mysql://":                      {Scheme: "mysql"},
		"mysql://:pw@/db":               {Scheme: "mysql", Password: "pw", Database: "db"},
		"mysql://a@b@host/":             {Scheme: "mysql", User: "a@b", Host: "host"},
		"mysql://u:a:b@h/a%2Fb/c":       {Scheme: "mysql", User: "u", Password: "a:b", Host: "h", Database: "a/b/c"},
		"postgres://[::1]:7/x":          {Scheme: "postgres", Host: "::1", Port: 7, Database: "x"},
		"postgres://%2Fvar%2Frun/x":     {Scheme: "postgres", Host: "/var/run", Database: "x"},
		"postgres://a:1,b:2,[::1]:3/x":  {Scheme: "postgres", Host: "a:1,b:2,[::1]:3", Database: "x"},
		"postgres:///x?a=1&a=2&&b&c==d": {Scheme: "postgres", Database: "x", Options: []dialect.URLOption{{"a", "1"}, {"a", "2"}, {"b", ""}, {"c", "=d"}}},
		"sqlite:///100%.db?x#y":         {Scheme: "sqlite", Database: "100%.db?x#y"},
		"sqlite:////srv/pets.db":        {Scheme: "sqlite", Database: "/srv/pets.db"},
		"sqlite+cipher://host/x":        {Scheme: "sqlite+cipher", Host: "host", Database: "x"},
	} {
		u, err := dialect.ParseURL(text)
		require.NoError(t, err, text)
		assert.Equal(t, want, u, text)
	}
}

func TestParseURLErrors(t *testing.T) {
	for text, want := range map[string]string{
		"":                               "it starts with a scheme and ://",
		"pets.db":                        "it starts with a scheme and ://",
		"://x":                           "it starts with a scheme and ://",
		"9p://x":                         "it starts with a scheme and ://",
		"mysql://ann:geheim/x@host/db":   "mysql://…: the port is not a number",
		"mysql://ann:geheim#1@host/db":   "it has a #",
		"mysql://ann:geheim%zz@host/db":  "the password has a % without two hexadecimal digits",
		"mysql://ann:geheim@host/db%1":   "the database's name has a %",
		"mysql://ann:geheim@host:0/db":   "the port is not a number from 1 to 65535",
		"mysql://ann:geheim@host:65536/": "the port is not a number from 1 to 65535",
		"mysql://ann:geheim@[::1/db":     "an address in brackets",
		"mysql://ann:geheim@[::1]9/db":   "an address in brackets",
		"mysql://ann:geheim@[host]/db":   "only an IPv6 address",
		"mysql://ann:geheim@%2C:5/":      "the host's name has a colon, a comma",
		"mysql://ann:geheim@host/?%":     "the name of an option has a %",
	} {
		_, err := dialect.ParseURL(text)
		require.ErrorContains(t, err, want, text)
		assert.NotContains(t, err.Error(), "geheim")
		assert.NotContains(t, err.Error(), "ann")
	}
}

func TestURLHidesThePassword(t *testing.T) {
	u := dialect.URL{Scheme: "postgresql", User: "ann lee", Password: "ge/he:im@%", Host: "h", Port: 1, Database: "d b",
		Options: []dialect.URLOption{{"a b", "c&d"}, {"e", ""}}}
	const masked = "postgresql://ann%20lee:***@h:1/d%20b?a%20b=c%26d&e="
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		assert.Equal(t, masked, fmt.Sprintf(verb, u))
		assert.NotContains(t, fmt.Sprintf(verb, []any{&u, u}), "ge")
	}
	assert.Equal(t, "postgresql://ann%20lee:ge%2Fhe%3Aim%40%25@h:1/d%20b?a%20b=c%26d&e=", u.Reveal())
	assert.Equal(t, "c&d", u.Option("a b"))
	assert.Equal(t, "", u.Option("zz"))
}

func FuzzURL(f *testing.F) {
	for _, seed := range []string{"postgresql://user:p%40ss@host:5432/db?sslmode=disable", "mysql://[::1]:3/a%2fb?x=y&x",
		"postgres://a:1,b:2/x", "sqlite:///100%.db", "x://%2Ftmp", "mysql://,%2C@%2C", "sqlite://h/x", "y://:@:/?="} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		u, err := dialect.ParseURL(text)
		if err != nil {
			return
		}
		again, err := dialect.ParseURL(u.Reveal())
		require.NoError(t, err, u.Reveal())
		require.Equal(t, u, again, u.Reveal())
		masked := u
		masked.Password = ""
		if u.Password != "" {
			masked.Password = "***"
			require.Equal(t, u.String(), mustParse(t, u.String()).String())
		}
		require.Equal(t, mustParse(t, u.String()), masked)
	})
}

func mustParse(t *testing.T, text string) dialect.URL {
	t.Helper()
	u, err := dialect.ParseURL(text)
	require.NoError(t, err, text)
	return u
}
