# Every command builds .venv when it is missing or out of date, so a fresh clone needs no other step.
SHELL := /bin/bash
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
STAMP := .venv/.installed
RELEASE_STAMP := .venv/.release-tools
BENCHMARKS := $(filter-out all db_filled,$(patsubst benchmarks/%.py,%,$(wildcard benchmarks/*.py)))

.DEFAULT_GOAL := help
.PHONY: help run test test-fast test-long proof check docs source rule train train-relations score bench format dist versions sbom clean

help: ## Show these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@for name in $(BENCHMARKS); do \
		printf "  make bench-%-6s Run benchmarks/%s.py\n" "$$name" "$$name"; done

$(STAMP): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; name it with make PYTHON=/path/to/python." >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing into .venv (once; a few minutes) ..." >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --root-user-action=ignore -c constraints.txt -e '.[dev]'
	@touch $@

run: $(STAMP) ## Walk the whole way once: a bundled press office becomes claims and a comparison
	@$(BIN)/bilanz demo

# A file's tests stay in one process, which makes a server or a database once for all of them. Many of them wait for
# other processes: one more than there are cores is not too many. What is imported is compiled once for all of them,
# whatever the environment says.
WORKERS := $(shell cores=$$(getconf _NPROCESSORS_ONLN); echo $$((cores < 4 ? cores + 1 : 4)))
PYTEST := env -u PYTHONDONTWRITEBYTECODE OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n $(WORKERS) --dist=loadfile --no-loadscope-reorder
FAST := $(addprefix tests/,comparison extractors gold golden models output scrapers sentences)

test: $(STAMP) ## Run the tests
	$(PYTEST)

test-fast: $(STAMP) ## Run the tests of daily work, without databases, flows, commands and pages: a minute or two
	$(PYTEST) $(FAST)

test-long: $(STAMP) ## Run the proofs that take minutes: runs killed at random moments, again and again
	$(BIN)/python -m pytest -m long --timeout=0 --capture=no --ignore=tests/proof

proof: $(STAMP) ## Prove robustness at length (an hour or two): 12,000 damaged inputs, fuzzing, a soak of 20,000 releases
	$(BIN)/python -m pytest tests/proof -m long --timeout=0 --capture=no

check: $(STAMP) ## Check style, types and who imports whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict models extractors scrapers db comparison inquiries output flows web cli zwischenbilanz
	$(BIN)/lint-imports

docs: $(STAMP) ## Build the documentation in build/docs; the reference is written from the code
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

source: $(STAMP) ## Propose a press office's file and its golden pair: make source URL=https://… [FOLDER=proposed]
	@test -n "$(URL)" || { echo "Name the list, feed or home page: make source URL=https://www.example.de/presse" >&2; exit 1; }
	@$(BIN)/python -m tests.golden.propose "$(URL)" "$(or $(FOLDER),proposed)"

rule: $(STAMP) ## Make the folder of a new rule and its file of sentences: make rule NAME=milestones
	@test -n "$(NAME)" || { echo "Name the rule: make rule NAME=milestones" >&2; exit 1; }
	@$(BIN)/python -m tests.sentences.scaffold "$(NAME)"
	@$(BIN)/python docs/hooks/tree.py

format: $(STAMP) ## Mend the style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

RELEASES = $(wildcard ../shared/corpus/releases/senat.jsonl.gz)
train: $(STAMP) ## Learn the weights of the decisions from annotated releases: make train [GOLD="FOLDER ..."]
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --root-user-action=ignore -c constraints.txt -e '.[train]'
	$(foreach releases,$(RELEASES),$(BIN)/python -m extractors.training.clusters $(releases);)
	$(BIN)/python -m extractors.training.train $(or $(GOLD),tests/gold $(wildcard ../shared/corpus)) $(addprefix --releases ,$(RELEASES))

score: $(STAMP) ## Measure the claims against the annotated releases beside the project
	$(BIN)/python -m benchmarks.score

train-relations: $(STAMP) ## Learn anew, from judged pairs beside the project, which claims may be compared
	$(BIN)/python -m benchmarks.relations --write

bench: $(STAMP) ## Run all benchmarks, print one table, write docs/benchmarks.md; smaller with CLAIMS=50000
	$(BIN)/python -m benchmarks.all $(if $(CLAIMS),--claims $(CLAIMS))

bench-%: benchmarks/%.py $(STAMP)
	$(BIN)/python -m benchmarks.$*

$(RELEASE_STAMP): $(STAMP)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --root-user-action=ignore -c constraints.txt -e '.[release]'
	@touch $@

dist: $(RELEASE_STAMP) ## Build wheel and sdist into dist/
	@rm -f dist/*.whl dist/*.tar.gz
	$(BIN)/python -m build --outdir dist

versions: dist ## Try the wheel in empty environments with the oldest and the newest allowed dependencies
	.ci/versions

sbom: $(RELEASE_STAMP) ## List all parts with version and licence: dist/sbom.json (CycloneDX) and dist/licences.md
	.ci/sbom

clean: ## Remove the environment and all caches, not the data
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
