# Qudao. Needs Python 3.11 to 3.13 and make; every target sets itself up.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run chat demo test check lint format bench chaos setup dev clean

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
DATA := $(or $(QUDAO_DATA_DIR),data)
SOURCES := bot agents tools knowledge core benchmarks tests
export OMP_NUM_THREADS ?= 1

help: ## Say what can be made
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

run: demo ## Make the demo brand if there is none, and open the desk on http://127.0.0.1:8000
	@$(BIN)/qudao run

chat: demo ## Talk to the desk in the terminal
	@$(BIN)/qudao chat

test: lint ## Everything that must hold: format, lint, types, layers, tests with coverage
	@echo "tests …"
	@$(BIN)/python -m pytest -n 2 --cov --cov-report=term

lint: dev ## The part of test that runs nothing
	@echo "format …"; $(BIN)/ruff format --check --quiet .
	@echo "lint …"; $(BIN)/ruff check --quiet .
	@echo "types …"; $(BIN)/mypy
	@echo "layers …"; $(BIN)/lint-imports --no-logo

format: dev ## Put the code into its form
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format .

bench: dev ## Measure turns, beside a bare LangChain agent
	@$(BIN)/python -m benchmarks.turns

chaos: dev ## Kill workers while messages come in
	@$(BIN)/python -m benchmarks.chaos

demo: setup
	@test -e "$(DATA)/qudao.db" || $(BIN)/qudao demo

clean: ## Remove what was built, not the data
	@rm -rf $(VENV) build dist *.egg-info .coverage* .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

setup: $(VENV)/.installed
dev: $(VENV)/.installed-dev

$(BIN)/python:
	@for name in python3.13 python3.12 python3.11 python3 python; do \
	  if "$$name" -c 'import sys, ensurepip, venv; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; then \
	    echo "Making $(VENV) with $$("$$name" --version) …"; exec "$$name" -m venv $(VENV); \
	  fi; \
	done; echo "Qudao needs Python 3.11, 3.12 or 3.13 with venv, and found none." >&2; exit 1

$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing Qudao and what it needs (a minute or two the first time) …"
	@$(PIP) install -c constraints.txt -e .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing Qudao and the tools that check it (a minute or two the first time) …"
	@$(PIP) install -c constraints.txt -e '.[dev]'
	@touch $@ $(VENV)/.installed
