"""TOML tables, read so that every slip names its file and its key."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from .types import RulebookError

# A bool is an int to Python and an instant a date, but not to a lawyer.
NARROWER: dict[Any, type] = {int: bool, date: datetime}


class Table:
    """One table of a file: asked for what it must hold, it refuses what else it does.

    >>> table = Table("law.toml", "vr.pass", {"basis": "law"})
    >>> table.text("basis")
    'law'
    >>> table.end()
    """

    def __init__(self, file: str, key: str, content: Any) -> None:
        self.file = file
        self.key = key
        if not isinstance(content, dict):
            raise self.error("is not a table")
        self._left = dict(content)

    def error(self, reason: str) -> RulebookError:
        return RulebookError(self.file, self.key, reason)

    def __contains__(self, name: str) -> bool:
        return name in self._left

    def take(self, name: str, kind: type | tuple[type, ...], default: Any = ...) -> Any:
        if name not in self._left:
            if default is ...:
                raise self.error(f"has no {name}")
            return default
        value = self._left.pop(name)
        narrower = NARROWER.get(kind, ())
        if not isinstance(value, kind) or isinstance(value, narrower):
            raise self.error(f"{name} is of the wrong type")
        return value

    def text(self, name: str, default: Any = ...) -> str:
        return str(self.take(name, str, default))

    def word(self, name: str, choices: Iterable[str], default: Any = ...) -> str:
        value = self.text(name, default)
        if value not in choices:
            raise self.error(f"{name} is {value!r}, which nobody knows")
        return value

    def words(
        self, name: str, choices: Iterable[str], default: Any = ...
    ) -> tuple[str, ...]:
        values = self.take(name, list, default)
        for value in values:
            if not isinstance(value, str) or value not in choices:
                raise self.error(f"{name} holds {value!r}, which nobody knows")
        if len(set(values)) != len(values):
            raise self.error(f"{name} says something twice")
        return tuple(values)

    def names(self, name: str, default: Any = ...) -> tuple[str, ...]:
        """Words that something else must know."""
        values = self.take(name, list, default)
        if not all(isinstance(value, str) for value in values):
            raise self.error(f"{name} is of the wrong type")
        return tuple(values)

    def day(self, name: str, default: Any = ...) -> Any:
        return self.take(name, date, default)

    def tables(self, name: str) -> list[Table]:
        """The rows of an array of tables, each named after its place."""
        rows = self.take(name, list, [])
        return [
            Table(self.file, f"{self.key}.{name}[{number}]", row)
            for number, row in enumerate(rows)
        ]

    def rest(self) -> list[tuple[str, Table]]:
        """Every table that is left, by name."""
        left, self._left = self._left, {}
        return [(name, Table(self.file, name, row)) for name, row in left.items()]

    def end(self) -> None:
        """Nothing may be left that nobody asked for."""
        if self._left:
            raise self.error(f"holds {', '.join(sorted(self._left))}, unasked")


def read(path: Path) -> Table:
    """A file as one table; a fraction with a decimal point has no place in it."""
    try:
        # Decimal is no type that any key asks for, so that its key is named.
        content = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except FileNotFoundError:
        raise RulebookError(path.name, "", "is missing") from None
    except RecursionError:
        raise RulebookError(path.name, "", "is nested too deeply") from None
    # Not TOML, not UTF-8, or a number of thousands of digits.
    except (OSError, ValueError) as error:
        raise RulebookError(path.name, "", str(error)) from error
    return Table(path.name, "", content)
