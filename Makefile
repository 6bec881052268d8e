# make run · make test · make check · make bench · make soak · make lock
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
# The first Python that runs and is new enough.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v $$p; break; }; done)
UV := $(shell command -v uv)

SOURCES := spatial regionalization indicators geodata reporting workspace ui cli app.py

.PHONY: run test setup setup-dev check bench soak lock screenshot clean
.DELETE_ON_ERROR:

run: setup
	$(BIN)/raumwerk app --port $(PORT)

setup: $(VENV)/.ready

test: setup-dev
	$(BIN)/python -m pytest

setup-dev: $(VENV)/.ready-dev
	@$(BIN)/python tests/browser.py

check: setup-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(VENV)/.ready-bench
	$(BIN)/python -m benchmarks

soak: setup-dev
	$(BIN)/python -m pytest -m soak --timeout 7200

screenshot: setup-dev
	$(BIN)/python docs/screenshots.py

# Python's own venv needs a package on bare Debian; the message says which.
$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Raumwerk braucht Python 3.11 oder neuer (python3 --version)."; exit 1; }
ifdef UV
	$(UV) venv --quiet --python $(PYTHON) $(VENV)
else
	@$(PYTHON) -m venv $(VENV) || { \
	  echo "Bitte zuerst installieren: sudo apt-get install python3-venv (Debian, Ubuntu)"; rm -rf $(VENV); exit 1; }
	@$(BIN)/python -m pip install --quiet --upgrade pip
endif

ifdef UV
INSTALL := $(UV) pip install --quiet --python $(BIN)/python
else
INSTALL := PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check
endif

$(VENV)/.ready: requirements.lock pyproject.toml $(wildcard regionalization/*.py regionalization/*/*.py spatial/*.py) indicators/hotspots.py indicators/aggregate.py | $(BIN)/python
	@echo "Raumwerk wird eingerichtet (einmalig, einige Minuten) …"
	$(INSTALL) -r requirements.lock
	$(INSTALL) --no-deps --editable .
	-@$(BIN)/python -m compileall -qq -j 0 $(VENV)/lib $(SOURCES) # else every start translates all libraries again
	$(BIN)/python -m regionalization.warm_up
	$(BIN)/python -m indicators.warm_up
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements-dev.lock
	$(INSTALL) -r requirements-dev.lock
	@touch $@

$(VENV)/.ready-bench: $(VENV)/.ready-dev benchmarks/requirements.txt
	$(INSTALL) -r benchmarks/requirements.txt
	@touch $@

# Renew the pinned versions from the ranges (needs uv).
lock:
	uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-header requirements.txt -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-header requirements-dev.txt -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache
