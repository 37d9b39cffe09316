# make run: everything on this machine.  make test: every check.  make help: the other targets.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt
# Three processes for the two cores that most machines have free, since many tests wait. A module stays
# with one of them: its tests share a running program. The order is that of tests/support/order.py.
# One thread for algebra: more of them only wait for one another. What Python compiles is kept, since
# the tests start the program often.
PARALLEL := --numprocesses 3 --dist loadfile --no-loadscope-reorder
PYTEST := OPENBLAS_NUM_THREADS=1 PYTHONDONTWRITEBYTECODE= $(BIN)/pytest $(PARALLEL)
# npx fetches this one version and keeps no lock file. Without Node.js nothing of it is needed.
BIOME := npx --yes @biomejs/biome@2.6.8
HAS_BIOME := command -v npx >/dev/null && $(BIOME) --version >/dev/null 2>&1
PACKAGES := characters cli judging models moderation service worker
FAST := not slow and not browser and not postgresql and not training

.PHONY: run help test test-fast test-browser coverage lint lint-js types fix fix-js bench pictures train browser clean

run: .venv/run ## start Redis, web server and worker on this machine
	@exec $(BIN)/parley up

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1: /p' Makefile | awk -F ': ' '{printf "make %-13s %s\n", $$1, $$2}'

test: .venv/test browser lint ## run every check and every test
	$(PYTEST)

test-fast: .venv/test ## run the tests without PostgreSQL, browser, training and slow ones
	$(PYTEST) -m "$(FAST)"

test-browser: .venv/test browser ## run the browser tests
	$(PYTEST) -m browser

coverage: .venv/test ## print lines and branches that no test runs (TESTS=tests/moderation for some)
	$(BIN)/coverage erase
	OPENBLAS_NUM_THREADS=1 $(BIN)/coverage run -m pytest $(PARALLEL) $(TESTS)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

lint: types lint-js ## check style, formatting, types and imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo

lint-js: ## check JavaScript and CSS, where Node.js is there
	@if $(HAS_BIOME); then $(BIOME) ci --error-on-warnings; else echo "JavaScript and CSS are not checked: no Node.js here, or no Biome to be had."; fi

types: .venv/test ## check types only
	$(BIN)/mypy

fix: .venv/test fix-js ## correct what ruff and Biome can correct, and format
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

fix-js: ## correct and format JavaScript and CSS, where Node.js is there
	@if $(HAS_BIOME); then $(BIOME) check --write; else echo "JavaScript and CSS are not formatted: no Node.js here, or no Biome to be had."; fi

bench: .venv/test ## measure Parley beside Isso
	$(BIN)/python -m bench

pictures: .venv/test browser ## take the pictures of the guides anew
	$(BIN)/python -m tests.support.pictures

train: .venv/test ## train the shipped model anew (DATA=folder of its files)
	$(BIN)/parley train --data "$(DATA)" --out models/artefact

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Parley needs Python 3.11 or newer: make run PYTHON=python3.11"; exit 2; }
	@echo "Parley and all that it needs is installed into .venv: that takes some minutes."
	$(PYTHON) -m venv .venv

.venv/run: .venv/bin/python pyproject.toml constraints.txt
	$(PIP) --editable '.[redis,train]'
	@$(BIN)/python -m compileall -q $(PACKAGES)
	@touch $@

.venv/test: .venv/run
	$(PIP) --editable '.[redis,train,test]'
	@touch $@

# The browser tests drive the system's Chromium.
browser:
	@command -v chromium >/dev/null || { \
	  if [ -f /etc/debian_version ] && [ "$$(id -u)" = 0 ]; then \
	    apt-get update -qq && apt-get install -y -qq chromium >/dev/null; \
	  else \
	    echo "The tests need Chromium on PATH as chromium: install your system's package."; exit 2; \
	  fi; }

clean: ## remove .venv and var
	rm -rf .venv var
