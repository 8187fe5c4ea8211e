# One place for every command; `make` alone prints them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test check bench format tree migration venv venv-dev assets assets-dev system

export PYTHONPATH := .
# Many commands and tests read the same code: it is compiled once.
export PYTHONDONTWRITEBYTECODE :=
PYTHON := .venv/bin/python
TESTS ?=
# A third worker works while the others wait for a server, a browser or a process to start.
PYTEST ?= -n 3 --dist loadfile --no-loadscope-reorder --durations=25

help: ## print this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

run: venv assets ## set everything up, then start the demo year; Ctrl-C stops it
	@$(PYTHON) -m shuangyong_core.cli up --demo

test: venv-dev assets-dev system ## set everything up, then run all tests (TESTS=tests/units: only those)
	@$(PYTHON) -m pytest $(PYTEST) $(TESTS)

check: venv-dev ## lint, types, import contracts, and the tests of the house itself
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy
	@.venv/bin/lint-imports
	@$(if $(HOUSE),$(PYTHON) -m pytest -q $(HOUSE),true)
HOUSE ?= tests/house

bench: venv-dev assets ## the benchmarks, printed as ratios in one run
	@$(PYTHON) -m benchmarks

format: venv-dev ## put the code into the house's form
	@$(PYTHON) -m ruff check --fix .
	@$(PYTHON) -m ruff format .

tree: venv-dev ## draw the tree of docs/architecture.md anew
	@$(PYTHON) -m tests.house.tree

migration: venv-dev ## write the next migration from the models (name=what_it_does)
	@test -n "$(name)" || { echo 'say what it does: make migration name=add_posts' >&2; exit 2; }
	@$(PYTHON) -m shuangyong_core.migrations $(name)
	@$(PYTHON) -m ruff format -q shuangyong_core/migrations
	@$(PYTHON) -m ruff check --fix -q shuangyong_core/migrations

venv:
	@.ci/venv

venv-dev:
	@.ci/venv dev

assets: venv
	@.ci/system node
	@$(PYTHON) -m shuangyong_core.web.assets

assets-dev: venv-dev
	@.ci/system node
	@$(PYTHON) -m shuangyong_core.web.assets --dev

system:
	@.ci/system chromium fonts pango postgresql libreoffice
