# 四序。`make help` 列出可用的命令。
VENV ?= .venv
PORT ?= 8000
PYTHON_HERE := $(VENV)/bin/python
TEMPLATES := find templates -name '*.html'
export VENV PORT

.DEFAULT_GOAL := help
.PHONY: install tools run test check bench requirements help

install: ## 建立虚拟环境，安装运行所需（已装好时很快）
	@sh config/install.sh requirements.txt

tools: ## 另外安装测试和检查用的工具
	@sh config/install.sh requirements-dev.txt

run: install ## 启动演示：数据库、网页、后台一起；PORT= VAR_DIR= 可改；Ctrl-C 全部停下
	@exec $(PYTHON_HERE) -m config.run

test: tools ## 全部测试，装有 Chromium 时包括浏览器测试；ARGS= 传给 pytest
	@$(PYTHON_HERE) -m pytest -n logical --dist worksteal $(ARGS)

check: tools ## 代码风格、类型、依赖方向、配置、迁移、文档
	$(PYTHON_HERE) -m ruff check .
	$(PYTHON_HERE) -m ruff format --check .
	$(VENV)/bin/typos
	$(TEMPLATES) -exec $(VENV)/bin/djade --check --target-version 5.2 {} +
	$(VENV)/bin/lint-imports --no-logo
	$(PYTHON_HERE) manage.py check --fail-level WARNING
	$(PYTHON_HERE) manage.py makemigrations --check --dry-run
	$(PYTHON_HERE) manage.py list_rules --check
	$(PYTHON_HERE) -m mypy

bench: tools ## 基准测试，约三分钟；FULL=1 加上大的；BENCH_JSON=文件 另写 JSON 行
	@$(PYTHON_HERE) -m benchmarks

requirements: tools ## 由 pyproject.toml 重新编出 requirements*.txt
	@CUSTOM_COMPILE_COMMAND="make requirements" $(VENV)/bin/pip-compile -q \
		pyproject.toml -o requirements.txt
	@CUSTOM_COMPILE_COMMAND="make requirements" $(VENV)/bin/pip-compile -q \
		--extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

help: ## 列出这些命令
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/\1	\2/p' Makefile | expand -t 14
