import subprocess
import sys
from pathlib import Path

import pytest

from config.settings import BASE_DIR

TOOLS = Path(sys.executable).parent


def run(*command):
    return subprocess.run(
        command, cwd=BASE_DIR, capture_output=True, text=True, check=False
    )


@pytest.mark.slow
def test_imports_point_one_way():
    result = run(str(TOOLS / "lint-imports"), "--no-logo", "--no-cache")
    assert result.returncode == 0, result.stdout


@pytest.mark.slow
def test_the_checks_of_django_and_ours_find_nothing():
    result = run(sys.executable, "manage.py", "check", "--fail-level", "WARNING")
    assert result.returncode == 0, result.stderr
