"""What a sitting and its papers are called, and by which number."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from audit import clock
from workflows.models import Resolution, Sitting
from workflows.templatetags.stages import zh_time

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from villages.models import Village

TERM = re.compile(r"第[〇零一二三四五六七八九十百\d]{1,5}届")


class Naming:
    """The words that head each paper of one sitting."""

    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting
        self.village: Village = sitting.village

    @property
    def body(self) -> str:
        """王家山村村民代表会议; the body's own 村 is not said twice."""
        body = str(self.sitting.words.name)
        if body.startswith("村“"):
            body = body.removeprefix("村")
        group = self.sitting.group_name
        if group and self.sitting.body == "group":
            body = _("%(group)s会议") % {"group": group}
        return f"{self.village.name}{body}"

    @cached_property
    def term(self) -> str:
        """第十二届, where the register of bodies says so."""
        on = self.sitting.held_on
        bodies = self.village.bodies.filter(
            kind=self.sitting.body, term_from__lte=on
        ).order_by("-term_from")
        found = TERM.search(body.name) if (body := bodies.first()) else None
        return found[0] if found else ""

    @cached_property
    def nth(self) -> int:
        """Which sitting of this body in its year, in the order of recording."""
        return (
            self._in_its_year()
            .filter(body=self.sitting.body, group_name=self.sitting.group_name)
            .count()
        )

    @cached_property
    def call_number(self) -> str:
        """王家山村会通〔2026〕3号."""
        return self._numbered(_("会通"), self._in_its_year().count())

    @property
    def minutes_number(self) -> str:
        return self.call_number.replace(_("会通"), _("会记"))

    def resolution_number(self, resolution: Resolution) -> str:
        """王家山村决〔2026〕2号."""
        before = Resolution.objects.filter(
            matter__village=self.village,
            resolved_on__year=resolution.resolved_on.year,
            pk__lte=resolution.pk,
        )
        return self._numbered(_("决"), before.count())

    @property
    def of_term(self) -> str:
        """王家山村第十二届村民代表会议."""
        return self.body.replace(self.village.name, self.village.name + self.term, 1)

    @property
    def session(self) -> str:
        """2026年第3次会议."""
        return _("%(year)s年第%(n)s次会议") % {"year": self._year, "n": self.nth}

    @property
    def whole(self) -> str:
        return self.of_term + self.session

    @property
    def minutes(self) -> str:
        """村民代表会议记录, 党员大会会议记录: 会议 is not said twice."""
        body = self.body.removesuffix(_("会议"))
        return _("%(body)s会议记录") % {"body": body}

    @property
    def matters(self) -> str:
        """The numbers of the matters on the agenda."""
        numbers = sorted({b.matter.number for b in self.sitting.ballots.all()})
        return "、".join(map(str, numbers))

    @property
    def _year(self) -> int:
        return self.sitting.held_on.year

    def _in_its_year(self) -> QuerySet[Sitting]:
        return Sitting.objects.filter(
            village=self.village, held_at__year=self._year, pk__lte=self.sitting.pk
        )

    def _numbered(self, what: str, n: int) -> str:
        facts = {"village": self.village.name, "what": what, "year": self._year, "n": n}
        return _("%(village)s%(what)s〔%(year)s〕%(n)s号") % facts


def recorded(at: datetime) -> str:
    """When what is printed was recorded, which does not depend on the printing."""
    return _("记录于%(at)s") % {"at": zh_time(clock.local(at))}
