# Everything a fresh machine needs, in two commands: `make site` and `make test`.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: site offline test lighthouse fuzz check serve diff propose lint audit lock schemas sbom clean

site: .venv/site.ok  ## set up what is missing and build site/
	$(BIN)/python build.py build

offline: site  ## pack site/ as one zip in offline/
	$(BIN)/python build.py pack

# Two halves side by side: what is measured on the whole site, and all else.
WHOLE := tests/quality tests/test_pages.py tests/test_explore.py tests/test_form.py tests/test_hostile_pages.py

test: .venv/test.ok .venv/quality.ok lint  ## set up what is missing (a browser too) and pass every test
	@$(BIN)/python -m pytest $(WHOLE) & whole=$$!; \
	$(BIN)/python -m pytest $(WHOLE:%=--ignore %); rest=$$?; wait $$whole && exit $$rest

lighthouse: .venv/test.ok .venv/quality.ok  ## measure what a phone makes of the pages, on a machine at rest
	CASEBOOK_LIGHTHOUSE=1 $(BIN)/python -m pytest tests/quality/test_lighthouse.py

fuzz: .venv/fuzz.ok  ## look for ten minutes (FUZZ_SECONDS=…) for what breaks the reading of content or its prose
	$(BIN)/python -m tests.fuzz --seconds $(or $(FUZZ_SECONDS),600)

check: .venv/site.ok  ## check every content file
	$(BIN)/python build.py check

serve: .venv/site.ok  ## live preview on this machine
	$(BIN)/python build.py serve

BASE ?=
diff: .venv/site.ok  ## what the content here changes since BASE (else: since it left main), as change/diff.md and change/diff.html
	mkdir -p change
	$(BIN)/python build.py diff $(BASE) --format markdown --out change/diff.md
	$(BIN)/python build.py diff $(BASE) --format html --out change/diff.html
	@if [ -n "$$GITHUB_STEP_SUMMARY" ]; then cat change/diff.md >> "$$GITHUB_STEP_SUMMARY"; fi

propose:  # in CI: the content of a pull request, checked out as proposed/, in the place of main's
	test -d proposed/content
	rm -rf content
	mv proposed/content content

lint: .venv/test.ok
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

schemas: .venv/site.ok  ## write schemas/ anew from the model and the vocabulary
	$(BIN)/python build.py schemas

sbom: .venv/site.ok  ## write the bill of materials anew from requirements.txt
	$(BIN)/python build.py sbom

audit: .venv/audit.ok  ## known vulnerabilities in what the lock files name (asks the network)
	for lock in requirements*.txt; do .venv/audit/bin/pip-audit --strict --require-hashes --disable-pip -r $$lock || exit 1; done
	cd tests/quality && npm audit --package-lock-only --audit-level=high

.venv/python.ok:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Casebook needs Python 3.11 or newer: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv .venv
	touch $@

.venv/site.ok: requirements.txt | .venv/python.ok
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

.venv/test.ok: requirements-test.txt .venv/site.ok
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.txt
	$(BIN)/python -m tests.browser
	touch $@

.venv/audit.ok: requirements-audit.txt | .venv/python.ok
	$(BIN)/python -m venv .venv/audit
	.venv/audit/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-audit.txt
	touch $@

.venv/fuzz.ok: requirements-fuzz.txt .venv/test.ok
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-fuzz.txt
	touch $@

# What measures the built site runs on npm (and Java); where there is none, those tests say so and are skipped.
.venv/quality.ok: tests/quality/package-lock.json | .venv/python.ok
	@if ! command -v npm >/dev/null; then echo "No npm here: the tests of tests/quality that need it will be skipped."; else \
	mkdir -p .venv/quality && cp tests/quality/package.json tests/quality/package-lock.json tests/quality/.npmrc .venv/quality/ && \
	(cd .venv/quality && npm ci --ignore-scripts --no-progress) && touch $@; fi

lock:  ## choose versions anew (needs uv); the files name no registry
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links --upgrade pyproject.toml -o requirements.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links --upgrade --group test -c requirements.txt pyproject.toml -o requirements-test.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links --upgrade --group audit -o requirements-audit.txt
	uv pip compile --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links --upgrade --group fuzz -o requirements-fuzz.txt
	$(MAKE) sbom

CONTRIBUTING.md: content/contributing.md docs/changing-the-code.md  ## the guide, whose links lead nowhere outside the site
	sed -E 's/\[([^]]*)\]\([a-z]+\.html[^)]*\)/\1/g' content/contributing.md | cat - docs/changing-the-code.md > $@

clean:
	rm -rf site .site.* offline change proposed .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis
