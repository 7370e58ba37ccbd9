package dialect

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// URL is where a database is and how to get in:
//
//	scheme://user:password@host:port/database?name=value&name=value
//
// Any part but the scheme may be missing. Characters that have a meaning in a
// URL are written as % and two hexadecimal digits. Printing a URL does not show
// the password.
type URL struct {
	Scheme   string
	User     string
	Password string
	// Host is a name, an address, or the folder of a socket. Several hosts are
	// kept as they are written, as in "a:5432,b:5432", with no Port.
	Host string
	// Port is 0 if the URL has none.
	Port int
	// Database is the database's name; for a database that is a file, its path.
	Database string
	Options  []URLOption
}

// URLOption is one option of a [URL]. A name may occur more than once.
type URLOption struct{ Name, Value string }

// Option returns the first value of the option; "" if it is not there.
func (u URL) Option(name string) string {
	for _, o := range u.Options {
		if o.Name == name {
			return o.Value
		}
	}
	return ""
}

// fileSchemes are those of databases that are files: what follows the third
// slash is the file's path as it is.
var fileSchemes = map[string]bool{"sqlite": true}

const escapeHint = "; in a user, password or name, write %40 for @, %3A for :, %2F for /, %3F for ?, %23 for # and %25 for %"

// ParseURL reads a URL. Its errors never show any of it but the scheme.
func ParseURL(s string) (URL, error) {
	scheme, rest, ok := strings.Cut(s, "://")
	if !ok || !isScheme(scheme) {
		return URL{}, errors.New("dialect: reading a URL: it starts with a scheme and ://, as in sqlite:///pets.db or postgresql://user:password@localhost/pets")
	}
	u := URL{Scheme: scheme}
	if fileSchemes[scheme] && strings.HasPrefix(rest, "/") {
		u.Database = rest[1:]
		return u, nil
	}
	if err := u.parse(rest); err != nil {
		return URL{}, fmt.Errorf("dialect: reading the URL %s://…: %w", scheme, err)
	}
	return u, nil
}

func isScheme(s string) bool {
	for i, c := range []byte(s) {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !letter && (i == 0 || !(c >= '0' && c <= '9' || strings.IndexByte("+-._", c) >= 0)) {
			return false
		}
	}
	return s != ""
}

func (u *URL) parse(rest string) error {
	if strings.Contains(rest, "#") {
		return errors.New("it has a #" + escapeHint)
	}
	rest, query, _ := strings.Cut(rest, "?")
	authority, database, _ := strings.Cut(rest, "/")
	host := authority
	if at := strings.LastIndexByte(authority, '@'); at >= 0 {
		host = authority[at+1:]
		user, password, _ := strings.Cut(authority[:at], ":")
		if err := errors.Join(unescape(&u.User, user, "user"), unescape(&u.Password, password, "password")); err != nil {
			return err
		}
	}
	if err := u.parseHost(host); err != nil {
		return err
	}
	if err := unescape(&u.Database, database, "database's name"); err != nil {
		return err
	}
	return u.parseOptions(query)
}

func (u *URL) parseHost(host string) error {
	port := ""
	switch {
	case strings.Contains(host, ","):
		return unescape(&u.Host, host, "host")
	case strings.HasPrefix(host, "["):
		address, behind, ok := strings.Cut(host[1:], "]")
		if !ok || behind != "" && behind[0] != ':' {
			return errors.New("an address in brackets is followed by a colon and a port, or by nothing")
		}
		u.Host, port = address, strings.TrimPrefix(behind, ":")
		if !strings.Contains(address, ":") {
			return errors.New("only an IPv6 address stands in brackets")
		}
	default:
		name, number, _ := strings.Cut(host, ":")
		if err := unescape(&u.Host, name, "host"); err != nil {
			return err
		}
		if strings.ContainsAny(u.Host, ":,[]") {
			return errors.New("the host's name has a colon, a comma or a bracket")
		}
		port = number
	}
	if port == "" {
		return nil
	}
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil || n == 0 {
		return errors.New("the port is not a number from 1 to 65535" + escapeHint)
	}
	u.Port = int(n)
	return nil
}

func (u *URL) parseOptions(query string) error {
	for part := range strings.SplitSeq(query, "&") {
		if part == "" {
			continue
		}
		name, value, _ := strings.Cut(part, "=")
		var o URLOption
		if err := errors.Join(unescape(&o.Name, name, "name of an option"), unescape(&o.Value, value, "value of an option")); err != nil {
			return err
		}
		u.Options = append(u.Options, o)
	}
	return nil
}

// String returns the URL with *** in the place of the password.
func (u URL) String() string { return u.format("***") }

// GoString is String, so that no way of printing shows the password.
func (u URL) GoString() string { return u.String() }

// Reveal returns the whole URL, with the password.
func (u URL) Reveal() string { return u.format(escape(u.Password)) }

func (u URL) format(password string) string {
	var b strings.Builder
	b.WriteString(u.Scheme + "://")
	if fileSchemes[u.Scheme] && u.Host == "" {
		if u.Database != "" {
			b.WriteString("/" + u.Database)
		}
		return b.String()
	}
	if u.User != "" || u.Password != "" {
		b.WriteString(escape(u.User))
		if u.Password != "" {
			b.WriteString(":" + password)
		}
		b.WriteByte('@')
	}
	b.WriteString(u.hostText())
	if u.Database != "" || len(u.Options) > 0 {
		b.WriteString("/" + escape(u.Database))
	}
	for i, o := range u.Options {
		b.WriteByte("?&"[min(i, 1)])
		b.WriteString(escape(o.Name) + "=" + escape(o.Value))
	}
	return b.String()
}

func (u URL) hostText() string {
	host := u.Host
	switch {
	case strings.Contains(host, ","):
		return escapeBut(host, ":,[]")
	case strings.Contains(host, ":"):
		host = "[" + host + "]"
	default:
		host = escape(host)
	}
	if u.Port != 0 {
		host += ":" + strconv.Itoa(u.Port)
	}
	return host
}

func escape(s string) string { return escapeBut(s, "") }

// escapeBut writes every byte that is not a letter, a digit, one of "-._~" or
// one of keep as % and two digits.
func escapeBut(s, keep string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9',
			strings.IndexByte("-._~", c) >= 0, strings.IndexByte(keep, c) >= 0:
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// unescape reads the %xx in s; what names the part in the error, which must
// not show it.
func unescape(into *string, s, what string) error {
	if !strings.Contains(s, "%") {
		*into = s
		return nil
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != '%' {
			b = append(b, s[i])
			continue
		}
		if i+2 >= len(s) {
			return fmt.Errorf("the %s has a %% without two hexadecimal digits behind it%s", what, escapeHint)
		}
		n, err := strconv.ParseUint(s[i+1:i+3], 16, 8)
		if err != nil {
			return fmt.Errorf("the %s has a %% without two hexadecimal digits behind it%s", what, escapeHint)
		}
		b = append(b, byte(n))
		i += 2
	}
	*into = string(b)
	return nil
}
