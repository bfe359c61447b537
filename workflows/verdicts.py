"""The outcome of a ballot as one sentence, with the numbers and the article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from workflows.rulebook.words import at_least, fraction, reached
from workflows.rules.majority import pass_key

if TYPE_CHECKING:
    from workflows.models import Ballot, Sitting, Tally

CAME = {
    "reps": lazy("组成人员 %(of)s 人，到会 %(n)s 人%(quorum)s（至少 %(min)s 人）；"),
    "villagers": lazy(
        "十八周岁以上村民 %(of)s 人，到会 %(n)s 人%(quorum)s（至少 %(min)s 人）；"
    ),
    "households": lazy(
        "本村 %(of)s 户，到会户代表 %(n)s 人%(quorum)s（至少 %(min)s 户）；"
    ),
    "group": lazy("本组 %(of)s %(unit)s，到会 %(n)s%(quorum)s（至少 %(min)s）；"),
    "party": lazy(
        "应到会有表决权的党员 %(of)s 人，到会 %(n)s 人%(quorum)s（至少 %(min)s 人）；"
    ),
    "joint": lazy("两委成员 %(of)s 人，到会 %(n)s 人，"),
    "members": lazy(
        "具有完全民事行为能力的成员 %(of)s 人，参加 %(n)s 人"
        "（现场 %(a)s、在线 %(b)s、书面委托 %(c)s）%(quorum)s；"
    ),
    "member_reps": lazy("成员代表 %(of)s 人，到会 %(n)s 人；"),
}
VOTED = lazy("赞成 %(f)s 票，")
VOTED_DOWN = lazy("赞成 %(f)s 票，反对 %(against)s 票，弃权 %(abstain)s 票，")
PASSED = {
    "present": lazy("%(over)s到会人员的%(share)s（至少 %(need)s 票），通过。"),
    "eligible": lazy("%(over)s%(whole)s的%(share)s（至少 %(need)s 票），通过。"),
    "party": lazy(
        "赞成 %(f)s 人，%(over)s应到会人数的%(share)s（至少 %(need)s 人），审议通过。"
    ),
    "joint": lazy("赞成 %(f)s 人，形成提议。"),
    "adopt": lazy(
        "赞成 %(f)s 人，%(over)s两委成员的%(share)s（至少 %(need)s 人），通过。"
    ),
}
FAILED = {
    "present": lazy("赞成未%(over)s到会人员的%(part)s（至少 %(need)s 票），未通过。"),
    "eligible": lazy(
        "未%(over)s%(whole)s %(of)s 人的%(part)s（至少 %(need)s 票），未通过。"
    ),
    "party": lazy(
        "赞成 %(f)s 人，未%(over)s应到会人数 %(of)s 人的%(part)s（至少 %(need)s 人），"
        "审议未通过。"
    ),
    "joint": lazy("赞成 %(f)s 人，未形成提议。"),
    "adopt": lazy(
        "赞成 %(f)s 人，未%(over)s两委成员的%(part)s（至少 %(need)s 人），未通过。"
    ),
}
WHOLE = {"members": lazy("全体成员"), "member_reps": lazy("全体成员代表")}


def verdict(ballot: Ballot, tally: Tally | None = None) -> str:
    """The counts, what they were measured against, the outcome and the article."""
    tally = tally or ballot.tally
    assert tally is not None
    sitting = ballot.sitting
    facts = _facts(sitting, tally) | _majority(ballot)
    came = str(CAME[_case(sitting)]) % facts
    said = f"{came}{_outcome(ballot, tally, facts)}{because(ballot)}。"
    return without_effect(ballot, said)


def outcome(ballot: Ballot) -> str:
    """How many were for it and what that makes: who came and why is said beside it."""
    tally = ballot.tally
    assert tally is not None
    facts = _facts(ballot.sitting, tally) | _majority(ballot)
    return without_effect(ballot, _outcome(ballot, tally, facts))


def because(ballot: Ballot) -> str:
    """The article by which it passed or not."""
    return ballot.sitting.rules.because(pass_key(ballot)).rstrip("，")


def without_effect(ballot: Ballot, sentence: str) -> str:
    """The same; of a flawed ballot it says first that what follows moves nothing."""
    if not ballot.flawed:
        return sentence
    return _("程序有瑕疵，不作为推进依据。当时的结果：%(said)s") % {"said": sentence}


def _outcome(ballot: Ballot, tally: Tally, facts: dict[str, Any]) -> str:
    words = PASSED if tally.passed else FAILED
    body = ballot.sitting.body
    if body == "joint" and ballot.matter.adopting.body == "joint":
        body = "adopt"
    if body in words:
        return str(words[body]) % facts
    threshold = ballot.sitting.rules.threshold(pass_key(ballot))
    votes = VOTED if tally.passed else VOTED_DOWN
    return (str(votes) + str(words[threshold.of])) % facts


def _case(sitting: Sitting) -> str:
    if sitting.body == "villagers" and sitting.mode == "households":
        return "households"
    return str(sitting.body)


def _majority(ballot: Ballot) -> dict[str, str]:
    """The share of the votes that was asked for, in the words of its rule set."""
    threshold = ballot.sitting.rules.threshold(pass_key(ballot))
    return {
        "over": reached(threshold),
        "share": at_least(threshold),
        "part": fraction(threshold),
    }


def _quorum(sitting: Sitting, tally: Tally) -> str:
    """Whether enough came, where that day's rules say how many must."""
    if not sitting.quorum_need:
        return ""
    threshold = sitting.rules.threshold(sitting.quorum_key)
    words = reached(threshold) + at_least(threshold)
    enough = tally.present >= tally.quorum_need
    return (_("，%(quorum)s") if enough else _("，未%(quorum)s")) % {"quorum": words}


def _facts(sitting: Sitting, tally: Tally) -> dict[str, Any]:
    return {
        "of": tally.eligible,
        "n": tally.present,
        "min": tally.quorum_need,
        "need": tally.need,
        "f": tally.votes_for,
        "against": tally.votes_against,
        "abstain": tally.abstain,
        "quorum": _quorum(sitting, tally),
        "unit": _("户") if sitting.mode == "households" else _("人"),
        "whole": WHOLE.get(sitting.body, _("应到人员")),
        "a": sitting.in_person,
        "b": sitting.online,
        "c": sitting.by_proxy,
    }


def short(ballot: Ballot) -> str:
    """Passed or not, in a word or two."""
    tally = ballot.tally
    if tally is None:
        return str(ballot.get_state_display())
    words = {
        "joint": (_("形成提议"), _("未形成提议")),
        "party": (_("审议通过"), _("审议未通过")),
    }
    # Where the joint sitting decides by itself, its yes is no mere proposal.
    body = "" if ballot.step_verb == "adopt" else ballot.sitting.body
    yes, no = words.get(body, (_("通过"), _("未通过")))
    return yes if tally.passed else no


def public_verdict(ballot: Ballot) -> str:
    """What everyone may read: of party and joint, only who came and the outcome.

    Somebody may have come or left since: those count who were there at this vote.
    """
    sitting, tally = ballot.sitting, ballot.tally
    if sitting.words.public:
        return verdict(ballot)
    assert tally is not None
    facts = {
        "body": sitting.words.short,
        "date": zh_date(sitting.held_on),
        "of": tally.eligible,
        "n": tally.present,
        "outcome": short(ballot),
    }
    said = _("%(body)s于%(date)s审议，应到 %(of)s 人，到会 %(n)s 人，%(outcome)s。")
    return without_effect(ballot, said % facts)


def lapsed(sitting: Sitting) -> str:
    """That nothing was decided, and how many were missing."""
    return _(
        "应到 %(of)s 人，到会 %(n)s 人，未达到法定人数（至少 %(min)s 人），"
        "会议没有开成，事项留待下次会议。"
    ) % {"of": sitting.eligible, "n": sitting.present, "min": sitting.quorum_need}


def zh_date(day: Any) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
