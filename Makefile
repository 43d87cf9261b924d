# `make` alone prints what there is to make.

PYTHON ?= python3
HOST ?= localhost
PORT ?= 8000
DATA ?= var
ARGS ?=

BIN := .venv/bin
# CI repeats what was run before: always in the same order, with the same chance. What fails there only once is a fault
# to mend, and named in the summary, but keeps nothing else from landing.
STEADY := $(if $(CI),--randomly-seed=1 --reruns=1)
PYTEST := $(BIN)/python -m pytest --numprocesses=2 --dist=loadfile $(STEADY)
CODE := src tools tests benchmarks
TEMPLATES := $(wildcard src/echt/*/templates)

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup serve test lint types contracts house messages unit postgres browser \
	develop format texts pages sizes lock clean

##@ Every day

help: ## Print this list
	@awk 'BEGIN {FS = ":.*## "} \
		/^##@ / {printf "\n%s\n", substr($$0, 5)} \
		/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@printf '\nSettings of a run: make serve HOST=0.0.0.0 PORT=8080 DATA=var; make unit ARGS=tests/mail; PYTHON=python3.12\n'

setup: ## Make .venv with the `echt` command, from requirements.lock
	@$(PYTHON) -m tools.setup requirements.lock

serve: setup ## Run pages and background work with the demo's data
	@exec $(BIN)/echt serve --data $(DATA) --host $(HOST) --port $(PORT) --demo

test: lint types contracts house messages unit postgres browser ## Run everything that CI runs

##@ One check at a time

lint: develop ## Style of code and templates
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	@find $(TEMPLATES) -name '*.html' -print0 | xargs -0 $(BIN)/djade --target-version 5.2 --check

types: develop ## Types, strictly
	ECHT_DATA=.venv/types $(BIN)/mypy

contracts: develop ## Which room may import which
	$(BIN)/lint-imports --no-cache

house: develop ## The house's own rules
	$(BIN)/python -m tools.lint

messages: develop ## Each text in each language
	$(BIN)/python -m tools.messages check

unit: develop ## Tests of the rooms and of the house, on SQLite
	@$(BIN)/python -m tools.runtimes
	$(PYTEST) --ignore=tests/browser $(ARGS)

postgres: develop ## The same tests on a PostgreSQL of their own, without the engine's, which touch no database
	$(BIN)/python -m tools.postgres -- $(PYTEST) --ignore=tests/browser --ignore=tests/proofs $(ARGS)

browser: develop ## Tests in the system's Chromium
	@$(BIN)/python -m tools.browser
	$(PYTEST) $(or $(ARGS),tests/browser)

##@ Upkeep

develop: ## Make .venv with what the checks need too, from requirements-dev.lock
	@$(PYTHON) -m tools.setup requirements-dev.lock

format: develop ## Put code and templates into form
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)
	@find $(TEMPLATES) -name '*.html' -print0 | xargs -0 $(BIN)/djade --target-version 5.2

texts: develop ## Bring new texts into the catalogues, take unused ones out
	$(BIN)/python -m tools.messages update

pages: develop ## Write the generated documents: settings and words
	$(BIN)/echt settings --markdown > docs/settings.md
	ECHT_DATA=.venv/pages $(BIN)/python -m tools.words

sizes: develop ## Print how long functions and files are
	$(BIN)/python -m tools.sizes

lock: setup ## Write both lock files anew, with the newest versions that fit
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/python -m tools.lock

clean: ## Remove what was made, except the data folder
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis node_modules build src/echt.egg-info
	find src -name '*.mo' -delete
