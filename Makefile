# Two commands to know: `make campaign` and `make test`. Both set themselves up; neither needs anything but Python 3.11+.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Without bytecode every worker compiles every module anew: a fifth of the suite's time.
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: campaign test eval-local check lint types contracts migrations real coverage thorough lock clean

campaign: $(VENV)/.runtime  ## Run the main job on the bundled sample world and show ten drafts; ARGS=--send goes on to answers.
	$(BIN)/python -m flows.campaign --sample --offline --review auto $(ARGS)

test: $(VENV)/.dev  ## Run the default test suite.
	$(PYTEST)

check: lint types contracts migrations  ## Everything that reads the code without running the product.

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

contracts: $(VENV)/.dev
	$(BIN)/lint-imports

migrations: $(VENV)/.dev  ## Up, compare with the tables, down, up again, on a throw-away database.
	dir=$$(mktemp -d) && export INGOT_BASE_DIR=$$dir && unset INGOT_DATABASE_URL && \
	$(BIN)/alembic upgrade head && $(BIN)/alembic check && $(BIN)/alembic downgrade base && $(BIN)/alembic upgrade head; \
	status=$$?; rm -rf "$$dir"; exit $$status

real: $(VENV)/.dev  ## Tests that need real servers or minutes.
	$(PYTEST) -n 3 -m real

coverage: $(VENV)/.dev  ## Coverage of the suite with its long tests: ingot at least 85 %, ingot/domain 100 %.
	$(PYTEST) -m 'not real' --cov --cov-report=
	$(BIN)/coverage report --fail-under=85 --format=total
	$(BIN)/coverage report --include='ingot/domain/*' --fail-under=100

thorough: $(VENV)/.dev  ## The rules as properties, with many more examples than the default suite tries.
	HYPOTHESIS_PROFILE=thorough $(PYTEST) tests/domain tests/resume tests/db

eval-local: $(VENV)/.dev  ## The golden set through a real small model (downloads 1.1 GB, takes an hour or more); ARGS="--limit 5".
	$(BIN)/python -m benchmarks.eval_local $(ARGS)

lock: $(VENV)/.dev  ## Resolve the newest versions that pyproject.toml allows.
	$(PIP) uv
	$(BIN)/uv pip compile pyproject.toml --group dev --extra postgres --extra articles --extra http2 $(LOCK) -o requirements-dev.lock
	# pip before 23.3 stops at an extra with a hyphen in a lock; what the extra asks for is locked by its own name.
	sed -i.bak 's/^lxml\[html-clean\]==/lxml==/' requirements-dev.lock && rm requirements-dev.lock.bak
	printf 'hatchling>=1.27\neditables>=0.5\n' | $(BIN)/uv pip compile pyproject.toml - -c requirements-dev.lock $(LOCK) -o requirements.lock

LOCK := --quiet --universal --no-strip-extras --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url

# A stamp per lock file: what is installed is installed again only when the lock changes.
$(VENV)/.runtime: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-build-isolation --no-deps --editable .
	touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements-dev.lock
	$(PIP) --no-build-isolation --no-deps --editable .
	-$(PYTEST) --collect-only -n 0 > /dev/null  # compiles the tests, which is set-up and no test
	touch $@ $(VENV)/.runtime

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage
