"""The timeline: what was done, by which office, on which day, and when entered."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from audit import clock
from audit.models import ERASED
from workflows.models import Absence, Approval, NoticeAudit, Objection, Rectification

from .words import flaw, who

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from audit.models import Entry
    from workflows.models import Ballot

# The sealed facts worth reading, in the order in which they are read.
LABELS = {
    "title": lazy("事项名称"),
    "who": lazy("姓名"),
    "reason": lazy("理由"),
    "source": lazy("采纳意见"),
    "name": lazy("名称"),
    "absent_because": lazy("无此材料的原因"),
    "acceptors": lazy("验收人"),
    "text": lazy("内容"),
    "note": lazy("完成内容"),
    "number": lazy("文号"),
    "special": lazy("临时通知的理由"),
    "witness": lazy("另一人"),
    "caller": lazy("唱票人"),
    "teller": lazy("计票人"),
}
OWN_LABELS = {
    ("sitting.excused", "reason"): lazy("缺席原因"),
    ("sitting.excused", "note"): lazy("说明"),
    ("objection.lodged", "name"): lazy("异议人"),
    ("matter.corrected", "witness"): lazy("核对人"),
    ("ballot.counted", "witness"): lazy("监票人"),
}
OUTCOMES = {
    "again": lazy("没有改到位，继续改正"),
    **dict(Objection.State.choices),
    **dict(Approval.Outcome.choices),
}
OF_KIND = {
    "notice.audited": dict(NoticeAudit.Outcome.choices),
    "matter.examined": {"pass": lazy("已改正"), "again": OUTCOMES["again"]},
    "matter.attached": {},
}
CODES = {("sitting.excused", "reason"): dict(Absence.Reason.choices)}
ARRIVED = "sitting.arrived"
VOTES = ("votes_for", "votes_against", "abstain", "invalid")


@dataclass(frozen=True)
class Fact:
    """One thing an entry says beyond its sentence."""

    label: str
    value: str


@dataclass(frozen=True)
class Event:
    """An entry as _timeline.html shows it."""

    what: str
    who: str
    held_on: date | None
    recorded_at: datetime
    late: bool
    facts: list[Fact] = field(default_factory=list)


def timeline(
    entries: Iterable[Entry],
    *,
    for_officers: bool,
    items: Mapping[str, str] | None = None,
    ballots: Iterable[Ballot] = (),
) -> list[Event]:
    """In the order of recording; what is sealed is opened for officers alone.

    `items` is what the matter's disclosure items are called. Of `ballots` that a second
    person is still to count, the first counts are not shown.
    """
    unseen = {ballot.subject for ballot in ballots if ballot.waits_unseen}
    events: list[Event] = []
    for kind, found in groupby(entries, lambda entry: entry.kind):
        row = list(found)
        shown = [
            _event(
                entry,
                items or {},
                for_officers=for_officers,
                votes=entry.subject not in unseen,
            )
            for entry in row
        ]
        events += [_all_came(row, shown)] if kind == ARRIVED else shown
    return events


def _all_came(entries: list[Entry], shown: list[Event]) -> Event:
    """People who sign in one after the other are one line, as of the last of them."""
    last = shown[-1]
    if len(shown) == 1:
        return last
    facts = {"n": len(shown), "present": entries[-1].facts["present"]}
    names = "、".join(fact.value for event in shown for fact in event.facts)
    return replace(
        last,
        what=_("%(n)s 人签到，到会 %(present)s 人") % facts,
        who="、".join(dict.fromkeys(who(entry, by_name=False) for entry in entries)),
        facts=[Fact(str(LABELS["who"]), names)] if names else [],
    )


def _event(
    entry: Entry, items: Mapping[str, str], *, for_officers: bool, votes: bool
) -> Event:
    recorded_on = clock.local(entry.recorded_at).date()
    # What is called for a later day is done on the day it was called.
    ahead = entry.held_on is not None and entry.held_on > recorded_on
    return Event(
        what=_what(entry, items),
        who=who(entry, by_name=for_officers),
        held_on=None if ahead else entry.held_on,
        recorded_at=entry.recorded_at,
        late=entry.held_on is not None and entry.held_on < recorded_on,
        facts=list(_facts(entry, votes=votes)) if for_officers else [],
    )


def _what(entry: Entry, items: Mapping[str, str]) -> str:
    """The sentence of its kind; of a disclosure, what was disclosed."""
    item = items.get(entry.facts.get("item") or "")
    if item:
        return _("公开%(item)s") % {"item": item}
    return entry.declared.sentence(entry.facts)


def _facts(entry: Entry, *, votes: bool) -> Iterator[Fact]:
    opened = entry.opened()
    if votes and opened.get("votes_for") is not None:
        yield Fact(_("票数"), _votes(opened))
    if outcome := opened.get("outcome"):
        words = OF_KIND.get(entry.kind, OUTCOMES)
        yield Fact(_("结果"), str(words.get(outcome, outcome)))
    if basis := opened.get("basis"):
        yield Fact(_("法律依据"), str(Rectification.Basis(basis).label))
    if flaws := opened.get("flaws"):
        yield Fact(_("程序瑕疵"), "、".join(flaw(name) for name in flaws))
    for name, label in LABELS.items():
        value = opened.get(name)
        if value or value is ERASED:
            own = OWN_LABELS.get((entry.kind, name), label)
            yield Fact(str(own), _plain(value, CODES.get((entry.kind, name), {})))


def _votes(opened: dict[str, Any]) -> str:
    if any(opened[name] is ERASED for name in VOTES):
        return str(ERASED)
    return _("赞成 %(f)s、反对 %(a)s、弃权 %(b)s、无效 %(i)s") % dict(
        zip("fabi", (opened[name] for name in VOTES), strict=True)
    )


def _plain(value: Any, words: Mapping[Any, Any]) -> str:
    """A value as it is read; `words` are those of codes."""
    if isinstance(value, list):
        return "、".join(map(str, value))
    return str(words.get(value, value))
