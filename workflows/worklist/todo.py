"""One line of the worklist, and the sentence it says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as lazy

from audit import clock
from villages.models import Office
from workflows.models import Matter

if TYPE_CHECKING:
    from villages.models import User

LIMIT = 50  # rows of one kind on one page; the rest follow when these are done

SENTENCES = {
    "initiate": lazy("请提交支委会（没有支委会的由书记）提议"),
    "propose": lazy("请召集两委会，对本事项形成提议"),
    "confer": lazy("请召集两委会商议"),
    "review": lazy("请召集党员大会审议"),
    "adopt": lazy("请召集%(body)s决议"),
    "announce": lazy("请公示决议"),
    "begin": lazy("可以组织实施了"),
    "accept": lazy("请验收"),
    "done": lazy("请登记办结"),
    "report_result": lazy("请公示实施结果"),
    "archive": lazy("到期可归档"),
    "reject": lazy("请公示未通过的结果（或书面答复提议人）"),
    "examine": lazy("请核查改正情况"),
    "comply": lazy("请报告改正情况"),
    "approve": lazy("请报%(authority)s%(kind)s"),
    "disclose": lazy("请公开：%(items)s"),
    "report": lazy("请报本月进展（进度、账目、预算）"),
    "post": lazy("请张贴并登记（照片可不传）"),
    "audit_notice": lazy("请审核本公示"),
    "answer": lazy("请答复异议 %(no)s"),
    "reply": lazy("请答复监督意见"),
    "serve": lazy("请通知到人，并登记通知情况"),
    "hold": lazy("今天开会：请登记到会，开始表决"),
    "count": lazy("请把会开完：还有议题没有宣布结果"),
    "witness": lazy("请核对票数"),
    "vote": lazy("等您表决"),
}


@dataclass(frozen=True)
class Todo:
    """One line of the worklist: an act this person owes now. Not a permission."""

    sentence: str
    title: str
    url: str
    village_name: str
    since: date | None = None
    due: date | None = None
    missing: list[str] = field(default_factory=list)

    @property
    def late(self) -> int:
        """How many days past due."""
        return max((clock.today() - self.due).days, 0) if self.due else 0


@dataclass(frozen=True)
class Held:
    """In which villages the person holds which offices, and over which divisions."""

    villages: dict[str, set[int]]  # by role
    divisions: dict[str, set[str]]

    def where(self, roles: Iterable[str]) -> set[int]:
        """The villages in which one of these offices is held."""
        return {pk for role in roles for pk in self.villages.get(role, ())}


def held_by(user: User) -> Held:
    villages: dict[str, set[int]] = defaultdict(set)
    divisions: dict[str, set[str]] = defaultdict(set)
    for office in Office.objects.held_by(user):
        if office.village_id:
            villages[office.role].add(office.village_id)
        elif office.division_id:
            divisions[office.role].add(office.division_id)
    return Held(villages, divisions)


def matter_url(matter: Matter) -> str:
    return reverse("workflows:matter", args=[matter.village.slug, matter.number])


def act_url(matter: Matter, verb: str, name: str = "act", *more: str) -> str:
    args = [matter.village.slug, matter.number, *more]
    return reverse(f"workflows:{name}", args=[*args, verb] if verb else args)
