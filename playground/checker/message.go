package checker

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Service answers messages. It is what stands between a [Checker] and the page's worker.
type Service struct{ checker *Checker }

var errMessage = errors.New("the message cannot be read: page and checker are not of one build")

// Handle answers a request: texts, each behind its length as a uvarint. The
// first is what is asked. "load" makes the checker and goes on with the
// language version and the packages, path and archive by turns. The others go
// on with a file's name, a place in it, one more text that says what it is
// for, and the files, name and text by turns:
//
//	diagnose, hover, signature, definition, format, models
//	complete   the tables of the database, a line each: table and columns, tabs between them
//	rename     the new name
//
// The answer is JSON, {"value": …} or {"error": "…"}. Handle never panics:
// what goes wrong within is an error.
func (s *Service) Handle(request []byte) (answer []byte) {
	defer func() {
		if r := recover(); r != nil {
			answer = failure(fmt.Errorf("the checker failed: %v", r))
		}
	}()
	texts, err := split(request)
	if err != nil || len(texts) == 0 {
		return failure(errMessage)
	}
	value, err := s.answer(texts[0], texts[1:])
	if err != nil {
		return failure(err)
	}
	return append(value.out, '}')
}

func failure(err error) []byte {
	w := writer{out: []byte(`{"error":`)}
	w.text(err.Error())
	return append(w.out, '}')
}

// split takes a request apart.
func split(request []byte) (texts []string, err error) {
	for len(request) > 0 {
		n, size := binary.Uvarint(request)
		if size <= 0 || n > uint64(len(request)-size) {
			return nil, errMessage
		}
		texts = append(texts, string(request[size:size+int(n)]))
		request = request[size+int(n):]
	}
	return texts, nil
}

func (s *Service) answer(op string, rest []string) (w *writer, err error) {
	w = &writer{out: []byte(`{"value":`)}
	if op == "load" {
		return w, s.load(rest, w)
	}
	if s.checker == nil {
		return w, errors.New("the checker has no packages yet")
	}
	if len(rest) < 3 || len(rest)%2 == 0 {
		return w, errMessage
	}
	at, err := strconv.Atoi(rest[1])
	if err != nil {
		return w, errMessage
	}
	var files []File
	for i := 3; i < len(rest); i += 2 {
		files = append(files, File{rest[i], rest[i+1]})
	}
	return w, s.ask(op, rest[0], at, rest[2], files, w)
}

func (s *Service) load(rest []string, w *writer) error {
	if len(rest)%2 == 0 {
		return errMessage
	}
	exports := map[string][]byte{}
	for i := 1; i < len(rest); i += 2 {
		exports[rest[i]] = []byte(rest[i+1])
	}
	s.checker = New(Options{GoVersion: rest[0], Exports: exports})
	w.null()
	return nil
}

func (s *Service) ask(op, name string, at int, extra string, files []File, w *writer) (err error) {
	c := s.checker
	switch op {
	case "diagnose":
		array(w, c.Diagnose(files), (*writer).diagnostic)
	case "complete":
		w.completion(c.Complete(files, name, at, tables(extra)))
	case "hover":
		optional(w, (*writer).hover)(c.Hover(files, name, at))
	case "signature":
		optional(w, (*writer).signature)(c.Signature(files, name, at))
	case "definition":
		optional(w, (*writer).span)(c.Definition(files, name, at))
	case "format":
		err = edits(w)(c.Format(files, name))
	case "rename":
		err = edits(w)(c.Rename(files, name, at, extra))
	case "models":
		w.models(c.Models(files))
	default:
		err = fmt.Errorf("the checker cannot %s: page and checker are not of one build", op)
	}
	return err
}

func tables(text string) (found []Table) {
	for line := range strings.Lines(text) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		found = append(found, Table{fields[0], fields[1:]})
	}
	return found
}
