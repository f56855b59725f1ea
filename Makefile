# Điểm Báo. `make demo` shows it, `make test` proves it, `make run` starts it for real.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/pip --disable-pip-version-check
ROOMS  := crawler nlp store alerts config desk practice

.DEFAULT_GOAL := help
.PHONY: help demo run test check tests contracts wheel bench soak format clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: $(VENV)/.run ## the whole way on the practice press; NO_SERVE=1 ends without the desk
	$(BIN)/diembao demo $(if $(NO_SERVE),--no-serve)

run: $(VENV)/.run ## for real: the source catalogue, the schedule, the digest at 06:30, the desk
	$(BIN)/diembao serve

test: $(VENV)/.dev check tests wheel ## everything CI runs: lint, types, contracts, tests, wheel
	@echo "make test: all green"

check: $(VENV)/.dev ## lint, format, types, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

tests: $(VENV)/.dev ## the test suite, two at a time
	$(BIN)/python -m compileall -q $(ROOMS) # tests start hundreds of processes; none should compile anew
	$(BIN)/pytest -q -n 2 --dist loadfile -m "not soak and not wheel"

wheel: $(VENV)/.dev ## the wheel installs and runs elsewhere
	$(BIN)/pytest -q -m wheel

bench: $(VENV)/.dev ## speed beside a peer, in one run
	$(BIN)/python -m bench

soak: $(VENV)/.dev ## long runs and faults
	$(BIN)/pytest -q -m soak

format: $(VENV)/.dev ## put the code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## remove what was installed and made here
	rm -rf $(VENV) var dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/pip:
	@echo "making $(VENV) with $$($(PYTHON) --version)"
	$(PYTHON) -m venv $(VENV)

# --no-deps: the lock files name everything, so pip has nothing to resolve (and old pips resolve it wrongly).
$(VENV)/.run: locks/run.txt pyproject.toml | $(VENV)/bin/pip
	@echo "installing the locked packages (a few minutes the first time)"
	$(PIP) install --quiet --no-deps --require-hashes -r locks/run.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: locks/dev.txt pyproject.toml | $(VENV)/bin/pip
	@echo "installing the locked packages and tools (a few minutes the first time)"
	$(PIP) install --quiet --no-deps --require-hashes -r locks/dev.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.run
