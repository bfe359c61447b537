"""`python -m audit.verify` as on a machine that has nothing of ours."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from config.settings import BASE_DIR

# Neither Django nor anything else of ours can be imported; nothing can be written.
ELSEWHERE = """
import importlib.abc, os, runpy, sys
sys.dont_write_bytecode = True
MINE = ("audit", "cryptography", "_cffi_backend", "cffi")

class Forbid(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if top not in sys.stdlib_module_names and top not in MINE:
            raise ImportError(f"{name} is not there")

WRITES = ("os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink", "os.link",
          "os.truncate", "os.utime", "shutil", "tempfile", "socket", "subprocess")

def watch(event, args):
    if event == "open":
        mode, flags = args[1], args[2] or 0
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) or set(mode or "r") & set("wax+"):
            raise SystemExit(f"opened for writing: {args[0]}")
    elif event.startswith(WRITES):
        raise SystemExit(event)

sys.meta_path.insert(0, Forbid())
sys.addaudithook(watch)
sys.argv[0] = "verify"
runpy.run_module("audit.verify", run_name="__main__")
"""  # noqa: E501
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """`python -m audit.verify` in a folder of its own, with those arguments."""

    def run_it(*words: Any, home: Path = BASE_DIR) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", ELSEWHERE, *map(str, words)]
        return subprocess.run(
            command,
            cwd=tmp_path,
            env={"PYTHONPATH": str(home), "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            check=False,
        )

    return run_it
