"""Enough of those entitled came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from workflows.bodies import pass_key
from workflows.rulebook.words import portion

from . import Shortfall, Words, rule

if TYPE_CHECKING:
    from workflows.models import Matter, Sitting

TITLE = _("到会人数不够")
WHAT_TO_DO = _("等人到齐再开始表决，或者%(end)s、另行通知。")
LAPSE, CLOSE = _("宣布流会"), _("散会")
SENTENCES = {
    "reps": _(
        "组成人员 %(of)s 人，至少要到 %(min)s 人，"
        "现到会 %(n)s 人，还差 %(missing)s 人。"
    ),
    "villagers": _(
        "十八周岁以上村民 %(of)s 人，要有%(share)s即 %(min)s 人到会，"
        "现到会 %(n)s 人，还差 %(missing)s 人。"
    ),
    "households": _(
        "本村 %(of)s 户，要有%(share)s即 %(min)s 户的代表到会，"
        "现到 %(n)s 户，还差 %(missing)s 户。"
    ),
    "group": _(
        "本组 %(of)s %(unit)s，要有%(share)s即 %(min)s %(unit)s到会，现到 %(n)s。"
    ),
    "party": _(
        "应到会有表决权的党员 %(of)s 人，要有%(share)s即 %(min)s 人到会，"
        "现到 %(n)s 人，还差 %(missing)s 人。"
    ),
    "members": _(
        "具有完全民事行为能力的成员 %(of)s 人，要有%(share)s即 %(min)s 人参加，"
        "现参加 %(n)s 人（现场 %(a)s、在线 %(b)s、书面委托 %(c)s）。"
    ),
    "member_reps": _(
        "成员代表 %(of)s 人，决定事项须全体代表%(share)s即 %(min)s 人同意，"
        "现到 %(n)s 人，已不可能通过。"
    ),
    "joint": _(
        "两委成员 %(of)s 人，到会%(share)s即 %(min)s 人方可开会，现到 %(n)s 人。"
    ),
}


def quorum_facts(sitting: Sitting) -> dict[str, object]:
    """The numbers of the sentence: of whom, how many are needed, how many came."""
    need = sitting.quorum_need
    return {
        "share": _share(sitting, need),
        "of": sitting.eligible,
        "min": need,
        "n": sitting.present,
        "missing": need - sitting.present,
        "unit": _("户") if sitting.mode == "households" else _("人"),
        "a": sitting.in_person,
        "b": sitting.online,
        "c": sitting.by_proxy,
    }


def _share(sitting: Sitting, need: int) -> str:
    """How large a part must come; where none is asked for, must agree."""
    key = sitting.quorum_key if need else pass_key(sitting.body)
    return portion(sitting.rules.threshold(key)) if key in sitting.rules else ""


def quorum_case(sitting: Sitting) -> str:
    if sitting.body == "villagers" and sitting.mode == "households":
        return "households"
    return str(sitting.body)


@rule({case: Words(TITLE, said, WHAT_TO_DO) for case, said in SENTENCES.items()})
def quorum_present(matter: Matter) -> Shortfall | None:
    """Enough members of the body came."""
    assert matter.question is not None
    sitting = matter.question.sitting
    if sitting.quorate:
        return None
    return Shortfall(
        sitting.rules, sitting.quorum_key, quorum_case(sitting), refusal_facts(sitting)
    )


def refusal_facts(sitting: Sitting) -> dict[str, object]:
    """The numbers, and how a sitting ends that cannot go on."""
    end = CLOSE if sitting.has_decided else LAPSE
    return quorum_facts(sitting) | {"end": end}
