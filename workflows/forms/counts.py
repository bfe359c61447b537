"""What is asked about one ballot: how it is put, how it was counted, what was wrong."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from audit import clock
from workflows.figures import Figures
from workflows.models import Ballot
from workflows.models.ballot import ELECTRONIC, LONGEST
from workflows.rules.count import ballots_match_attendance

from .fields import ActForm, Count, Line, OneOf, Scan, Text

if TYPE_CHECKING:
    from django.forms import BoundField

HANDS, SLIPS = Ballot.Method.HANDS, Ballot.Method.PAPER
METHODS = [
    (HANDS, lazy("举手表决：先问赞成，再问反对，其余记弃权")),
    (SLIPS, lazy("无记名投票：发票、收票、唱票、计票、监票")),
]
CAST = [
    (Ballot.Method.NAMED, lazy("记名表决：各人在手机上选，逐人记录，会后可查")),
    (Ballot.Method.SECRET, lazy("无记名电子表决：各人在手机上选，谁选什么查不到")),
]
MOST = 100_000
BY_HANDS = ("votes_for", "against")
BY_SLIPS = (*BY_HANDS, "abstain", "invalid")
HANDED_OUT = ("issued", "returned")


class OpenBallot(ActForm):
    """How it is put; votes that people cast themselves also until when."""

    method = OneOf(label=lazy("表决方式"), choices=METHODS)
    minutes = Count(
        label=lazy("几分钟后截止"),
        most=LONGEST // timedelta(minutes=1),
        required=False,
        help_text=lazy(
            "只用于各人自己表决的。不填，由主持人按“结束表决”，最长十小时。"
        ),
    )

    def shape(self, about: Ballot) -> None:
        rules = about.sitting.rules
        offered = METHODS + (CAST if rules["vote.electronic"].value else [])
        self.offer("method", offered)
        usual = rules["vote.method"].value
        known = [method for method, _label in offered]
        self.fields["method"].initial = usual if usual in known else HANDS
        if offered == METHODS:
            del self.fields["minutes"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        minutes = given.pop("minutes", None)
        if minutes and given.get("method") in ELECTRONIC:
            given["closes_at"] = clock.now() + timedelta(minutes=minutes)
        return given


class Votes(ActForm):
    """The counts of one ballot; on paper also the slips that went out and came back."""

    issued = Count(
        label=lazy("发出"),
        most=MOST,
        required=False,
        help_text=lazy("不填，按参加本项表决的人数。"),
    )
    returned = Count(
        label=lazy("收回"),
        most=MOST,
        required=False,
        help_text=lazy("不填，按下面四项的合计。"),
    )
    votes_for = Count(label=lazy("赞成"), most=MOST)
    against = Count(label=lazy("反对"), most=MOST)
    abstain = Count(label=lazy("弃权"), most=MOST, required=False)
    invalid = Count(label=lazy("无效"), most=MOST, required=False)

    def by(self, method: str) -> None:
        """Ask only for what this method counts."""
        asked = BY_HANDS if method == HANDS else (*HANDED_OUT, *BY_SLIPS)
        for name in {*HANDED_OUT, *BY_SLIPS} - set(asked):
            del self.fields[name]

    def figures(self, present: int, method: str) -> Figures:
        given = self.cleaned_data
        if method == HANDS:
            return Figures.by_hands(present, given["votes_for"], given["against"])
        return on_paper(given, present)


def on_paper(given: dict[str, Any], present: int) -> Figures:
    return Figures.on_paper(
        present,
        votes_for=given["votes_for"],
        against=given["against"],
        abstain=given.get("abstain") or 0,
        invalid=given.get("invalid") or 0,
        issued=given.get("issued"),
        returned=given.get("returned"),
    )


class CountAgain(Votes):
    """What the witness counts, who has not been shown what was entered first."""

    def shape(self, about: Ballot) -> None:
        if about.counted_twice:
            self.by(about.method)
            return
        for name in list(self.fields):
            del self.fields[name]

    @property
    def numbers(self) -> list[BoundField]:
        return [self[name] for name in (*HANDED_OUT, *BY_SLIPS) if name in self.fields]


class EnterCount(Votes):
    """The counts in the room, and a witness who has no account."""

    asks_who_helped = True
    witness_name = Line(
        label=lazy("监票人（纸面签字）"),
        max_length=30,
        required=False,
        help_text=lazy(
            "监票人能自己登录的不用写，等本人按“监票确认”。"
            "写了姓名的，要附有本人签字的计票单照片才算。"
        ),
    )
    sheet = Scan(label=lazy("计票单照片"), required=False)
    caller_name = Line(label=lazy("唱票人"), max_length=30)
    teller_name = Line(label=lazy("计票人"), max_length=30)

    def shape(self, about: Ballot) -> None:
        self.by(about.method)
        if not (about.counted_twice and self.asks_who_helped):
            del self.fields["caller_name"], self.fields["teller_name"]
        tally = about.tally
        if tally is None:
            return
        # Whoever counts slips again does so without having seen the first counts.
        unseen = (*HANDED_OUT, *BY_SLIPS) if about.waits_unseen else ()
        known = {
            **asdict(tally.figures),
            "caller_name": tally.caller_name,
            "teller_name": tally.teller_name,
        }
        for name, value in known.items():
            if name in self.fields and name not in unseen:
                self.fields[name].initial = value

    @property
    def numbers(self) -> list[BoundField]:
        names = (*HANDED_OUT, *BY_SLIPS, "caller_name", "teller_name")
        return [self[name] for name in names if name in self.fields]

    @property
    def helpers(self) -> dict[str, str]:
        """Who read out and who counted, where it was asked."""
        given = self.cleaned_data
        names = {"caller": "caller_name", "teller": "teller_name"}
        return {who: given[name] for who, name in names.items() if name in given}

    @property
    def witnessing(self) -> list[BoundField]:
        return [self["witness_name"], self["sheet"]]


class Recount(EnterCount):
    """The corrected counts, by two people, with the sheet."""

    asks_who_helped = False
    text = Text(label=lazy("更正的理由"), rows=3, max_length=1000)
    witness_name = Line(
        label=lazy("一起办理的另一人"),
        max_length=30,
        help_text=lazy("更正票数须两人办理，不能是您自己。"),
    )
    sheet = Scan(label=lazy("计票单照片"))


class Void(ActForm):
    text = Text(label=lazy("作废的原因"), rows=3, max_length=1000)
    witness_name = Line(
        label=lazy("一起办理的另一人"),
        max_length=30,
        help_text=lazy("作废表决须两人办理，不能是您自己。"),
    )


class Counted(ActForm):
    """Counts that were taken on paper, and close or say why not."""

    votes_for = Count(label=lazy("赞成"), most=MOST, required=False)
    against = Count(label=lazy("反对"), most=MOST, required=False)
    abstain = Count(label=lazy("弃权"), most=MOST, required=False)
    invalid = Count(label=lazy("无效"), most=MOST, required=False)
    issued = Count(label=lazy("发出"), most=MOST, required=False)
    returned = Count(label=lazy("收回"), most=MOST, required=False)
    result: Figures  # once they are known to close

    def close(self, method: str, present: int) -> None:
        """Keep the counts as `result`; where they do not close, say so."""
        given = self.cleaned_data
        missing = [name for name in BY_HANDS if given.get(name) is None]
        for name in missing:
            if name not in self.errors:
                label = self.fields[name].label
                self.add_error(name, _("请填写%(label)s。") % {"label": label})
        if self.errors:
            return
        figures = self._figures(method, present)
        if case := figures.mismatch:
            words = ballots_match_attendance.words[case].sentence
            if method == HANDS and case == "diff":
                words = _("四项合计 %(sum)s 票，到会 %(n)s 人，差 %(diff)s 票。")
            todo = _("请对照计票单重新录入。")
            self.add_error(None, str(words) % figures.facts + todo)
        else:
            self.result = figures

    def _figures(self, method: str, present: int) -> Figures:
        given = self.cleaned_data
        if method != HANDS:
            return on_paper(given, present)
        if given.get("abstain") is None and not given.get("invalid"):
            return Figures.by_hands(present, given["votes_for"], given["against"])
        # What was written down is not put right behind the clerk's back.
        return on_paper({**given, "issued": present, "returned": present}, present)


class Row(Counted):
    """One matter of a sitting held on paper: a line of the grid."""

    def __init__(self, *args: Any, title: str, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.title = title

    @property
    def empty(self) -> bool:
        """Whether nothing was entered: not even a nought."""
        return not any(self.cleaned_data.get(name) is not None for name in self.fields)

    @property
    def wrong(self) -> list[str]:
        """What the top of the page says of this line, which stands far below it."""
        return [str(said) for errors in self.errors.values() for said in errors]

    def judge(self, method: str, present: int) -> None:
        """Only what was entered is judged."""
        if self.is_valid() and not self.empty:
            self.close(method, present)


class PaperCount(Counted):
    """The counts of one matter, where entering its sitting had broken off."""

    method = OneOf(label=lazy("表决方式"), choices=METHODS, initial=HANDS)
    witness_name = Line(
        label=lazy("监票人（计票单上签字的）"), max_length=30, required=False
    )

    @property
    def numbers(self) -> list[BoundField]:
        return [self[name] for name in (*BY_SLIPS, *HANDED_OUT)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.close(given.get("method", HANDS), self.about.sitting.present)
        return given
