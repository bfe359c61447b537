"""Addresses and short words that many pages share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from audit.models import ERASED
from villages.models import Office
from villages.offices import CLOCK_ROLE, OPERATOR_ROLE
from workflows.bodies import BODIES
from workflows.stage import Stage

if TYPE_CHECKING:
    from audit.models import Entry
    from villages.models import Village
    from workflows.models import Matter, Notice, Sitting

# Why a sitting held on paper is kept without effect, in a few words.
FLAWS = {
    "out_of_turn": lazy("还没到这一步"),
    "body_is_competent": lazy("不由这个会议决定"),
    "authorised": lazy("没有村民会议的授权"),
    "notice_given_in_time": lazy("通知得晚了"),
    "quorum_present": lazy("到会人数不够"),
    "voter_is_eligible": lazy("有人不在表决名册"),
    "ballots_match_attendance": lazy("票数对不上"),
    "count_witnessed": lazy("没有监票人核对"),
    "text_unchanged": lazy("表决的不是这一稿"),
    "no_guarantee": lazy("村民委员会不得提供担保"),
}


def flaw(name: str) -> str:
    """A rule a sitting held on paper did not keep."""
    return str(FLAWS.get(name, name))


def matter_url(matter: Matter) -> str:
    return reverse("workflows:matter", args=[matter.village.slug, matter.number])


def sitting_url(sitting: Sitting) -> str:
    return f"/sittings/{sitting.uid}/"


def notice_url(notice: Notice) -> str:
    return f"/notices/{notice.uid}/"


def board_url(village: Village) -> str:
    return f"/villages/{village.slug}/"


def convenor_of(sitting: Sitting) -> str:
    """The office or the body that the law names as the one who calls."""
    bodies = {"committee": _("村民委员会"), "board": _("理事会")}
    if sitting.convenor in bodies:
        return bodies[sitting.convenor]
    return str(Office.Role(sitting.convenor).label)


def waits_for(matter: Matter) -> str:
    """What is awaited at this stage, as a list says it: 待支部大会审议."""
    if matter.stage == Stage.REJECTED and matter.standing_notices:
        return matter.chain.todo(Stage.REPORTED)
    body = str(BODIES[matter.deciding_body].short)
    return matter.chain.todo(matter.stage, body, works=matter.kind.works)


def answers_proposer(matter: Matter) -> bool:
    """Whether what was decided is answered to who proposed it, and not hung up."""
    resolution = matter.resolution
    return resolution is not None and not (resolution.passed or resolution.body.public)


def next_step(matter: Matter) -> str:
    """The same as a thing to be done: 支部大会审议."""
    return waits_for(matter).removeprefix("待")


def who(entry: Entry, *, by_name: bool = True) -> str:
    """The office that acted, and for officers who held it, unless that was erased."""
    office = entry.content["office"]
    if office == CLOCK_ROLE:
        return _("到期自动记录")
    if office == OPERATOR_ROLE:
        return _("系统维护人员")
    label = str(Office.Role(office).label)
    person = entry.person if by_name else None
    if person is ERASED:
        return f"{label}{ERASED}"
    name = str(person).partition(":")[2] if person else ""
    return f"{label} {name}".strip()
