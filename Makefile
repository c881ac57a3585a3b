# Every verb is one line that can be typed where there is no make: python -m bootstrap VERB
PYTHON ?= python3
.PHONY: site build publish rollback fetch serve editor check test torture bench tidy clean setup lock
site: ; @$(PYTHON) -m bootstrap site
build: ; @$(PYTHON) -m bootstrap build
publish: ; @$(PYTHON) -m bootstrap publish
rollback: ; @$(PYTHON) -m bootstrap rollback
fetch: ; @$(PYTHON) -m bootstrap fetch
serve: ; @$(PYTHON) -m bootstrap serve
editor: ; @$(PYTHON) -m bootstrap editor
check: ; @$(PYTHON) -m bootstrap check
test: ; @$(PYTHON) -m bootstrap test
torture: ; @$(PYTHON) -m bootstrap torture
bench: ; @$(PYTHON) -m bootstrap bench
tidy: ; @$(PYTHON) -m bootstrap tidy
clean: ; @$(PYTHON) -m bootstrap clean
setup: ; @$(PYTHON) -m bootstrap setup
lock: ; @$(PYTHON) -m uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate --all-extras --output-file requirements.lock pyproject.toml
