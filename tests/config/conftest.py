import tempfile
from pathlib import Path

import pytest


@pytest.fixture
def var_dir(monkeypatch):
    """A VAR_DIR of the test's own, which others can enter, unlike pytest's folders.

    Where the tests run as root the embedded server runs as somebody else.
    """
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        monkeypatch.setenv("VAR_DIR", folder)
        monkeypatch.delenv("DATABASE_URL", raising=False)
        yield Path(folder)
