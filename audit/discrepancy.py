"""One thing that is not as it was recorded."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

MASKED = "sealed"  # what stands for a value that is not for everyone to read
NOTHING = None


@dataclass(frozen=True)
class Discrepancy:
    """What a check expected and what it found, and where. Not who changed it."""

    check: str
    table: str
    pk: str
    column: str
    expected: Any
    found: Any
    entry: int | None = None  # the number of the entry that says so

    @property
    def sentence(self) -> str:
        """The same for people to read."""
        number = _("第 %s 条") % self.entry if self.entry is not None else _("日志")
        return _(
            "%(entry)s：%(table)s（%(pk)s）的 %(column)s 应为 %(expected)s，"
            "实为 %(found)s［%(check)s］"
        ) % {
            "entry": number,
            "table": self.table,
            "pk": self.pk,
            "column": self.column,
            "expected": shown(self.expected),
            "found": shown(self.found),
            "check": self.check,
        }

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def shown(value: Any) -> str:
    if value is NOTHING:
        return _("（没有）")
    return _("（已封存）") if value == MASKED else str(value)
