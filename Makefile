# Short names for the commands that README shows. PYTHON=python3.12 chooses another Python.
PYTHON ?= python3
.PHONY: site init doctor serve check publish test lock clean
.DEFAULT_GOAL := site

site:     ## a checked preview in site/
	@$(PYTHON) scripts/bootstrap.py
	@.venv/bin/patientpages build

init:     ## the clinic's details into clinic.yml, one question at a time
	@$(PYTHON) scripts/bootstrap.py
	@.venv/bin/patientpages init

doctor:   ## what still stands between the pages and patients
	@$(PYTHON) scripts/bootstrap.py
	@.venv/bin/patientpages doctor

serve:    ## see the pages while you write
	@$(PYTHON) scripts/bootstrap.py
	@.venv/bin/patientpages serve

check:    ## check everything, change nothing
	@$(PYTHON) scripts/bootstrap.py
	@.venv/bin/patientpages check

publish:  ## the published site in public/, through the gate
	@$(PYTHON) scripts/bootstrap.py
	@.venv/bin/patientpages publish

test:     ## prove that the project works
	@$(PYTHON) scripts/bootstrap.py --dev
	@.venv/bin/python scripts/test_tools.py
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check --quiet
	@.venv/bin/mypy
	@.venv/bin/python -m pytest

lock:     ## renew requirements/ after a change in pyproject.toml (needs uv)
	uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header --no-emit-index-url --no-emit-find-links --extra build pyproject.toml -o requirements/use.txt
	uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header --no-emit-index-url --no-emit-find-links --extra build --extra dev -c requirements/use.txt pyproject.toml -o requirements/dev.txt

clean:    ## remove what was made; the next command makes it again
	rm -rf .build .site.work site
