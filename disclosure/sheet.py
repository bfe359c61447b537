"""Everything one notice says to everybody, blanked where it must be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from audit import codes
from disclosure.accounts import Accounts
from disclosure.board import address, shown
from disclosure.capitals import capitals
from disclosure.changes import Change, changes
from disclosure.state import (
    WAITS_FOR,
    Kind,
    refused,
    seen,
    seen_while_shown,
    state_of,
)
from disclosure.steps import Step, Steps
from disclosure.veil import Veil
from disclosure.voices import Voices
from villages.models import Village
from workflows.models import Matter, MatterText, Notice
from workflows.stage import BEFORE_DECISION, CLOSED
from workflows.verdicts import public_verdict, verdict

MOST_RELATED = 40


class Sheet:
    """One notice on one day. What people typed leaves it through the veil alone.

    Rows are private, so that no template can pass by the veil.
    """

    def __init__(self, notice: Notice, day: date) -> None:
        self._notice, self._day = notice, day
        self.village: Village = notice.village
        self._matter: Matter | None = notice.matter
        self.state = state_of(notice, day)
        self.number = notice.uid
        self.code = codes.spell(notice.uid)
        self.text = Veil()(notice.board_text)
        self.title = Veil()(notice.title)
        self.refused = refused(notice)
        self.voices = Voices(notice, day, runs=self.state.runs)
        self._veil = self.voices.veil

    # -- the facts

    @property
    def kind(self) -> str:
        return str(self._notice.get_kind_display())

    @property
    def of_resolution(self) -> bool:
        return bool(self._notice.kind == Kind.RESOLUTION)

    @property
    def of_result(self) -> bool:
        return bool(self._notice.kind == Kind.RESULT)

    @property
    def of_bulletin(self) -> bool:
        return bool(self._notice.kind == Kind.BULLETIN)

    @property
    def days(self) -> int:
        """How long it must hang; 0 where it need not."""
        return int(self._notice.days)

    @property
    def published_on(self) -> date:
        return self._notice.published_on

    @property
    def subject(self) -> str:
        """What the matter is called."""
        return Veil()(self._matter.title) if self._matter else ""

    @property
    def type(self) -> str:
        return str(self._matter.kind.label) if self._matter else ""

    @property
    def amount(self) -> Decimal | None:
        return self._matter.amount if self._matter else None

    @property
    def matter_number(self) -> int | None:
        return self._matter.number if self._matter else None

    @property
    def lines(self) -> list[str]:
        """The text, paragraph by paragraph."""
        return [line.strip() for line in self.text.splitlines() if line.strip()]

    @property
    def capitals(self) -> str:
        return "" if self.amount is None else capitals(self.amount)

    @property
    def proposed_by(self) -> str:
        """Who put the matter forward, as far as the chain or the petition says."""
        if self._matter is None:
            return ""
        count = self._matter.origin_count
        if count and self._matter.origin_by in ("reps", "villagers"):
            reps = self._matter.origin_by == "reps"
            whose = _("%(n)s 名村民代表联名") if reps else _("%(n)s 名村民联名")
            return whose % {"n": count}
        first = self._matter.chain.steps[1].verb
        return {"initiate": _("村党组织"), "propose": _("村“两委”")}.get(first, "")

    @property
    def place(self) -> str:
        posting = self._notice.posting
        return Veil()(posting.place if posting else self.village.board_place)

    @property
    def repaired_on(self) -> date | None:
        return self._notice.posting.repaired_on if self._notice.posting else None

    @property
    def taken_early_on(self) -> date | None:
        """The day it was taken down, where that was too early."""
        posting = self._notice.posting
        taken = posting.taken_down_on if posting else None
        return taken if posting and taken and taken <= posting.last_day else None

    @property
    def awaits_posting(self) -> bool:
        """Whether the paper has still to be put up."""
        if not self.days or self._notice.posting or self.corrected:
            return False
        return self._matter is None or self._matter.stage not in CLOSED

    @property
    def if_posted_today(self) -> tuple[date, date]:
        """First and last day for who posts the paper on the day it is printed."""
        return (
            self._day + timedelta(days=1),
            self._day + timedelta(days=max(self.days, 1)),
        )

    @property
    def last_day(self) -> date:
        """The day until which people may object, as the paper says it."""
        return self.state.last or self.if_posted_today[1]

    @cached_property
    def seen(self) -> str:
        """How far the matter has come."""
        matter = self._matter
        if matter is None:
            return ""
        kind = next((k for k, stage in WAITS_FOR.items() if stage == matter.stage), "")
        if not kind:
            return seen(matter)
        awaited = (n for n in (self._notice, *self._related) if n.kind == kind)
        return seen_while_shown(matter, next(awaited, None), self._day)

    # -- how it was decided

    @cached_property
    def steps(self) -> list[Step]:
        return list(Steps(self._matter)) if self._matter else []

    @property
    def tally(self) -> Any:
        """The counts of this notice's own ballot; of some bodies only who came."""
        resolution = self._notice.resolution
        if not self.of_resolution or resolution is None:
            return None
        if resolution.ballot.sitting.words.public:
            return resolution.tally
        return {
            "eligible": resolution.tally.eligible,
            "present": resolution.tally.present,
        }

    @property
    def verdict(self) -> str:
        resolution = self._notice.resolution
        if not self.of_resolution or resolution is None or self._matter is None:
            return ""
        ballot = resolution.ballot
        ballot.matter, ballot.tally = self._matter, resolution.tally
        if ballot.sitting.words.public:
            return verdict(ballot, resolution.tally)
        return public_verdict(ballot)

    @property
    def void_because(self) -> str:
        """Why the ballot does not count, where it was declared void."""
        resolution = self._notice.resolution
        if resolution is None or resolution.stands:
            return ""
        return self._veil(resolution.ballot.void_reason)

    @property
    def awaits_vote(self) -> bool:
        """Whether the matter is still to be voted on again."""
        return self._matter is not None and self._matter.stage in BEFORE_DECISION

    @cached_property
    def errata(self) -> list[Change]:
        """Slips of the pen put right since the vote."""
        resolution = self._notice.resolution
        if self._matter is None or resolution is None:
            return []
        texts = self._matter.texts.filter(version__gte=resolution.text.version)
        versions = list(texts.order_by("version"))
        found: list[Change] = []
        for old, new in zip(versions, versions[1:], strict=False):
            if new.change == MatterText.Change.ERRATUM:
                found += changes(self._veil(old.text), self._veil(new.text))
        return found

    # -- what came of it

    @property
    def accounts(self) -> Accounts:
        return Accounts(self._notice, self._related, self._veil)

    # -- other notices

    @property
    def corrected(self) -> bool:
        return hasattr(self._notice, "superseded_by")

    @property
    def corrected_by(self) -> Other | None:
        """The notice that replaced this one."""
        return _other(self._notice, getattr(self._notice, "superseded_by", None))

    @property
    def corrects(self) -> Other | None:
        """The notice this one replaced."""
        return _other(self._notice, self._notice.supersedes)

    @cached_property
    def _related(self) -> Sequence[Notice]:
        """The matter's other notices, the newest first."""
        if self._matter is None:
            return []
        rows = shown().filter(matter=self._matter).exclude(pk=self._notice.pk)
        return list(rows.order_by("-published_at", "-pk")[:MOST_RELATED])

    @property
    def related(self) -> list[dict[str, Any]]:
        return [
            {
                "url": address(notice),
                "title": Veil()(notice.title),
                "on": notice.published_on,
                "status": state_of(notice, self._day).words,
            }
            for notice in self._related
        ]

    @property
    def undersigned(self) -> str:
        """Whose seal it bears."""
        town = self.village.kind == Village.Kind.NEIGHBOURHOOD
        whose = _("%(name)s居民委员会") if town else _("%(name)s村民委员会")
        return whose % {"name": self.village.name}


@dataclass(frozen=True)
class Other:
    """A notice that replaced another, or was replaced, and what they differ in."""

    url: str
    number: str
    parts: str


def _other(notice: Notice, other: Notice | None) -> Other | None:
    """The other one, where it is public."""
    if other is None or other.kind == Kind.REPLY:
        return None
    found = (
        (_("标题"), notice.title != other.title),
        (_("内容"), notice.board_text != other.board_text),
        (_("表决结果"), notice.resolution_id != other.resolution_id),
        (_("公示天数"), notice.days != other.days),
    )
    parts = "、".join(name for name, differs in found if differs)
    return Other(address(other), other.uid, parts)
