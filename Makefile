# make run and make test are all one needs; both install what they lack.

PYTHON = .venv/bin/python
# Tools that load the settings need them complete, not true.
UNCONNECTED = DATABASE_URL=postgres://nobody@127.0.0.1:9/none REDIS_URL=redis://127.0.0.1:9/0 \
	SECRET_KEY=none AUDIT_KEY=00 IDENTITY_KEY=00

.PHONY: run setup setup-tests test test-full check fix bench lock messages openapi screenshots

run: setup
	@$(PYTHON) -m config.run

setup:
	@bin/bootstrap

setup-tests:
	@bin/bootstrap --tests

# Slow tests stand together: shares cut beforehand would leave one core idle at the end.
PYTEST = $(PYTHON) -m pytest -n 2 --dist worksteal

test: setup-tests
	$(PYTEST) -m "not full"

# What judges and what guards is tested to the last branch, the rest to nine tenths.
test-full: setup-tests
	$(PYTEST) --cov --cov-report=
	$(PYTHON) -m coverage report --skip-covered --fail-under=90
	$(PYTHON) -m coverage report --include='*/rules/*,*/scoping.py' --fail-under=100

check: setup-tests
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(UNCONNECTED) $(PYTHON) -m mypy .
	.venv/bin/lint-imports
	$(PYTHON) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	$(PYTHON) manage.py check
	$(PYTHON) bin/check_messages.py

fix: setup-tests
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

# All of it takes a quarter of an hour; PARTS="dashboards reports" measures these alone.
bench: setup-tests
	$(PYTHON) -m bench $(PARTS)

# What the API promises to programs; a test compares.
openapi: setup-tests
	$(UNCONNECTED) $(PYTHON) manage.py spectacular --file docs/openapi.yaml

screenshots: setup-tests
	$(PYTHON) bin/take_screenshots.py

messages: setup-tests
	$(PYTHON) bin/update_messages.py

# Hashes and no index address: any mirror will do.
COMPILE = $(PYTHON) -m uv pip compile --quiet --generate-hashes --python-version 3.11 --no-header \
	--no-emit-index-url pyproject.toml

lock:
	$(COMPILE) --all-extras -o requirements-dev.lock
	$(COMPILE) --extra embedded --constraint requirements-dev.lock -o requirements.lock
