# Everything a person or CI runs. A fresh machine needs git, make and Python 3.11 to 3.13 (set PYTHON to choose one).
PYTHON ?= $(firstword $(foreach p,python3.11 python3.12 python3.13 python3,$(if $(shell command -v $(p)),$(p))))
BIN := .venv/bin
READY := .venv/.ready
DEV := .venv/.ready-dev
DEMO := ZHENBAO_HOME=$(CURDIR)/.data/demo $(BIN)/zhenbao
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url
LOCK := $(COMPILE) --extra build

INSTALLED := 1400000000# bytes of an environment, as measured on Linux
EVAL_HOME := $(CURDIR)/.data/eval
# Replies are recorded with the wheel's engine. Vectors differ a little from processor to processor, and with them what is
# asked of the model in a close case.
REPLAY := ZHENBAO_ENGINE=wheel ZHENBAO_HOME=$(EVAL_HOME) $(BIN)/python -m eval --live --most-unrecorded 5
NEED_TOOLS := model or browser or font# marks of tests, see pyproject.toml

.PHONY: help demo serve bundle fast ocr check platforms test test-tools wheel live test-all replay eval lock clean
help:
	@echo "make demo | serve | bundle | fast | ocr | test | test-all | replay | check | platforms | eval | lock | clean"

$(READY): requirements.lock pyproject.toml
	[ -d .venv ] || $(PYTHON) scripts/bundled/install.py --room .venv $(INSTALLED)
	$(PYTHON) -m venv .venv
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): $(READY) requirements-dev.lock
	$(PIP) --require-hashes -r requirements.lock -r requirements-dev.lock
	@touch $@

demo: $(READY)  ## model, sample reports, three answers and a summary
	$(DEMO) model pull
	$(DEMO) ingest eval/sets/sample/reports
	$(DEMO) ask "石矶镇2021年粮食总产量是多少？"
	$(DEMO) ask "大塘镇2022年新增就业多少人？"
	$(DEMO) ask "鹤鸣乡党委书记叫什么名字？"
	$(DEMO) summarize 石矶镇 --year 2021

serve: $(READY)  ## the web page
	$(BIN)/zhenbao serve

bundle: $(READY)  ## a folder that installs without a network, for this system and this Python
	$(BIN)/python -m scripts.bundle

fast: $(READY)  ## the model's engine compiled for this processor; needs a C++ compiler
	$(BIN)/python -m scripts.engine

ocr: $(READY)  ## also reads scanned pages and pictures
	$(PIP) --require-hashes -r requirements.lock -r requirements-ocr.lock

check: $(DEV)  ## lint and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

platforms: $(DEV)  ## every locked package has a wheel on Windows, macOS and Linux, or is a known gap; downloads none
	$(BIN)/python scripts/platforms.py

test: $(DEV)  ## needs no system packages and no model file
	$(BIN)/pytest -m "not ($(NEED_TOOLS))"

test-tools: $(DEV)  ## the tests that `make test` leaves out; installs what they need, and skips none
	scripts/install-test-tools
	$(BIN)/zhenbao model pull
	ZHENBAO_TEST_ALL=1 $(BIN)/pytest -m "$(NEED_TOOLS)"

wheel: $(DEV)  ## the package works where it is installed without its checkout
	scripts/try-wheel

live: $(DEV)  ## twelve of the sample questions, asked of the real model
	$(BIN)/zhenbao model pull
	ZHENBAO_HOME=$(EVAL_HOME) $(BIN)/python -m eval --set eval/sets/sample --fresh --no-baseline --sample 12 --floors eval/floors-live.toml --out eval-results/live

test-all: check platforms test test-tools wheel live  ## everything, each test once

replay: $(DEV)  ## every recorded question again, against the baselines; the model is asked the few that are not recorded
	$(BIN)/zhenbao model pull
	$(REPLAY) --set eval/sets/sample
	if [ -d ../shared/evalset ]; then $(REPLAY) --set ../shared/evalset; fi

eval: $(DEV)  ## the sample questions with the real model; recorded replies are not asked again
	$(BIN)/zhenbao model pull
	ZHENBAO_HOME=$(EVAL_HOME) $(BIN)/python -m eval --set eval/sets/sample --live

lock: $(DEV)  ## resolve anew from pyproject.toml, for every platform, with hashes; the others hold what they add
	$(LOCK) pyproject.toml -o requirements.lock
	$(LOCK) --extra dev --extra browser --extra ocr -c requirements.lock pyproject.toml -o requirements-dev.lock
	$(LOCK) --extra ocr -c requirements.lock -c requirements-dev.lock pyproject.toml -o requirements-ocr.lock
	$(COMPILE) --group engine -c requirements.lock -o requirements-engine.lock
	$(BIN)/python scripts/lock_additions.py requirements.lock requirements-dev.lock requirements-ocr.lock requirements-engine.lock

clean:
	rm -rf .venv .data .mypy_cache .ruff_cache .pytest_cache .hypothesis
