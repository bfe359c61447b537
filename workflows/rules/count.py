"""Who votes, and whether the counts close and were seen by a second person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from . import Refusal, Shortfall, Words, rule

if TYPE_CHECKING:
    from workflows.models import Matter, Sitting


@rule(
    {
        "": Words(
            _("不在表决名册"),
            _("到会登记里有 %(n)s 人不在本次会议的名册上，或者没有表决权。"),
            _("名册有误的，先更正名册再开会；没有表决权的记为列席。"),
        ),
        # What a single person is told who wants to vote.
        "stranger": Words(
            _("不在表决名册"),
            _("%(name)s不在本次会议的名册上。"),
            _("名册有误的，先更正名册再开会。"),
        ),
        "probationary": Words(
            _("预备党员没有表决权"),
            _("%(name)s是预备党员，可以发言，不参加表决。"),
            _("记为列席。"),
        ),
        "absent": Words(
            _("没有登记到会"),
            _("%(name)s没有登记到会，到会的人才能表决。"),
            _("已经到会的，请会议记录人补登记。"),
        ),
        "left": Words(
            _("已经离会"),
            _("%(name)s已经登记离会，不算到会，不能表决。"),
            _("还在会场的，请告诉会议记录人。"),
        ),
        "voted": Words(
            _("已经表决过"),
            _("%(name)s已经表决过，一人一票。"),
            _("看回执。"),
        ),
        "recused": Words(
            _("本项回避"),
            _("%(name)s与本项有利害关系，不参加本项表决，仍计入组成人员。"),
            _("等本项结束，其他议题照常表决。"),
        ),
    }
)
def voter_is_eligible(matter: Matter) -> Shortfall | None:
    """Only those entitled on the frozen roster were counted as having come."""
    assert matter.question is not None
    sitting = matter.question.sitting
    strangers = sitting.strangers
    if not strangers:
        return None
    return Shortfall(sitting.rules, "voters.on_roster", "", {"n": strangers})


# Under which key a single person may not vote, by what the database answers.
NOT_THIS_ONE = {
    "stranger": "voters.on_roster",
    "probationary": "pm.voters",
    "absent": "vote.electronic",
    "left": "vote.electronic",
    "voted": "ballot.invariant",
    "recused": "vote.recusal",
}


def not_this_voter(sitting: Sitting, case: str, name: str) -> Refusal:
    """Why just this person does not vote on just this question."""
    facts = {"name": name}
    shortfall = Shortfall(sitting.rules, NOT_THIS_ONE[case], case, facts)
    return Refusal(voter_is_eligible, shortfall)


@rule(
    {
        "more": Words(
            _("票数多于到会人数"),
            _("四项合计 %(sum)s 票，到会 %(n)s 人，多出 %(more)s 票。"),
            _("重新清点；收回的票多于发出的票，本次表决作废。"),
        ),
        "returned": Words(
            _("收回的票多于发出的票"),
            _("发出 %(issued)s 张，收回 %(returned)s 张。"),
            _("本次表决作废，重新投票。"),
        ),
        "issued": Words(
            _("发出的票多于到会人数"),
            _("发出 %(issued)s 张，到会 %(n)s 人。"),
            _("重新清点。"),
        ),
        "diff": Words(
            _("合计对不上"),
            _(
                "赞成 %(f)s + 反对 %(a)s + 弃权 %(b)s + 无效 %(i)s = %(sum)s，"
                "收回 %(returned)s 张，差 %(diff)s。"
            ),
            _("对照计票单重新录入。"),
        ),
    }
)
def ballots_match_attendance(matter: Matter) -> Shortfall | None:
    """For, against, abstain and invalid are what was returned of what was issued."""
    assert matter.question is not None
    ballot = matter.question
    figures = ballot.figures
    if figures is None or not (case := figures.mismatch):
        return None
    return Shortfall(ballot.sitting.rules, "ballot.invariant", case, figures.facts)


@rule(
    {
        "none": Words(
            _("票数还没有监票人核对"),
            _("手工计数的票，要有一名监票人核对，不能是录入人。"),
            _("请监票人按“监票确认”，或上传有监票人签字的计票单。"),
        ),
        "cast": Words(
            _("票数还没有监票人核对"),
            _("电子表决的票数，也要有一名监票人核对，不能是结束表决的人。"),
            _("请监票人按“监票确认”。"),
        ),
    }
)
def count_witnessed(matter: Matter) -> Shortfall | None:
    """A second person has compared the counts with the sheet, or with the room."""
    assert matter.question is not None
    ballot = matter.question
    tally = ballot.tally
    if tally is not None and tally.witnessed:
        return None
    case = "cast" if ballot.electronic else "none"
    return Shortfall(ballot.sitting.rules, "count.witnessed", case)
