# runmood: `make demo` shows it, `make test` tests it. Both set up .venv first.

PYTHON ?= python3
BIN := .venv/bin
HOME_OF_DEMO := demo
MINUTES ?= 4
SEED ?= 1
FORMAT ?= all
KILLS ?= 200
JOBS ?= auto
# These take long, or need what `make .venv` does not bring; each says so at its top.
NOT_A_BENCH := calibration calibration_others crash crash_commands crash_locked crash_typed fuzz growth others pooling

.PHONY: help demo test check lint format types docs docs-fresh site wheel pictures bill bench crash fuzz calibrate clean .venv

help:
	@echo "make .venv      set up: then type .venv/bin/runmood"
	@echo "make demo       a year of an invented runner, imported, examined, shown"
	@echo "make test       all tests, on every core; JOBS=auto"
	@echo "make check      lint, format, layers, types, stale docs, tests"
	@echo "make docs       print the docs that come from code"
	@echo "make wheel      the wheel, built into dist and tried in a clean environment"
	@echo "make site       the docs as a site, built offline into site/"
	@echo "make pictures   the local page in a real browser, for docs/pictures"
	@echo "make bill       the bill of materials with licences, build/bill.cdx.json"
	@echo "make bench      what is fast, against what, as ratios"
	@echo "make crash      200 kills at any moment, and nothing lost; KILLS=200"
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
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder

check: lint types docs-fresh test

lint: .venv
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

format: .venv
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: .venv
	$(BIN)/mypy

docs: .venv
	$(BIN)/python -m runmood.cli.reference docs
	PYTHONPATH=tests $(BIN)/python tests/docs/answers.py docs/analysts.md

docs-fresh: .venv
	$(BIN)/python -m runmood.cli.reference docs --check

# The wheel alone, without this checkout on the path: what it lacks shows here.
wheel: .venv
	@rm -rf build/wheel dist && mkdir -p build/wheel
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir dist .
	$(PYTHON) -m venv build/wheel/venv
	build/wheel/venv/bin/python -m pip install --quiet --no-compile --disable-pip-version-check -c constraints.txt dist/*.whl
	cd build/wheel && venv/bin/runmood --home demo demo > demo.txt && venv/bin/runmood --home demo check-in --mood 7 --energy 6
	@rm -rf build/wheel
	@ls dist/*.whl

site: .venv
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict

pictures: .venv
	PYTHONPATH=tests $(BIN)/python -m browser.pictures

bench: .venv
	@for file in $(filter-out $(NOT_A_BENCH:%=benchmarks/%.py),$(wildcard benchmarks/*.py)); do $(BIN)/python $$file || exit 1; done

# What runmood brings along, with licences: build/bill.cdx.json (CycloneDX 1.5).
bill: .venv
	$(BIN)/python .ci/bill.py build/bill.cdx.json

# The tests draw the same examples each time; here they draw new ones.
fuzz: .venv
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --hypothesis-profile new \
		$$(grep -rl --include='test_*.py' '^from hypothesis' tests)
	PYTHONPATH=tests $(BIN)/python benchmarks/fuzz.py --minutes $(MINUTES) --seed $(SEED) --format $(FORMAT)

calibrate: .venv
	$(BIN)/python benchmarks/calibration.py
	$(BIN)/python benchmarks/calibration_others.py
	$(BIN)/python benchmarks/pooling.py

crash: .venv
	$(BIN)/python benchmarks/crash.py --kills $(KILLS)
	$(BIN)/python benchmarks/crash_locked.py --kills $(KILLS)
	$(BIN)/python benchmarks/crash_commands.py --kills $(KILLS)
	$(BIN)/python benchmarks/crash_typed.py --kills $(KILLS)
	$(BIN)/python benchmarks/growth.py

clean:
	rm -rf .venv build dist site $(HOME_OF_DEMO) .mypy_cache .pytest_cache .ruff_cache
