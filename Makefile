# Everything a person or a CI needs; each target sets up what it uses.
# PYTHON names the interpreter to build .venv with: make PYTHON=python3.12 install
PYTHON ?= python3
BIN := .venv/bin
WEEK := --from 2022-02-21 --days 7
# What to do with the rehearsed week: make run SHOW=--json prints it and ends.
SHOW ?= --serve

.PHONY: run install test check audit bench torture matrix simulate gallery clean

run: install  ## the shipped campaign's own week, no keys needed; then its timelines as a page
	@$(BIN)/bot rehearse $(WEEK) $(SHOW)

install: .venv/run.stamp  ## .venv with the locked dependencies and the `bot` command

test: .venv/dev.stamp  ## all tests
	$(BIN)/python -m pytest

check: .venv/dev.stamp  ## lint, types, and which module may import which
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 0 tests/test_floors.py

bench: .venv/dev.stamp  ## benchmarks: side by side in one run, as ratios
	for name in $(basename $(notdir $(wildcard tests/bench/bench_*.py))); do \
	  echo "== $$name"; $(BIN)/python -m tests.bench.$$name || exit 1; done

# How long it goes on, and what it goes by: make torture KILLS=500 SEED=7
KILLS ?= 10000
SEED ?= 20220221

torture: .venv/dev.stamp  ## kill -9 the bot ten thousand times: nothing lost, nothing twice
	$(BIN)/python -m tests.torture --kills $(KILLS) --seed $(SEED) --jobs $$(nproc) $(MORE)

simulate: .venv/dev.stamp  ## 10,000 histories and ten years of schedules in twelve zones, in virtual time
	$(BIN)/python -m tests.simulator --seeds 10000 --years 10 $(MORE)

matrix: .venv/dev.stamp  ## each fault at each step of a post, as tables in docs/reliability.md
	$(BIN)/python -m tests.torture.matrix_table --write

gallery: install  ## docs/gallery: every kind of card in every style, and many scripts
	$(BIN)/bot card --gallery -o docs/gallery

audit: .venv/audit.stamp  ## known vulnerabilities in what is installed; asks pypi.org
	@$(BIN)/python .ci/audit.py

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Loudhailer needs Python 3.11 or later; name one with make PYTHON=..."; exit 1; }
	@# Debian keeps the part of Python that makes environments in a package of its own.
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
	  { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && \
	    echo "Installing Debian's python3-venv" && apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null; } || \
	  { echo "Python cannot make an environment here. On Debian: sudo apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/run.stamp: .venv/bin/python requirements/run.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements/dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@touch $@

# Apart from what runs and tests: pip-audit brings thirty packages of its own.
.venv/audit.stamp: .venv/run.stamp requirements/audit.lock
	$(BIN)/python -m venv .venv/audit
	.venv/audit/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/audit.lock
	@touch $@

clean:
	rm -rf .venv
