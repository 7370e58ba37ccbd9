package sqlite

import (
	"fmt"
	"strconv"
	"strings"
)

// fileName turns what stands behind sqlite:// into a file's name, or into a
// URI of SQLite's if there are options. Single says that the database lives in
// the memory of one connection.
func fileName(rest string) (name string, single bool, err error) {
	if strings.IndexByte(rest, 0) >= 0 {
		return "", false, wrong(strings.ReplaceAll(rest, "\x00", `\0`), "a file's name has no NUL")
	}
	path, options, has := strings.Cut(rest, "?")
	switch path {
	case "", "/", "/:memory:":
		name, single = ":memory:", true
	default:
		if path[0] != '/' {
			return "", false, wrong(rest, "SQLite has no host; write sqlite:// for a database in memory, sqlite:///pets.db for a file in the current folder, sqlite:////srv/pets.db for a file anywhere")
		}
		name = path[1:]
	}
	if !has {
		return name, single, nil
	}
	file := "file:" + strings.ReplaceAll(strings.ReplaceAll(name, "%", "%25"), "#", "%23")
	pragmas := []string{}
	for option := range strings.SplitSeq(options, "&") {
		pragma, value, _ := strings.Cut(option, "=")
		if !settings[pragma].takes(value) {
			return "", false, wrong(rest, fmt.Sprintf("%q is not an option; there are journal_mode=wal, synchronous=normal, busy_timeout=5000 (milliseconds), foreign_keys=on and cache_size=-2000, with the values of the pragmas", option))
		}
		pragmas = append(pragmas, "_pragma="+pragma+"("+value+")")
	}
	if !strings.Contains(options, "busy_timeout=") {
		// Even the change to WAL must wait for others.
		pragmas = append([]string{"_pragma=busy_timeout(5000)"}, pragmas...)
	}
	return file + "?" + strings.Join(pragmas, "&"), single, nil
}

func wrong(rest, why string) error {
	return fmt.Errorf("sqlite: reading the URL sqlite://%s: %s", rest, why)
}

// setting is the values of an option; nil means a number.
type setting []string

// settings are the options of a URL: pragmas of these names.
var settings = map[string]setting{
	"journal_mode": {"wal", "delete", "truncate", "persist", "memory", "off"},
	"synchronous":  {"normal", "full", "extra", "off"},
	"foreign_keys": {"on", "off"},
	"busy_timeout": number,
	"cache_size":   number,
}

// number stands for a whole number.
var number = setting{}

func (s setting) takes(value string) bool {
	if s == nil {
		return false // no such option
	}
	for _, known := range s {
		if strings.EqualFold(value, known) {
			return true
		}
	}
	_, err := strconv.ParseInt(value, 10, 32)
	return len(s) == 0 && err == nil
}
