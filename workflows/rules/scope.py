"""Which body must decide which kind of matter, and what none may decide."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from workflows import rulebook
from workflows.bodies import BODIES, pass_key
from workflows.rulebook.words import portion

from . import Shortfall, Words, rule

if TYPE_CHECKING:
    from workflows.models import Matter, Sitting
    from workflows.rulebook import RuleSet


@rule(
    {
        "members": Words(
            _("应由成员大会决定"),
            _("“%(type)s”须由集体经济组织成员大会决定，%(body)s不能决定。"),
            _("召集成员大会，提前十日通知全体成员。"),
        ),
        "barred": Words(
            _("成员代表大会不能决定此事"),
            _("本事项属于法律规定不得由成员代表大会行使的职权。"),
            _("改为召集成员大会。"),
        ),
        "villagers": Words(
            _("应由村民会议决定"),
            _("“%(type)s”由村民会议决定，%(body)s不能决定。"),
            _("召集村民会议（可按户派代表）。"),
        ),
        "households": Words(
            _("须按户计票"),
            _("筹资筹劳方案由村民代表会议表决时，按代表的户数计算。"),
            _("先核对推选户数，或改开村民会议。"),
        ),
        "group": Words(
            _("应由村民小组会议决定"),
            _("本事项只涉及%(group)s，应由小组会议决定。"),
            _("召集小组会议。"),
        ),
        "acting": Words(
            _("村委会代行，按集体经济组织法办"),
            _(
                "本村没有设立集体经济组织，由村民委员会代行职能，"
                "仍应由全体成员%(share)s同意。"
            ),
            _("由村民委员会召集成员大会。"),
        ),
        "nobody": Words(
            _("应由登记参加选举的村民投票"),
            _("“%(type)s”不由%(body)s决定。"),
            _("按法定的投票程序办理。"),
        ),
        "other": Words(
            _("不由这个会议决定"),
            _("“%(type)s”由%(bodies)s决定，%(body)s不能决定。"),
            _("改为召集%(bodies)s。"),
        ),
    }
)
def body_is_competent(matter: Matter) -> Shortfall | None:
    """The body is the one the law names for this kind of matter."""
    assert matter.question is not None
    sitting = matter.question.sitting
    competent = _competent(matter, sitting)
    if competent is None or sitting.body in competent:
        return None
    key = f"bodies.{matter.type}"
    if key not in sitting.rules:
        key = "vg.quorum" if competent == ("group",) else "vm.matters"
    facts = {
        "type": matter.kind.label,
        "body": BODIES[sitting.body].short,
        "bodies": "、".join(str(BODIES[body].short) for body in competent),
        "group": matter.group_name or _("一个村民小组"),
        "share": _members_share(sitting.rules),
    }
    return Shortfall(sitting.rules, key, _case(matter, sitting, competent), facts)


def _members_share(rules: RuleSet) -> str:
    """How large a part of the collective's members must agree, since there is one."""
    key = pass_key("members")
    return portion(rules.threshold(key)) if key in rules else ""


def _competent(matter: Matter, sitting: Sitting) -> tuple[str, ...] | None:
    """The bodies that may adopt it, or None where this sitting adopts nothing.

    A chain that names its own body, the committees or a group, may not take what
    the law keeps for others; what representatives may decide can be left to them.
    """
    step, body = matter.adopting, sitting.body
    named = sitting.rules.bodies(matter.type)
    known = f"bodies.{matter.type}" in sitting.rules
    if pass_key(body) not in sitting.rules:  # the law of the day has no such body
        return named or ("reps", "villagers")
    if step.body != "competent":
        if body != step.body:
            return (step.body,) if BODIES[body].verb == "adopt" else None
        return named if known and "reps" not in named else (body,)
    if BODIES[body].verb != "adopt" or not known:
        return None
    return named


def _case(matter: Matter, sitting: Sitting, competent: tuple[str, ...]) -> str:
    """Which of the ways to be the wrong body this is."""
    if not competent:
        return "nobody"
    if matter.for_collective and competent == ("members",):
        return "acting"
    if competent == ("members",):
        return "barred" if sitting.body == "member_reps" else "members"
    if competent == ("villagers",):
        return "households" if matter.type == "M04" else "villagers"
    return "group" if competent == ("group",) else "other"


@rule(
    {
        "none": Words(
            _("还没有授权"),
            _("村民代表会议只能决定村民会议授权的事项，还没有登记对“%(type)s”的授权。"),
            _("登记村民会议的授权决议；没有授权的，提请村民会议决定。"),
        ),
        "expired": Words(
            _("授权已经到期"),
            _("授权已于%(date)s到期。"),
            _("提请村民会议重新授权。"),
        ),
        "beyond": Words(
            _("超出授权范围"),
            _("授权范围是%(scope)s，不包括“%(type)s”。"),
            _("提请村民会议决定。"),
        ),
    }
)
def authorised(matter: Matter) -> Shortfall | None:
    """The villagers' meeting has let the representatives decide this."""
    assert matter.question is not None
    sitting = matter.question.sitting
    key = "vr.authorization_required"
    if sitting.body != "reps" or not sitting.rules[key].value:
        return None
    if matter.kind.statute_names_reps or matter.adopting.body != "competent":
        return None
    case, facts = _authorisation(matter, sitting.held_on)
    return Shortfall(sitting.rules, key, case, facts) if case else None


def _authorisation(matter: Matter, day: date) -> tuple[str, dict[str, object]]:
    facts: dict[str, object] = {"type": matter.kind.label}
    given = [a for a in matter.village.authorisations.all() if a.since <= day]
    covering = [a for a in given if a.everything or matter.type in a.types]
    if any(a.until is None or a.until >= day for a in covering):
        return "", facts
    if covering:
        last = max(a.until for a in covering if a.until)
        return "expired", {**facts, "date": last}
    if holding := [a for a in given if a.until is None or a.until >= day]:
        codes = dict.fromkeys(code for a in holding for code in a.types)
        scope = "、".join(f"“{rulebook.matter_type(code).label}”" for code in codes)
        return "beyond", {**facts, "scope": scope}
    return "none", facts


@rule(
    {
        "forbidden": Words(
            _("村民委员会不得提供担保"),
            _("村民委员会不得为任何单位、个人提供担保。"),
            _("本事项不能由村民委员会办理。"),
        ),
        "void": Words(
            _("村委会担保一般无效"),
            _(
                "村民委员会提供担保一般无效；"
                "依法代行集体经济组织职能且经法定程序讨论决定的除外。"
            ),
            _("说明属于哪一种；咨询乡镇司法所。"),
        ),
    }
)
def no_guarantee(matter: Matter) -> Shortfall | None:
    """The village committee guarantees nobody's debt."""
    if not matter.guarantee:
        return None
    rules = matter.question.sitting.rules if matter.question else matter.rules_on()
    key = "guarantee.by_committee"
    return Shortfall(rules, key, "forbidden" if rules[key].refuses else "void")


@rule(
    Words(
        _("表决开始后不能撤回"),
        _("%(body)s已于%(date)s开始表决本事项。"),
        _("等表决结束；需要改变决议的，提请原会议或村民会议变更。"),
    )
)
def withdraw_in_time(matter: Matter) -> Shortfall | None:
    """Nothing is withdrawn once the deciding ballot has opened."""
    ballot = matter.open_deciding_ballot
    if ballot is None:
        return None
    facts = {
        "body": ballot.sitting.words.short,
        "date": ballot.sitting.held_on,
    }
    return Shortfall(matter.rules_on(), "withdraw.before_decision", "", facts)
