"""The one thing to do next at the desk of a sitting, and who does it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from audit import clock
from workflows import permissions, verdicts
from workflows.acts.ballot import unfit
from workflows.acts.steps import in_its_place
from workflows.models import Ballot, Sitting
from workflows.presenting import matter_url, next_step
from workflows.presenting.voters import turnout
from workflows.templatetags.stages import zh_time
from workflows.worklist.todo import SENTENCES
from workflows.worklist.voting import asked_of

from .agenda import Button, page_url

if TYPE_CHECKING:
    from villages.models import User
    from workflows.presenting import Reader
    from workflows.presenting.quorum import Quorum

State = Ballot.State


@dataclass(frozen=True)
class Lead:
    """The one thing that comes next, who does it, and what else may be done."""

    sentence: str
    button: Button | None = None
    others: list[Button] = field(default_factory=list)


class Desk:
    """Who reads, and where the sitting stands: from this, the one thing to do next."""

    def __init__(
        self, sitting: Sitting, ballots: list[Ballot], reader: Reader, user: User
    ) -> None:
        self.sitting, self.ballots = sitting, ballots
        self.reader, self.user = reader, user
        self.keeps = reader.keeps(sitting)

    def lead(self, quorum: Quorum) -> Lead:
        state = self.sitting.state
        if state == Sitting.State.CONVENED:
            return self._before()
        if state == Sitting.State.HELD:
            return self._during(quorum)
        if state == Sitting.State.LAPSED:
            return self._after_lapse()
        return self._after()

    def _mine(self, label: str, name: str) -> Button | None:
        """A button on the sitting, for those who keep it."""
        if not self.keeps:
            return None
        return Button(label, reverse(f"workflows:{name}", args=[self.sitting.uid]))

    def _say(self, order: str, news: str) -> str:
        """Who keeps the sitting reads what to do; others read what is waited for."""
        return order if self.keeps else news

    def _buttons(self, *buttons: Button | None) -> list[Button]:
        return [button for button in buttons if button is not None]

    def _before(self) -> Lead:
        serve = self._mine(_("登记通知情况"), "serve")
        packet = self._mine(_("打印会议资料袋"), "packet")
        if self.sitting.held_on <= clock.today():
            attend = self._mine(_("登记到会"), "attend")
            others = self._buttons(serve if self.sitting.reached is None else None)
            today = self.sitting.held_on == clock.today()
            past = self._say(
                _("开会的日子已经过了：请登记到会，开始表决"),
                _("开会的日子已经过了，还没有登记到会。"),
            )
            now = self._say(str(SENTENCES["hold"]), _("今天开会，还没有人签到。"))
            return Lead(now if today else past, attend, others)
        if self.sitting.reached is None:
            said = self._say(str(SENTENCES["serve"]), _("已经发通知，等开会。"))
            return Lead(said, serve, self._buttons(packet))
        again = self._mine(_("修改通知情况"), "serve")
        return Lead(_("已经通知，等开会。"), None, self._buttons(packet, again))

    def _during(self, quorum: Quorum) -> Lead:
        again = self._mine(_("修改到会人数"), "attend")
        put = [b for b in self.ballots if b.state != State.VOIDED]
        untouched = all(b.state == State.SCHEDULED for b in put)
        live = not self.sitting.paper
        between = all(b.state in (State.SCHEDULED, State.DECLARED) for b in put)
        left = self._mine(_("登记离会"), "leave") if live and between else None
        others = self._buttons(again if untouched and live else None, left)
        if not quorum.stands and any(b.state == State.DECLARED for b in put):
            said = self._say(
                _("人数不够，剩下的议题不能表决。等人回来，或者散会。"),
                _("人数不够，剩下的议题现在不能表决。"),
            )
            return Lead(said, self._mine(_("散会"), "close"), others)
        if not quorum.stands:
            lapse = self._mine(_("宣布流会"), "lapse")
            said = self._say(
                _("人数不够。等人到齐再开始表决，或者宣布流会、另行通知。"),
                _("人数不够，现在不能表决。"),
            )
            return Lead(said, lapse, others)
        for ballot in put:
            if step := self._step(ballot):
                return Lead(step.sentence, step.button, [*step.others, *others])
        said = self._say(
            _("剩下的议题还没到这一步，这次会议不能表决，可以散会。"),
            _("剩下的议题还没到这一步，这次会议不能表决。"),
        )
        return Lead(said, self._mine(_("散会"), "close"), others)

    def _step(self, ballot: Ballot) -> Lead | None:
        """What this item waits for; None where nothing, or not yet."""
        title = {"title": ballot.matter.title}
        paper = self.sitting.paper
        if ballot.state == State.SCHEDULED and (paper or in_its_place(ballot)):
            if paper:
                said = self._say(
                    _("请录入《%(title)s》的票数"), _("《%(title)s》的票数还没有录入")
                )
                return Lead(said % title, self._of(ballot, _("录入票数"), "count"))
            said = self._say(_("请就《%(title)s》表决"), _("等着表决《%(title)s》"))
            recuse = self._of(ballot, _("登记回避"), "recuse")
            start = self._of(ballot, _("开始表决"), "open_ballot")
            return Lead(said % title, start, self._buttons(recuse))
        if ballot.state == State.OPEN:
            return self._being_cast(ballot) if ballot.electronic else self._open(ballot)
        if ballot.state == State.COUNTED:
            return self._to_be_witnessed(ballot)
        if ballot.state == State.WITNESSED:
            said = self._say(
                _("《%(title)s》的票数已经核对，请宣布结果"),
                _("《%(title)s》的票数已经核对，等着宣布结果"),
            )
            return Lead(said % title, self._of(ballot, _("宣布结果"), "declare"))
        return None

    def _open(self, ballot: Ballot) -> Lead:
        said = self._say(
            _("正在表决《%(title)s》，请录入票数"), _("正在表决《%(title)s》")
        )
        title = {"title": ballot.matter.title}
        return Lead(said % title, self._of(ballot, _("录入票数"), "count"))

    def _being_cast(self, ballot: Ballot) -> Lead:
        """People vote; whoever keeps the sitting helps them, and ends it."""
        come = turnout(ballot)
        facts = {"title": ballot.matter.title, "n": come.cast, "of": come.of}
        said = _("正在表决《%(title)s》：%(of)s 人可以投票，已经收到 %(n)s 票") % facts
        if ballot.deadline:
            said += _("，%(at)s截止") % {"at": zh_time(ballot.deadline)}
        others = [
            self._of(ballot, _("打印表决条"), "slips"),
            self._of(ballot, _("现场代录"), "assist"),
            self._of(ballot, _("登记回避"), "recuse"),
        ]
        end = self._of(ballot, _("结束表决"), "close_ballot")
        if asked_of(self.user).filter(pk=ballot.pk).exists():
            url = reverse("workflows:vote", args=[ballot.uid])
            return Lead(said, Button(_("我要表决"), url), self._buttons(end, *others))
        return Lead(said, end, self._buttons(*others))

    def _of(self, ballot: Ballot, label: str, name: str) -> Button | None:
        url = page_url(ballot, name)
        return Button(label, url, name, ballot) if self.keeps else None

    def _to_be_witnessed(self, ballot: Ballot) -> Lead:
        """The second person presses; the first may still put the counts right."""
        said = _("《%(title)s》的票数已经录入，请监票人核对")
        if ballot.electronic:
            said = _("《%(title)s》已经表决，请监票人核对票数")
        witness, may = None, self.reader.holds(permissions.witness.roles)
        if may and not unfit(ballot, self.user):
            witness = Button(_("监票确认"), page_url(ballot, "witness"))
        by_hand = not ballot.electronic
        again = self._of(ballot, _("重新录入票数"), "count") if by_hand else None
        others = [again]
        if not ballot.sitting.rules["count.witnessed"].refuses:
            others.append(self._of(ballot, _("宣布结果"), "declare"))
        return Lead(
            said % {"title": ballot.matter.title}, witness, self._buttons(*others)
        )

    def _after_lapse(self) -> Lead:
        again = self._call_again(self.ballots)
        return Lead(verdicts.lapsed(self.sitting), again)

    def _call_again(self, ballots: list[Ballot]) -> Button | None:
        """The notice of another sitting of this body, on these matters."""
        numbers = sorted({ballot.matter.number for ballot in ballots})
        asked = [("body", self.sitting.body), *(("matter", n) for n in numbers)]
        address = reverse("workflows:convene", args=[self.sitting.village.slug])
        again = Button(_("再次召集"), f"{address}?{urlencode(asked)}")
        return again if self.keeps else None

    def _after(self) -> Lead:
        """Where what was decided goes on, and what has to be decided anew."""
        put = [b for b in self.ballots if b.state == State.DECLARED]
        flawed = [b for b in put if b.flawed and b.matter.edge("convene")]
        left = [b for b in self.ballots if b.state == State.SCHEDULED]
        again = [b for b in flawed or left if in_its_place(b)]
        steps = [step for b in put if b not in again and (step := _goes_on(b))]
        if flawed:
            said = _("会议已经结束。程序有瑕疵的事项停在原来的一步，要按程序重新开会。")
            return Lead(said, self._call_again(again) if again else None, steps)
        if again:
            said = _("会议已经结束。没有表决的议题，另行召集会议。")
            return Lead(said, self._call_again(again), steps)
        return Lead(_("会议已经结束。"), None, steps)


def _goes_on(ballot: Ballot) -> Button | None:
    """The matter's own page, named by what comes next."""
    matter = ballot.matter
    step = next_step(matter)
    said = _("《%(title)s》下一步：%(next)s") % {"title": matter.title, "next": step}
    return Button(said, matter_url(matter)) if step else None
