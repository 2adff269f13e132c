PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test lint check bench clean help

run: .venv/.run  ## create .venv, install, open the dashboard
	$(BIN)/streamlit run dashboard.py

test: .venv/.test  ## create .venv, install, lint, check the data, run every test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/waterstats check
	$(BIN)/pytest

bench: .venv/.bench  ## measure pages, build and memory; print ratios
	$(BIN)/python -m benchmarks

clean:  ## remove the environment and everything built
	rm -rf .venv build

help:  ## show these lines
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

.venv/.test: extras := [test]
.venv/.bench: extras := [test,bench]
.venv/.run .venv/.test .venv/.bench: pyproject.toml requirements.lock
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e ".$(extras)"
	touch $@
