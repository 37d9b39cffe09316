# make run: everything on this machine.  make test: every check.  make bench: Parley beside Isso.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: run test lint bench train clean browser

run: .venv/run
	@exec $(BIN)/parley up

# A module stays with one of the two processes: its tests share a running program. Each process is a
# core: with threads of their own for algebra they wait for one another.
test: .venv/test browser lint
	OPENBLAS_NUM_THREADS=1 $(BIN)/pytest --numprocesses 2 --dist loadfile

lint: .venv/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: .venv/test
	$(BIN)/python -m bench

train: .venv/test
	$(BIN)/parley train --data "$(DATA)" --out models/artefact

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Parley needs Python 3.11 or newer: make run PYTHON=python3.11"; exit 2; }
	$(PYTHON) -m venv .venv

.venv/run: .venv/bin/python pyproject.toml constraints.txt
	$(PIP) --editable '.[redis]'
	@touch $@

.venv/test: .venv/run
	$(PIP) --editable '.[redis,test]'
	@touch $@

# npx fetches this one version and keeps no lock file.
BIOME := npx --yes @biomejs/biome@2.6.8

.PHONY: lint-js fix-js
lint: lint-js
fix: fix-js

lint-js: ## check style and formatting of JavaScript and CSS
	@if command -v npx >/dev/null; then $(BIOME) ci --error-on-warnings; \
	  else echo "No Node.js here: JavaScript and CSS are not checked."; fi

fix-js: ## correct what Biome can correct, and format
	@if command -v npx >/dev/null; then $(BIOME) check --write; \
	  else echo "No Node.js here: JavaScript and CSS are not formatted."; fi

# The browser tests drive the system's Chromium.
browser:
	@command -v chromium >/dev/null || { \
	  if [ -f /etc/debian_version ] && [ "$$(id -u)" = 0 ]; then \
	    apt-get update -qq && apt-get install -y -qq chromium >/dev/null; \
	  else \
	    echo "The tests need Chromium on PATH as chromium: install your system's package."; exit 2; \
	  fi; }

clean:
	rm -rf .venv var
