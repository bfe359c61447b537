"""Called long enough before; shown long enough after."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from audit import clock
from workflows.bodies import notice_key

from . import Shortfall, Words, rule

if TYPE_CHECKING:
    from workflows.models import Matter, Notice
    from workflows.rulebook import RuleSet


@rule(
    {
        "villagers": Words(
            _("通知得晚了"),
            _(
                "村民会议应当提前十日通知，最早可以在%(earliest)s召开，"
                "现定%(date)s，早了 %(missing)s 日。"
            ),
            _("改到%(earliest)s及以后；确有特殊情况的，写明理由后可以临时通知。"),
        ),
        "members": Words(
            _("通知得晚了"),
            _(
                "成员大会应当在召开十日前将时间、地点和审议事项通知全体成员，"
                "最早可以在%(earliest)s召开。"
            ),
            _("改期。"),
        ),
        "other": Words(
            _("通知得晚了"),
            _(
                "应当提前 %(days)s 日通知，现在只有 %(n)s 日，"
                "最早可以在%(earliest)s召开。"
            ),
            _("改到%(earliest)s及以后。"),
        ),
    }
)
def notice_given_in_time(matter: Matter) -> Shortfall | None:
    """The sitting was called as many days before as the law or the county asks."""
    assert matter.question is not None
    sitting = matter.question.sitting
    key = notice_key(sitting.body)
    if key not in sitting.rules:  # the law of that day did not know this body
        return None
    days = sitting.rules.days(key)
    given = (sitting.held_on - sitting.noticed_on).days
    if given >= days:
        return None
    special = sitting.body == "villagers" and "vm.notice_special" in sitting.rules
    if special and sitting.special_reason and sitting.rules["vm.notice_special"].value:
        return None
    earliest = sitting.noticed_on + timedelta(days=days)
    facts = {
        "days": days,
        "n": max(given, 0),
        "missing": days - given,
        "earliest": earliest,
        "date": sitting.held_on,
    }
    case = sitting.body if sitting.body in ("villagers", "members") else "other"
    return Shortfall(sitting.rules, key, case, facts)


@rule(
    {
        "unannounced": Words(
            _("还没有公示"),
            _("还没有发布%(kind)s。"),
            _("先发布公示，张贴后登记。"),
        ),
        "unposted": Words(
            _("还没有张贴"),
            _("公示已发布，但没有登记张贴，公示期没有开始。"),
            _("张贴后登记。"),
        ),
        "running": Words(
            _("公示期未满"),
            _("公示自%(start)s起，应满 %(days)s 日，到%(end)s止，还有 %(left)s 日。"),
            _("%(end)s次日起可以办。"),
        ),
        "short": Words(
            _("公示时间不够"),
            _(
                "上次公示%(start)s至%(taken)s，只有 %(n)s 日，"
                "少于 %(days)s 日，应当重新公示。"
            ),
            _("重新张贴，从明天起算。"),
        ),
    }
)
def shown_long_enough(matter: Matter) -> Shortfall | None:
    """The notice hung for its lawful time, counted without the first day."""
    begins = matter.stage == "announced"
    notice = matter.notice_on_show
    rules = notice.rules if notice else matter.rules_on()
    key = "pub.result_min_days" if matter.stage == "reported" else "pub.min_days"
    if begins:
        rules, key = matter.rules_on(), "implementation.waits_for"
        if rules[key].value == "none":
            return None
    if notice is None:
        kind = _("决议公示") if begins else _("公示")
        return Shortfall(rules, key, "unannounced", {"kind": kind})
    if notice.kind == notice.Kind.REPLY:
        return None
    return _time_left(notice, _wait(matter, notice, rules), rules, key)


def _wait(matter: Matter, notice: Notice, rules: RuleSet) -> int:
    """How many days must pass before the act."""
    if matter.stage != "announced":
        return int(notice.days)
    if rules["implementation.waits_for"].value == "objection_window":
        return min(int(notice.days), rules.days("objection.reply_days"))
    return int(notice.days)


def _time_left(notice: Notice, days: int, rules: RuleSet, key: str) -> Shortfall | None:
    if days == 0:
        return None
    posting = notice.posting
    if posting is None:
        return Shortfall(rules, key, "unposted")
    end = posting.first_day + timedelta(days=days - 1)
    facts = {"start": posting.first_day, "end": end, "days": days}
    taken = posting.taken_down_on
    if taken and taken <= end:
        shown = max((taken - posting.first_day).days, 0)
        return Shortfall(rules, key, "short", {**facts, "taken": taken, "n": shown})
    if clock.today() > end:
        return None
    left = min((end - clock.today()).days + 1, days)
    return Shortfall(rules, key, "running", {**facts, "left": left})
