# Everything a newcomer needs; only python3 and pip have to be there. `make help` lists the targets.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
# Compiled once for all: the tests start the app and its commands many times, each in a process of its own.
export PYTHONDONTWRITEBYTECODE :=

PORT ?= 8501
BASE_PYTHON := $(shell command -v python3.11 2>/dev/null || command -v python3)
VENV := .venv
PYTHON := $(VENV)/bin/python
SOURCES := cockpit pages tools tests benchmarks streamlit_app.py
LOCK := $(PYTHON) -m piptools compile --quiet --strip-extras --no-header \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host pyproject.toml

.PHONY: help run test test-spark test-office test-all lint check format golden data bench lock clean install install-dev

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(PYTHON):
	@$(BASE_PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed, found $$($(BASE_PYTHON) --version)" >&2; exit 1; }
	echo "Making $(VENV) (once)"
	$(BASE_PYTHON) -m venv $(VENV)

# The stamp holds the hash of the lock file, so a later start compares two lines and installs nothing.
define install_when_changed
	@hash=$$($(PYTHON) -c 'import hashlib,sys; print(hashlib.sha256(open(sys.argv[1],"rb").read()).hexdigest())' $(1))
	stamp=$(VENV)/.installed-$(1)
	if [ "$$(cat $$stamp 2>/dev/null)" != "$$hash" ]; then
		echo "Installing $(1)"
		$(PYTHON) -m pip install --quiet --disable-pip-version-check -r $(1)
		echo "$$hash" > $$stamp
	fi
endef

install: | $(PYTHON)
	$(call install_when_changed,requirements.txt)

install-dev: | $(PYTHON)
	$(call install_when_changed,requirements-dev.txt)

run: install  ## serve the app on this machine (PORT=8501)
	@echo "http://127.0.0.1:$(PORT)"
	exec $(PYTHON) -m streamlit run streamlit_app.py --server.port $(PORT)

# The browser waits much and computes little, so its run goes beside the others and is shown after them. The others run
# in two processes, each with data folder and decision log of its own; a file stays in one, for its fixtures.
test: install-dev  ## lint and the tests a newcomer waits for: six minutes on two cores
	@bash tools/ensure_browser.sh
	bash tools/ensure_postgres.sh
	mkdir -p .cache
	$(PYTHON) -m pytest tests/browser -m "not long" -p no:cacheprovider > .cache/browser-tests.log 2>&1 & browser=$$!
	trap 'kill $$browser 2>/dev/null || true' EXIT
	$(MAKE) lint
	echo "Browser tests run beside these (.cache/browser-tests.log)"
	failed=0
	$(PYTHON) -m pytest -n 2 --dist loadfile --ignore tests/browser -m "not spark and not office and not long" || failed=$$?
	echo "Waiting for the browser tests"
	wait $$browser || failed=$$?
	cat .cache/browser-tests.log
	exit $$failed

test-spark: install-dev  ## cubes on a Spark cluster of two workers on this machine; installs Spark (0.5 GB)
	@bash tools/ensure_java.sh
	$(call install_when_changed,requirements-spark.txt)
	$(PYTHON) -m pytest -m spark tests/spark

test-office: install-dev  ## briefing packs opened by LibreOffice; installs it as root on Debian or Ubuntu (0.4 GB)
	@bash tools/ensure_office.sh
	$(PYTHON) -m pytest -m office tests/exports/test_pack_office.py

test-all: install-dev  ## what a newcomer need not wait for: types, every case and example, recipes, all views in the browser
	@bash tools/ensure_browser.sh
	bash tools/ensure_postgres.sh
	mkdir -p .cache
	$(PYTHON) -m pytest tests/browser -m long -p no:cacheprovider > .cache/browser-tests.log 2>&1 & browser=$$!
	trap 'kill $$browser 2>/dev/null || true' EXIT
	$(MAKE) check
	echo "Browser tests run beside these (.cache/browser-tests.log)"
	failed=0
	$(PYTHON) -m pytest -n 2 --dist loadfile --ignore tests/browser -m "long or hypothesis" || failed=$$?
	echo "Waiting for the browser tests"
	wait $$browser || failed=$$?
	cat .cache/browser-tests.log
	exit $$failed

lint: install-dev
	@$(PYTHON) -m ruff check $(SOURCES)
	$(PYTHON) -m ruff format --check $(SOURCES)

check: lint  ## lint, format and types, no tests
	@$(PYTHON) -m mypy

format: install-dev  ## put the code into shape
	@$(PYTHON) -m ruff check --fix $(SOURCES)
	$(PYTHON) -m ruff format $(SOURCES)

golden: install-dev  ## write the golden files anew; read the diff before committing it
	@GOLDEN_UPDATE=1 $(PYTHON) -m pytest tests/golden
	git --no-pager diff --stat -- tests/golden

data: install-dev  ## make the boundaries, the public and the demo data set again
	@$(PYTHON) tools/make_boundaries.py
	$(PYTHON) tools/make_public.py
	$(PYTHON) tools/make_demo.py

bench: install-dev  ## measure reruns, memory and the first visit
	@$(PYTHON) -m benchmarks.reruns
	$(PYTHON) -m benchmarks.first_visit
	$(PYTHON) -m benchmarks.firms
	$(PYTHON) -m benchmarks.intake
	$(PYTHON) -m benchmarks.pack

# Stands alone: it writes the very files that the other targets install from.
lock: | $(PYTHON)  ## pin requirements*.txt anew from pyproject.toml
	@$(PYTHON) -m piptools --version >/dev/null 2>&1 || $(PYTHON) -m pip install --quiet pip-tools
	$(LOCK) --output-file requirements.txt
	$(LOCK) --extra dev --constraint requirements.txt --output-file requirements-dev.txt
	$(LOCK) --extra spark --constraint requirements.txt --output-file requirements-spark.txt

clean:  ## remove caches and compiled files; keeps .venv and data
	@rm -rf .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis build
	find . -name __pycache__ -type d -not -path './$(VENV)/*' -prune -exec rm -rf {} +
