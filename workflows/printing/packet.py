"""会议资料袋: all that is carried into the room, so that no network is needed there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from workflows import bodies
from workflows.models import Ballot
from workflows.presenting.words import convenor_of

from .naming import Naming, recorded
from .people import entitled, lines_of, without_vote
from .press import Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workflows.models import Matter, Sitting

ADDRESSED = {
    "joint": lazy("各位两委成员"),
    "party": lazy("全体党员"),
    "reps": lazy("各位村民代表会议组成人员"),
    "villagers": lazy("全体村民"),
    "group": lazy("本组全体村民"),
    "members": lazy("全体成员"),
    "member_reps": lazy("各位成员代表"),
}
ORIGINS = {"reps": lazy("村民代表联名"), "villagers": lazy("村民联名")}
BLANKS = {"abstain": lazy("弃权"), "invalid": lazy("无效")}
COUNTED = (  # on the tally sheet, after 应到
    *(lazy("到会"), lazy("发出票"), lazy("收回票"), lazy("有效票"), lazy("无效票")),
    *(lazy("赞成"), lazy("反对"), lazy("弃权"), lazy("合计"), lazy("是否通过")),
)
SEALED = ("committee", "board")  # who calls has a seal; a person signs
SPARE_LINES = 3  # of a sheet on which people sign who are on no roster
# Beyond so many, one page of ballots is a master to be copied.
MOST_BALLOTS = 200
A_PAGE = 4


@dataclass(frozen=True)
class Item:
    """One matter as notice, ballots and sheets name it."""

    position: int
    matter: Matter
    version: int
    text: str
    by: str

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.text.splitlines() if line.strip()]


class Packet:
    """What every sheet of a sitting that was called is made of."""

    COUNTED = COUNTED

    def __init__(self, sitting: Sitting, ballots: Sequence[Ballot]) -> None:
        self.sitting = sitting
        self.naming = Naming(sitting)
        self.items = [_item(b) for b in ballots if b.state != Ballot.State.VOIDED]
        lines = lines_of(sitting)
        self.people = entitled(lines)
        self.guests = without_vote(lines)

    @cached_property
    def committee(self) -> int:
        """How many sit in the representatives' body as members of the committee."""
        chairs = (str(_("村委会成员")), str(_("负责人")))
        return sum(person.capacity in chairs for person in self.people)

    @property
    def reps(self) -> int:
        return len(self.people) - self.committee

    @property
    def slips(self) -> list[int]:
        """The numbers of the counterfoils; none where the page is to be copied."""
        many = len(self.people)
        return list(range(1, many + 1)) if many <= MOST_BALLOTS else []

    @property
    def numbers(self) -> list[int]:
        """One for each ballot on paper; nought where it is written by hand."""
        return self.slips or [0] * A_PAGE

    def sheets(self) -> list[Sheet]:
        """In the order in which they are needed."""
        texts = [self._sheet("text.html", item=item) for item in self.items]
        ballots = "ballots.html" if len(self.items) == 1 else "ballots_many.html"
        return [
            self._sheet("cover.html"),
            self._sheet("notice.html", copy=_("张贴")),
            *texts,
            self._sheet("served.html"),
            self._sheet("roster.html"),
            self._sheet(ballots),
            self._sheet("tally.html"),
            self._sheet("minutes_blank.html"),
        ]

    def _sheet(self, template: str, **more: Any) -> Sheet:
        sitting = self.sitting
        because = sitting.rules.because(bodies.pass_key(sitting.body))
        context = {
            "packet": self,
            "sitting": sitting,
            "village": sitting.village,
            "naming": self.naming,
            "copy": _("存村"),
            "moment": recorded(sitting.recorded_at),
            "convenor": convenor_of(sitting),
            "because": because,
            "sealed": SEALED,
            "addressed": ADDRESSED[sitting.body],
            "blank": BLANKS[sitting.rules["ballot.blank_counts_as"].value],
            "spare": range(SPARE_LINES),
            **more,
        }
        return Sheet(template, context)

    @property
    def usual_method(self) -> str:
        """How the body votes where it does not say otherwise."""
        usual = self.sitting.rules["vote.method"].value
        return str(dict(Ballot.Method.choices).get(usual, _("当场决定")))


def _item(ballot: Ballot) -> Item:
    matter, announced = ballot.matter, ballot.announced_version
    return Item(
        ballot.position, matter, announced.version, announced.text, _origin(matter)
    )


def _origin(matter: Matter) -> str:
    """Who put the matter forward, as far as petition or chain says."""
    if matter.origin_by in ORIGINS:
        return str(ORIGINS[matter.origin_by])
    first = matter.chain.steps[1].verb
    return {"initiate": _("党组织"), "propose": _("村“两委”")}.get(first, "")
