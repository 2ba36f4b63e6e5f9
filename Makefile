# runmood: `make demo` shows it, `make test` tests it. Both set up .venv first.

PYTHON ?= python3
BIN := .venv/bin
HOME_OF_DEMO := demo
MINUTES ?= 4
SEED ?= 1
FORMAT ?= all

.PHONY: help demo test check lint format types docs docs-fresh bench fuzz calibrate clean .venv

help:
	@echo "make demo       a year of an invented runner, imported, examined, shown"
	@echo "make test       all tests"
	@echo "make check      lint, format, types, stale docs, tests"
	@echo "make docs       print the docs that come from code"
	@echo "make bench      what is fast, against what, as ratios"
	@echo "make fuzz       damaged files of every kind; MINUTES=4 SEED=1 FORMAT=all"
	@echo "make calibrate  how often a finding is wrong, and how often it is missed"

# The stamp is written last, so an interrupted set-up is set up again and never half used.
.venv: .venv/ready
.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

demo: .venv
	@$(BIN)/runmood --home $(HOME_OF_DEMO) demo

test: .venv
	$(BIN)/python -m pytest

check: lint types docs-fresh test

lint: .venv
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: .venv
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: .venv
	$(BIN)/mypy

docs: .venv
	$(BIN)/python -m runmood.terms.printed docs
	$(BIN)/python -m runmood.metrics.printed docs

docs-fresh: .venv
	$(BIN)/python -m runmood.terms.printed docs --check
	$(BIN)/python -m runmood.metrics.printed docs --check

bench: .venv
	@for file in $(filter-out $(addprefix benchmarks/,calibration.py others.py fuzz.py),$(wildcard benchmarks/*.py)); do $(BIN)/python $$file || exit 1; done

fuzz: .venv
	$(BIN)/python benchmarks/fuzz.py --minutes $(MINUTES) --seed $(SEED) --format $(FORMAT)

calibrate: .venv
	$(BIN)/python benchmarks/calibration.py

clean:
	rm -rf .venv $(HOME_OF_DEMO) .mypy_cache .pytest_cache .ruff_cache
