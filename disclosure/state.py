"""How a notice and its matter stand on a day, in the words villagers read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from workflows.models import Notice
from workflows.stage import BEFORE_DECISION, CLOSED, Stage

if TYPE_CHECKING:
    from workflows.models import Matter, Posting, Resolution

Kind = Notice.Kind
# The stages at which a notice of that kind is what the matter waits for.
WAITS_FOR = {Kind.RESOLUTION: Stage.ANNOUNCED, Kind.RESULT: Stage.REPORTED}


@dataclass(frozen=True)
class State:
    """One sentence, the colour of its tag, and the days it speaks of."""

    words: str
    tone: str
    first: date | None = None
    last: date | None = None
    left: int | None = None  # days it still hangs, today included

    @property
    def runs(self) -> bool:
        return self.left is not None


def state_of(notice: Notice, day: date) -> State:
    """What the tag of a notice says; its rows must come from `board.shown()`."""
    newer = getattr(notice, "superseded_by", None)
    if newer is not None:
        if newer.kind == Kind.REPLY:
            return State(_("已更正"), "over")
        return State(_("已更正，请看%(no)s") % {"no": newer.uid}, "over")
    if undone := _undone(notice):
        return State(undone, "stop")
    state = _hanging(notice, day)
    if refused(notice):
        words = _("未通过，%(state)s") % {"state": state.words}
        return State(words, "stop", state.first, state.last, state.left)
    return state


def refused(notice: Notice) -> bool:
    """Whether it tells of a no."""
    if notice.kind != Kind.RESOLUTION or notice.resolution is None:
        return False
    return not notice.resolution.passed


def _undone(notice: Notice) -> str:
    """That what it tells of is no longer so, and no newer notice says it yet."""
    matter = notice.matter
    if notice.kind != Kind.RESOLUTION or matter is None:
        return ""
    if matter.stage in BEFORE_DECISION:
        return _("原决议需要重新表决")
    if matter.stage == Stage.WITHDRAWN:
        return _("已撤回")
    if notice.resolution_id != newest_resolution(notice):
        return _("决议有变动，待发布新的公示")
    return ""


def newest_resolution(notice: Notice) -> int | None:
    found: int | None = notice.newest_resolution  # type: ignore[attr-defined]
    return found


def _hanging(notice: Notice, day: date) -> State:
    posting = notice.posting
    if posting is None:
        return _unposted(notice)
    first, last = posting.first_day, posting.last_day
    taken = posting.taken_down_on
    if taken and taken <= last:
        return State(_("已撤下（提前，需重新公示）"), "stop")
    if day > last:
        return State(_("公示已满"), "over", first, last)
    left = days_left(posting, day)
    words = _("公示中，还有 %(n)s 天") % {"n": left}
    return State(words, "up", first, last, left)


def days_left(posting: Posting, day: date) -> int:
    """How many days it still hangs, this one included; the day of posting does not
    count."""
    return (posting.last_day - max(day, posting.first_day)).days + 1


def _unposted(notice: Notice) -> State:
    if notice.kind == Kind.BULLETIN:
        return State(_("已通报"), "")
    if notice.matter is not None and notice.matter.stage in CLOSED:
        return State(_("已公布"), "")
    return State(_("已发布，待张贴"), "ask")


def seen(matter: Matter) -> str:
    """How far the matter has come; empty where that is not for everybody yet."""
    return str(matter.chain.seen(matter.stage, works=matter.kind.works))


def seen_while_shown(matter: Matter, notice: Notice | None, day: date) -> str:
    """The same at a stage that waits for this notice: how long, or what comes next."""
    chain, works = matter.chain, matter.kind.works
    if notice is None or notice.posting is None:
        return str(chain.seen(chain.before(matter.stage) or "", works=works))
    state = state_of(notice, day)
    if state.left is not None:
        return str(chain.seen(matter.stage, days=state.left, works=works))
    if notice.elapsed(day):
        return str(chain.todo(matter.stage, works=works))
    return seen(matter)


def stage_beside(notice: Notice) -> str:
    """The same, where the notice's own tag does not say it already."""
    matter = notice.matter
    if matter is None or WAITS_FOR.get(Kind(notice.kind)) == matter.stage:
        return ""
    if matter.stage == Stage.REJECTED:
        return ""
    return seen(matter)


def outcome(resolution: Resolution) -> str:
    """The counts and the outcome in a line; the counts only of public bodies."""
    words, tally = resolution.ballot.sitting.words, resolution.tally
    facts = {
        "body": words.short,
        "f": tally.votes_for,
        "a": tally.votes_against,
        "b": tally.abstain,
        "passed": _("通过") if tally.passed else _("未通过"),
    }
    if not words.public:
        return _("%(body)s%(passed)s。") % facts
    return (
        _("%(body)s赞成 %(f)s 票，反对 %(a)s 票，弃权 %(b)s 票，%(passed)s。") % facts
    )
