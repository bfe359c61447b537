"""A copy of the rulebook to break."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from workflows import rulebook
from workflows.rulebook import Rulebook, RulebookError, load

HOME = Path(rulebook.__file__).parent


@dataclass
class Copy:
    """The rulebook's files where a test may change them."""

    folder: Path

    def text(self, file: str) -> str:
        return (self.folder / file).read_text(encoding="utf-8")

    def write(self, file: str, text: str) -> None:
        (self.folder / file).write_text(text, encoding="utf-8")

    def edit(self, file: str, old: str, new: str) -> None:
        """Let one passage of one file read otherwise."""
        text = self.text(file)
        assert old in text
        self.write(file, text.replace(old, new, 1))

    def passage(self, file: str, key: str) -> str:
        """One key's table as it stands in the file."""
        table = rf"^\[{re.escape(key)}\]\n(?:[^\[\n].*\n)*"
        found = re.search(table, self.text(file), re.MULTILINE)
        assert found, key
        return found.group()

    def edit_within(self, file: str, key: str, old: str, new: str) -> None:
        """Let one key's table read otherwise."""
        stands = self.passage(file, key)
        assert old in stands
        self.edit(file, stands, stands.replace(old, new))

    def load(self) -> Rulebook:
        return load(self.folder)

    def refused(self, file: str, key: str) -> str:
        """Loading fails and names that file and that key; what it says."""
        with pytest.raises(RulebookError) as raised:
            self.load()
        assert (raised.value.file, raised.value.key) == (file, key)
        assert str(raised.value).startswith(f"{file}: {key}")
        return str(raised.value)


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    for path in HOME.glob("*.toml"):
        shutil.copy(path, tmp_path)
    return Copy(tmp_path)
