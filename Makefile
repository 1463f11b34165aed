# Everything there is to do with the project. `make help` lists it.
# Variables such as PORT, DATABASE_URL or DATA_DIR reach the commands from the environment
# or from make's command line: `make run PORT=8080`.

SHELL = /bin/sh
PYTHON = .venv/bin/python
.DEFAULT_GOAL := help

.PHONY: help run install test stress bench services services-stop format messages lock clean

help: ## List what there is to do
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-15s %s\n", $$1, $$2 }' Makefile

run: ## Install what is missing and serve the portal on http://127.0.0.1:8000 (PORT=)
	@sh tools/install.sh base
	@exec $(PYTHON) manage.py serve

install: ## Install what the tests and checks need, and nothing else
	@sh tools/install.sh test

test: install ## Run every check and test that this machine can run (REQUIRE_ALL=1: all of them)
	@exec $(PYTHON) -m tools.test

stress: install ## Run the tests with their long repetitions whole
	@STRESS=1 exec $(PYTHON) -m tools.test

bench: install ## Run all benchmarks; results go to benchmarks/results/
	@exec $(PYTHON) -m benchmarks

services: ## Install and start PostgreSQL, Elasticsearch and Chromium (Debian, as root)
	@exec sh tools/python.sh -m tools.services start

services-stop: ## Stop the servers that `make services` started
	@exec sh tools/python.sh -m tools.services stop

format: install ## Format the code and mend what the linters can mend
	@$(PYTHON) -m ruff check --fix-only --quiet
	@$(PYTHON) -m ruff format

messages: install ## Gather the texts of the interface into the catalogues and compile them
	@exec $(PYTHON) -m tools.messages

lock: ## Lock the dependencies again, with hashes (needs the network)
	@exec sh tools/lock.sh

clean: ## Remove the environment and caches; data in var/ stays
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache
