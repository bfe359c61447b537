"""How far the works have come and what they cost, as it was told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from disclosure.veil import Veil
from workflows.models import Acceptance, Notice
from workflows.templatetags.stages import money


@dataclass(frozen=True)
class Told:
    """One report given while a matter was carried out."""

    on: date
    progress: int
    spent: Decimal
    note: str


@dataclass(frozen=True)
class Accepted:
    """That works were accepted, or that a matter is done; no names."""

    works: bool
    on: date
    people: int
    supervisors: int
    note: str


class Accounts:
    """What a result notice, and what a report by itself, says of the carrying out."""

    def __init__(self, notice: Notice, related: Sequence[Notice], veil: Veil) -> None:
        self._notice, self._related, self._veil = notice, related, veil
        self._alone = notice.kind == Notice.Kind.BULLETIN

    @cached_property
    def reports(self) -> list[Told]:
        """The newest first; a report by itself speaks of itself alone."""
        told = [self._notice] if self._alone else self._related
        return [self._told(notice) for notice in told if hasattr(notice, "report")]

    def _told(self, notice: Notice) -> Told:
        report = notice.report
        note = self._veil(report.note)
        return Told(notice.published_on, report.progress, report.spent, note)

    @property
    def budget(self) -> Decimal | None:
        return self._notice.matter.amount if self._notice.matter else None

    @property
    def progress(self) -> int | None:
        return self.reports[0].progress if self.reports else None

    @property
    def spent(self) -> Decimal | None:
        return self.reports[0].spent if self.reports else None

    @property
    def difference(self) -> str:
        """By how much what was spent differs from what was resolved."""
        if self._alone or self.budget is None or self.spent is None:
            return ""
        left = self.budget - self.spent
        if not left:
            return _("与决议金额相同")
        words = _("比决议金额少%(sum)s") if left > 0 else _("比决议金额多%(sum)s")
        return words % {"sum": money(abs(left))}

    @cached_property
    def accepted(self) -> Accepted | None:
        if self._alone or self._notice.matter is None:
            return None
        last: Acceptance | None = self._notice.matter.acceptances.last()
        if last is None:
            return None
        return Accepted(
            works=last.works,
            on=last.accepted_on,
            people=len(last.people),
            supervisors=last.supervisors,
            note=self._veil(last.note),
        )
