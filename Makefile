# What one does with this repository. "make" alone lists the targets.

.PHONY: help serve site test check test-go test-wasm test-browser shots race golden bench lint
.SILENT: help

# what is built for js/wasm: the packages that learners' programs are made of, and the engine
WASM     := ./orm/... ./playground/wire ./playground/client ./playground/engine ./playground/checker ./playground/show ./cmd/wasm/...
PROGRAMS := ./orm/... ./playground/client ./playground/show ./lessons/...
SOURCES  := cmd examples internal lessons orm playground web/test

help:
	echo "make serve    build what is missing and host the site at :8080"
	echo "make site     write the site into dist/, for any static host"
	echo "make test     formatting, vet, and all tests: native, js/wasm under node, in Chromium"
	echo "make shots    pictures of all pages, phone and desktop, light and dark, into web/shots"
	echo "make race     the Go tests of what has goroutines, under the race detector; needs a C compiler"
	echo "make golden   rewrite the goldens from what the code does now: read the difference"
	echo "make bench    the benchmarks of the ORM and of the page"
	echo "make lint     gofmt -s, go vet, and staticcheck where it is installed"

serve:
	go run ./cmd/serve

site:
	go run ./cmd/serve build -release -out dist

test: check test-go test-wasm test-browser

check:
	@unformatted=$$(gofmt -l $(SOURCES)); test -z "$$unformatted" || { echo "not formatted, run gofmt -w:" $$unformatted; exit 1; }
	go vet ./...
	GOOS=js GOARCH=wasm go vet $(WASM)
	GOOS=js GOARCH=wasm go vet -tags playground $(PROGRAMS)

test-go:
	go test ./...

test-wasm:
	GOOS=js GOARCH=wasm go test -exec "$$(go env GOROOT)/lib/wasm/go_js_wasm_exec" ./orm/... ./playground/engine ./playground/wire ./playground/show

test-browser: web/node_modules/.package-lock.json
	chromium=$$(.ci/chromium) && CHROMIUM="$$chromium" npm --prefix web test

# npm writes this file; it is older than the one in web/ once the packages have changed
web/node_modules/.package-lock.json: web/package-lock.json
	npm --prefix web ci --no-audit --no-fund --ignore-scripts
	touch $@

shots: web/node_modules/.package-lock.json
	chromium=$$(.ci/chromium) && CHROMIUM="$$chromium" npm --prefix web run shots

race:
	go test -race ./orm/... ./playground/wire ./playground/client ./playground/engine ./playground/show

golden:
	go test $$(grep -rlF --include='*_test.go' 'flag.Bool("update"' $(SOURCES) | xargs -n1 dirname | sort -u | sed 's,^,./,') -update

bench: web/node_modules/.package-lock.json
	go test ./orm -run TestRatios -ratios -v -count 1 -benchtime 100ms
	go test -run '^$$' -bench . -benchmem ./orm/dialect ./orm/driver/...
	chromium=$$(.ci/chromium) && CHROMIUM="$$chromium" npm --prefix web run bench --if-present

lint: check
	@long=$$(gofmt -s -l $(SOURCES)); test -z "$$long" || { echo "can be simplified, run gofmt -s -w:" $$long; exit 1; }
	if command -v staticcheck >/dev/null; then staticcheck ./...; fi
