# Every task of the project; `make help` lists them.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check
# uv takes less time than pip. It does not read pip's settings: where it finds nothing, pip does.
UV := $(BIN)/uv pip install --quiet --python $(BIN)/python
# Without compiled modules every start of the program compiles them again.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help
help: ## List the tasks
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.venv/demo: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "claims needs Python 3.11 or later; set PYTHON=/path/to/python3.11")'
	@echo "Setting up .venv from requirements.lock (once, half a minute) …" >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@sed -n '/^uv==/,/[^\\]$$/p' requirements-dev.lock > .venv/uv.lock
	@$(PIP) --no-compile --require-hashes -r .venv/uv.lock
	@$(UV) --require-hashes -r requirements.lock 2>/dev/null || $(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev: .venv/demo requirements-dev.lock
	@echo "Adding the tools from requirements-dev.lock …" >&2
	@$(UV) --require-hashes -r requirements-dev.lock 2>/dev/null || $(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

.PHONY: demo
demo: .venv/demo ## One real article from text to published claims
	@$(BIN)/claims demo

.PHONY: test
test: check tests ## Everything that CI checks

.PHONY: check
check: .venv/dev ## Formatting, lint, types, imports, dependencies
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/deptry --no-ansi claims

.PHONY: tests
tests: .venv/dev ## The tests, on a real PostgreSQL
	$(BIN)/pytest --numprocesses=2 --dist=worksteal

.PHONY: browser
browser: ## Chromium for the tests of the desk, where it is missing and may be installed
	@command -v chromium-headless-shell >/dev/null || { test "$$(id -u)" = 0 && timeout 600 sh -c 'apt-get -qq update && apt-get -qq install -y --no-install-recommends chromium-headless-shell' >/dev/null; } \
	  || command -v chromium >/dev/null || echo "No Chromium: the tests of the desk in a browser are skipped." >&2

.PHONY: pooler
pooler: ## pgbouncer for its tests, where it is missing and may be installed
	@test -x /usr/sbin/pgbouncer || { test "$$(id -u)" = 0 && timeout 600 sh -c 'apt-get -qq update && apt-get -qq install -y --no-install-recommends pgbouncer' >/dev/null; } \
	  || echo "No pgbouncer: the tests through a pooler are skipped." >&2

.PHONY: test-long
test-long: .venv/dev ## The long forms of the tests and new examples, as nightly runs have them
	CLAIMS_EXAMPLES=100 $(BIN)/pytest --numprocesses=2 --hypothesis-profile=hunt -m "long or hypothesis"

.PHONY: test-15
test-15: .venv/dev ## The tests on the oldest server that we run on, PostgreSQL 15
	$(BIN)/python -m tests.oldest --numprocesses=2 --dist=worksteal

.PHONY: format
format: .venv/dev ## Format and mend what the linter can
	$(BIN)/ruff check --quiet --fix .
	$(BIN)/ruff format --quiet .

.PHONY: docs
docs: .venv/dev ## Write docs/cli.md, docs/views.md and docs/dbt/ anew
	$(BIN)/python -m tests.shape.references

.PHONY: shape
shape: .venv/dev ## Length, nesting and complexity of functions and files, as distributions
	$(BIN)/python -m tests.shape.measures

.PHONY: walks
walks: .venv/dev ## The files that an article, a key and an export pass
	$(BIN)/python -m tests.shape.walks

.PHONY: bench
bench: .venv/dev ## Extraction, words and mentions per second, a million claims, decisions, the past, start-up
	$(BIN)/python -m bench.extraction
	$(BIN)/python -m bench.startup
	$(BIN)/python -m bench.resolve
	$(BIN)/python -m bench.timeline
	$(BIN)/python -m bench.contract
	$(BIN)/python -m bench.review.next_card
	$(BIN)/python -m bench.review.keys
	$(BIN)/python -m bench.review.additions
	$(BIN)/python -m bench.past
	$(BIN)/python -m bench.ledger
	$(BIN)/python -m bench.decisions
	$(BIN)/python -m bench.load
	$(BIN)/python -m bench.desk
	$(BIN)/python -m bench.ingest
	$(BIN)/python -m bench.anchors
	$(BIN)/python -m bench.evidence
	$(BIN)/python -m bench.warc
	$(BIN)/python -m bench.comparison.utterances
	$(BIN)/python -m bench.comparison.copies

.PHONY: lock
lock: .venv/dev ## Compile both lock files again from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --group build --extra desk pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --group dev --extra desk -c requirements.lock pyproject.toml -o requirements-dev.lock

.PHONY: clean
clean: ## Remove .venv and what the tools left
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
