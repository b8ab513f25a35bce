# Two commands matter: `make run` and `make test`. The rest is for those who build the platform.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)

# The rooms that write, tested on both databases.
ON_BOTH := tests/ledger tests/capacity tests/trade tests/production tests/aftercare tests/security tests/reliability

.PHONY: run test test-long check lock clean

run: $(VENV)/run.done build
	@$(BIN)/lianzao up --demo

test: $(VENV)/dev.done build
	@scripts/need-for-tests
	@$(BIN)/pytest -m "not long"
	@scripts/with-postgres $(BIN)/pytest -m "not long and not journey and not real" $(ON_BOTH)

test-long: $(VENV)/dev.done build
	@scripts/need-for-tests
	@$(BIN)/pytest -m long
	@scripts/with-postgres $(BIN)/pytest -m long tests/reliability

check: $(VENV)/dev.done build
	@$(BIN)/ruff format --check -q src tests benchmarks scripts frontend
	@$(BIN)/ruff check -q src tests benchmarks scripts frontend
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python scripts/messages.py check
	@$(BIN)/pytest -m "not long and not journey and not postgres and not real" tests/base tests/engines tests/aas tests/trade

build: | $(VENV)/run.done
	@$(BIN)/python frontend/build.py
	@$(BIN)/python scripts/messages.py compile

$(VENV)/uv.done:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (PYTHON=…)."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv is missing (on Debian: apt-get install python3-venv)."; exit 1; }
	@$(BIN)/pip install -q --disable-pip-version-check uv
	@touch $@

$(VENV)/run.done: requirements/run.lock pyproject.toml | $(VENV)/uv.done
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/run.lock
	@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps -e .
	@touch $@

$(VENV)/dev.done: requirements/dev.lock $(VENV)/run.done
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/dev.lock
	@touch $@

lock:
	@for name in run dev node; do \
	  $(BIN)/uv pip compile -q --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements/$$name.in -o requirements/$$name.lock; \
	done

clean:
	rm -rf $(VENV) node_modules frontend/node_modules src/lianzao/web/static/dist
