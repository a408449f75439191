# Two targets for a newcomer: `make run` and `make test`. `make help` lists the rest.
SHELL := /bin/bash
BIN   := bin
OUT   := out
INPUT ?= data/sample

.PHONY: run test build tools bench dist stress clean help

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ -/'

build: ## build the three commands into bin/
	@mkdir -p $(BIN)
	go build -o $(BIN)/ ./cmd/ingest ./cmd/classify ./cmd/report

run: build ## ingest, classify and report over INPUT (default: the sample)
	@$(BIN)/ingest --force --csv --out $(OUT)/ingest $(INPUT)
	@$(BIN)/classify --force --csv --in $(OUT)/ingest --out $(OUT)/classify
	@$(BIN)/report --force --in $(OUT)/classify --out $(OUT)/report

tools: ## Debian packages that the tests use (installed when this may, else named)
	@bash internal/ci/packages

test: tools ## the tests
	go vet ./...
	go test -count=1 -timeout 20m ./...

BENCH ?= $(firstword $(wildcard ../shared/judgments/macrodata_layout.zip) data/sample/judgments)

bench: build ## ratios to yardsticks over BENCH (default: the big zip beside the project, else the sample)
	@go build -o $(BIN)/bench ./internal/bench
	@$(BIN)/bench -bin $(BIN) $(BENCH)

dist: ## zips for Linux, Windows and macOS in dist/
	go run ./internal/dist -out dist

# Every fuzz target of the module, one after another.
FUZZTIME ?= 10m
stress: ## hours: a thousand kills, ten million keys, long fuzzing, dist
	CAIPAN_KILLS=1000 CAIPAN_STRESS=1 go test -count=1 -timeout 12h ./pipeline
	@grep -rno --include=*_test.go '^func Fuzz[A-Za-z]*' . | sed 's|/[^/]*_test.go:[0-9]*:func | |' | while read -r dir target; do \
	  echo "$$dir $$target"; go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) "$$dir" </dev/null || exit 1; done
	$(MAKE) dist

clean: ## remove what the targets above wrote
	rm -rf $(BIN) $(OUT) dist
