# Everything a person does with the project. Needs python3 (3.11 to 3.13), python3-venv and make; nothing else.
#
#   make PYTHON=python3.13 test     uses another Python
#   make EXTRAS=dev,ocr check       installs what reads scans as well, so that its tests are not skipped
#   make score ARGS=--misses        passes options on

PYTHON ?= python3
EXTRAS ?= dev
ARGS ?=

# The environment is made anew when the folder has been moved, or the Python or the extras are others, and brought up
# to date when what it must hold has changed: so the stamp is named after the first three and depends on the fourth.
VENV  := .venv
BIN   := $(VENV)/bin
STAMP := $(VENV)/ready-$(shell { pwd; $(PYTHON) --version; echo $(EXTRAS); } 2>&1 | cksum | cut -d ' ' -f 1)

CODE := kg bench docs tests

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test check format format-check lint types contracts score gains bench bench-store bench-serve soak docs screenshots clean distclean

help:  ## Say what there is
	@echo "make TARGET, with one of:"
	@sed -n 's/^\([a-z-]*\):.*  ## \(.*\)/  \1\t\2/p' Makefile | expand -t 16

demo: $(STAMP)  ## Build the graph of the gazette that ships with the project: start here
	@$(BIN)/kg demo -o outputs/demo $(ARGS)
	@echo
	@echo "Open in a browser    $(CURDIR)/outputs/demo/report.html"
	@echo "Ask the graph        $(BIN)/kg query members outputs/demo    (all questions: $(BIN)/kg query --list)"
	@echo "Build your own       $(BIN)/kg build YOUR-GAZETTE.txt"

test: $(STAMP)  ## Run the tests, on all cores
	@$(BIN)/python -m pytest --numprocesses auto --dist worksteal $(ARGS)

check: format-check lint types contracts test  ## Format, lint, types, import contracts and tests: what must pass

format: $(STAMP)  ## Put the code into its format
	@$(BIN)/ruff check --fix --quiet $(CODE) || true
	@$(BIN)/ruff format $(CODE)

format-check: $(STAMP)
	@$(BIN)/ruff format --check $(CODE)

lint: $(STAMP)
	@$(BIN)/ruff check $(CODE)

types: $(STAMP)
	@$(BIN)/mypy

contracts: $(STAMP)
	@$(BIN)/lint-imports --no-cache --no-logo

score: $(STAMP)  ## Score the facts against the gold: the demo's own, and ../shared/gold where there is one
	@$(BIN)/python bench/score.py $(ARGS)

gains: $(STAMP)  ## What a change of the rules gains and loses, fact by fact, beside the last commit
	@$(BIN)/python bench/gains.py $(ARGS)

bench: $(STAMP)  ## Time the build and the questions
	@$(BIN)/python bench/bench.py $(ARGS)

bench-store: $(STAMP)  ## Measure a store that grows: one source more, two jobs, memory, questions, beside rdflib
	@$(BIN)/python bench/stores.py $(ARGS)

bench-serve: $(STAMP)  ## Time kg serve under many clients, beside Oxigraph's own server, and send it nonsense
	@$(BIN)/python bench/endpoint.py $(ARGS)

soak: $(STAMP)  ## Kill builds of 1,000 generated gazettes at random moments, and hold the end against a fresh build
	@$(BIN)/python bench/soak.py $(ARGS)

docs: $(STAMP)  ## Write the page of the ontology into outputs/docs, its JSON-LD context, and the notebook as it runs
	@$(BIN)/python docs/context.py
	@$(BIN)/python docs/pages.py
	@$(BIN)/python docs/notebook.py

screenshots: $(STAMP)  ## Take pictures of every page into outputs/screenshots; needs chromium and chromium-driver
	@$(BIN)/python docs/screenshots.py $(ARGS)

clean:  ## Remove what builds and tools wrote; the environment stays
	@find outputs -mindepth 1 -maxdepth 1 ! -name README.md -exec rm -rf {} +
	@find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +
	@rm -rf dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

distclean: clean  ## The same, and the environment
	@rm -rf $(VENV)

# constraints.txt holds for what pip builds with as well; newer versions of pip ask for that in a variable of its own.
$(STAMP): export PIP_CONSTRAINT := constraints.txt
$(STAMP): export PIP_BUILD_CONSTRAINT := constraints.txt
$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || { \
	  echo "Python 3.11, 3.12 or 3.13 is needed; PYTHON=$(PYTHON) is: $$($(PYTHON) --version 2>&1). Name another one: make PYTHON=python3.12 ..." >&2; exit 1; }
	@if ls $(VENV)/ready-* >/dev/null 2>&1 && [ ! -e $@ ]; then rm -rf $(VENV); fi
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv --clear $(VENV) || { \
	  echo "The environment could not be made. On Debian and Ubuntu: apt-get install python3-venv" >&2; rm -rf $(VENV); exit 1; }
	@echo "Setting up $(VENV): a minute or two, once"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt -e '.[$(EXTRAS)]'
	@touch $@
