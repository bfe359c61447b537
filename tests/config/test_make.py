import os
import re
import shutil
import subprocess

import pytest

from config.settings import BASE_DIR

MAKEFILE = (BASE_DIR / "Makefile").read_text()
PACKAGES = (BASE_DIR / "packages.txt").read_text().splitlines()


def test_help_names_every_target():
    # Without its own folder's name: `make test` runs this below another make.
    said = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    explained = {line.split()[0] for line in said.splitlines()}
    assert explained == {*re.search(r"\.PHONY: (.*)", MAKEFILE)[1].split()}
    assert {"install", "run", "test", "check", "bench"} <= explained


@pytest.mark.parametrize("line", [line for line in PACKAGES if line[:1] != "#"])
def test_every_package_has_its_reason(line):
    assert re.fullmatch(r"[a-z0-9][a-z0-9.+-]+ +# \S.*", line)


@pytest.mark.parametrize("script", [".ci/run", "config/install.sh"])
def test_scripts_can_be_run(script):
    assert os.access(BASE_DIR / script, os.X_OK)
    shell = "bash" if script == ".ci/run" else "sh"
    subprocess.run([shell, "-n", script], cwd=BASE_DIR, check=True)


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """A tree in which installing means what the test wants."""
    (tmp_path / "config").mkdir()
    script = (BASE_DIR / "config" / "install.sh").read_text()
    (tmp_path / "config" / "install.sh").write_text(script)
    (tmp_path / "packages.txt").write_text("")
    (tmp_path / "requirements.txt").write_text("")
    monkeypatch.delenv("VENV", raising=False)
    return tmp_path


@pytest.fixture
def tools(elsewhere, monkeypatch):
    """A machine with a few plain programs and no Python."""
    monkeypatch.delenv("PYTHON", raising=False)
    folder = elsewhere / "tools"
    folder.mkdir()
    for name in ("dirname", "sed", "tr", "grep", "cmp", "cp", "touch"):
        program(folder, name, f'exec {shutil.which(name)} "$@"')
    monkeypatch.setenv("PATH", str(folder))
    return folder


def program(folder, name, text):
    file = folder / name
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)


def install(tree, requirements="requirements.txt"):
    return subprocess.run(
        ["/bin/sh", "config/install.sh", requirements],
        cwd=tree,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_python_that_is_too_old_is_told(elsewhere, tools):
    program(tools, "python3", "exit 1")
    result = install(elsewhere)
    assert result.returncode == 1
    assert "需要 Python 3.11" in result.stderr


def test_a_python_without_venv_is_told_what_to_install(elsewhere, tools):
    answers = 'case "$2" in *ensurepip*) exit 1;; *print*) echo python3.11-venv;; esac'
    program(tools, "python3", answers)
    result = install(elsewhere)
    assert result.returncode == 1
    assert "apt-get install python3-venv" in result.stderr


@pytest.fixture
def not_root(elsewhere, tools):
    """A machine with Python where packages are missing and none may be installed."""
    packages = ("mars-fonts  # 网页用的", "mars-browser  # 测试：看网页")
    (elsewhere / "packages.txt").write_text("\n".join(packages))
    (elsewhere / "requirements-dev.txt").write_text("")
    program(tools, "dpkg-query", "exit 1")
    program(tools, "id", "echo 1000")
    program(tools, "sudo", "exit 1")
    program(tools, "apt-get", "touch tried")
    venv = elsewhere / ".venv" / "bin"
    venv.mkdir(parents=True)
    program(venv, "python", "")
    return elsewhere


def test_a_machine_where_nothing_may_be_installed_is_told_how(not_root):
    result = install(not_root)
    assert result.returncode == 0, result.stderr
    assert "sudo apt-get install --no-install-recommends mars-fonts" in result.stdout
    assert not (not_root / "tried").exists()


def test_what_the_tests_need_is_not_asked_for_where_the_service_runs(not_root):
    assert "mars-browser" not in install(not_root).stdout
    told = install(not_root, "requirements-dev.txt").stdout
    assert "mars-fonts mars-browser" in told
