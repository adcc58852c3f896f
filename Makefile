# The two commands that matter: `make demo` and `make test`. Both go through `make setup`, which installs and no more.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STATIC_FILES := $(shell find alongside -path '*/static/*' -type f -not -path '*/static/vendor/*')

.DEFAULT_GOAL := help
.PHONY: help setup demo test check lint types contracts migrations chromium lock bench bench-national clean

help:  ## Show what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-15s %s\n", $$1, $$2}'

setup: $(VENV)/.installed node_modules/.installed var/static/.collected  ## Install what is needed, and nothing else
	@:

demo: setup  ## Start everything with invented people (PORT, HOST and DATABASE_URL are honoured)
	@exec $(BIN)/alongside demo

test: setup chromium lint types contracts migrations  ## Run every check and every test, browsers included
	@rm -rf var/coverage
	@$(BIN)/python -m pytest -p tests.support.coverage -n auto --dist worksteal

check: setup lint types contracts migrations  ## Run what takes under two minutes: no browser, no slow tests
	@$(BIN)/python -m pytest -n auto --dist worksteal -m "not browser and not slow and not scenario"

lint:
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/djlint --quiet --lint alongside

types:
	@$(BIN)/mypy --no-error-summary

contracts:
	@$(BIN)/lint-imports --no-cache > var/contracts.txt || { cat var/contracts.txt; exit 1; }

migrations:
	@DJANGO_SETTINGS_MODULE=alongside.config.settings SECRET_KEY=unused $(BIN)/python -m django makemigrations \
		--check --dry-run --skip-checks > var/migrations.txt 2>&1 || { cat var/migrations.txt; exit 1; }

chromium:
	@.ci/install-chromium

lock:  ## Lock the versions and hashes of all requirements anew
	cd requirements && for name in base installer; do \
		../$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --python-version 3.11 --no-header \
			$$name.in -o $$name.txt || exit 1; done
	cd requirements && ../$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --python-version 3.11 \
		--no-header base.in test.in -o test.txt

bench: setup  ## Measure on a small invented set
	@$(BIN)/python -m bench

bench-national: setup  ## Measure on an invented nation, made once and kept
	@$(BIN)/python -m bench --national

clean:  ## Remove everything that set-up made; data in var/postgres stay
	rm -rf $(VENV) node_modules var/static var/test-databases .mypy_cache .ruff_cache

$(VENV)/.installed: requirements/installer.txt requirements/test.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Alongside needs Python 3.11 or later; set PYTHON to it: make setup PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
		{ echo "Python cannot make a virtual environment here. On Debian: apt-get install python3-venv"; exit 1; }
	@echo "Installing Python packages"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/installer.txt
	@$(BIN)/uv pip sync --quiet --require-hashes requirements/test.txt
	@$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

node_modules/.installed: package.json package-lock.json
	@command -v npm > /dev/null || { echo "Alongside needs Node.js with npm. On Debian: apt-get install nodejs npm"; exit 1; }
	@echo "Installing front-end packages"
	@npm ci --silent
	@touch $@

var/static/.collected: $(VENV)/.installed node_modules/.installed alongside/foundation/ui/assets.py $(STATIC_FILES)
	@echo "Gathering static files"
	@$(BIN)/python -m alongside.foundation.ui.assets > /dev/null
	@DJANGO_SETTINGS_MODULE=alongside.config.settings SECRET_KEY=unused \
		$(BIN)/python -m django collectstatic --noinput --clear --verbosity 0 --skip-checks
	@touch $@
