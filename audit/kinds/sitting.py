"""What can be recorded of a sitting and of its ballots."""

from django.utils.translation import gettext_lazy as _

from audit.facts import (
    BOOL,
    CODE,
    CODES,
    COUNT,
    DAY,
    HASH,
    HASHES,
    INSTANT,
    REFS,
    SEALED,
    optional,
)

from .kind import AGENDA_ITEM, PAPERS, QUORUM, ROSTER, RULES, TEXT, VOTES, Kind

SITTING_KINDS = (
    Kind(
        "sitting.convened",
        _("召集会议"),
        _("召集会议，定于%(meets_on)s"),
        facts={"body": CODE, "mode": optional(CODE), "convenor": CODE}
        | {
            "meets_on": DAY,
            "noticed_on": DAY,
            "matters": REFS,
            "special": optional(SEALED),
        }
        | {name: optional(fact) for name, fact in ROSTER.items()}
        | RULES,
    ),
    Kind(
        "sitting.served",
        _("登记通知情况"),
        _("通知到 %(reached)s 人，未通知到 %(unreached)s 人"),
        facts={"reached": COUNT, "unreached": COUNT, "means": optional(CODES)},
    ),
    Kind(
        "sitting.attended",
        _("登记到会"),
        _("到会 %(present)s 人"),
        facts=ROSTER
        | {"body": CODE, "present": COUNT}
        | {"online": optional(COUNT), "proxies": optional(COUNT)},
    ),
    Kind(
        "sitting.arrived",
        _("签到"),
        _("1 人签到，到会 %(present)s 人"),
        facts=ROSTER | {"body": CODE, "present": COUNT, "signed": CODE, "who": SEALED},
    ),
    Kind(
        "sitting.excused",
        _("登记缺席"),
        facts={"reason": CODE, "who": SEALED, "note": optional(SEALED)},
    ),
    Kind(
        "sitting.observed",
        _("登记列席"),
        facts={"capacity": CODE, "who": SEALED, "post": optional(SEALED)},
    ),
    Kind(
        "sitting.unobserved",
        _("删去登记有误的列席人"),
        facts={"capacity": CODE, "who": SEALED},
    ),
    Kind(
        "sitting.left",
        _("登记离会"),
        _("%(left)s 人离会，到会 %(present)s 人"),
        facts={"left": COUNT, "present": COUNT, "who": optional(SEALED)},
    ),
    Kind(
        "sitting.lapsed",
        _("流会"),
        _("到会 %(present)s 人，至少要到 %(quorum_need)s 人，流会"),
        facts={"body": CODE, "present": COUNT} | ROSTER | QUORUM | RULES,
    ),
    Kind(
        "sitting.recorded",
        _("会后录入"),
        _("会后录入：到会 %(present)s 人"),
        facts={"body": CODE, "mode": optional(CODE), "convenor": optional(CODE)}
        | {"present": COUNT, "matters": REFS, "noticed_on": DAY}
        | {"special": optional(SEALED)}
        | {"sign_in_sheet": optional(HASH), "tally_sheet": optional(HASH)}
        | ROSTER
        | RULES,
    ),
    Kind(
        "sitting.attached",
        _("上传签字原件"),
        _("上传签字原件 %(pages)s 页"),
        facts={"sort": CODE, "first": COUNT, "pages": COUNT, "hashes": HASHES},
    ),
    Kind("sitting.closed", _("散会"), facts={"items": COUNT}),
    Kind(
        "sitting.not_held",
        _("会议没有开"),
        _("原定%(meets_on)s的会议没有开"),
        facts={"meets_on": DAY},
        public=False,
        clock=True,
    ),
)

BALLOT_KINDS = (
    Kind(
        "ballot.opened",
        _("开始表决"),
        _("就第 %(text_version)s 稿开始表决"),
        facts=AGENDA_ITEM
        | {"body": CODE, "method": CODE, "present": COUNT}
        | {"closes_at": optional(INSTANT)}
        | ROSTER
        | TEXT
        | RULES,
    ),
    Kind(
        "ballot.recused",
        _("登记回避"),
        facts=AGENDA_ITEM | {"who": SEALED, "reason": SEALED},
    ),
    Kind(
        "ballot.slips",
        _("打印表决条"),
        _("打印表决条 %(slips)s 张"),
        facts=AGENDA_ITEM | {"slips": COUNT},
    ),
    Kind(
        "ballot.assisted",
        _("现场代录"),
        facts=AGENDA_ITEM | {"who": SEALED, "signed": BOOL},
    ),
    Kind(
        "ballot.closed",
        _("结束表决"),
        _("结束表决，收回 %(returned)s 票"),
        # How each voted in a named ballot is told here, and nowhere in clear.
        facts=AGENDA_ITEM
        | VOTES
        | PAPERS
        | ROSTER
        | QUORUM
        | RULES
        | TEXT
        | {"method": CODE, "present": COUNT, "issued": COUNT, "returned": COUNT}
        | {"pass_key": CODE, "need": COUNT, "passed": BOOL, "recused": COUNT}
        | {"votes": optional(SEALED)},
    ),
    Kind(
        "ballot.counted",
        _("录入票数"),
        facts=AGENDA_ITEM
        | VOTES
        | PAPERS
        | {"present": COUNT}
        | {"witness": optional(SEALED), "sheet": optional(HASH)}
        | {"caller": optional(SEALED), "teller": optional(SEALED)},
    ),
    Kind(
        "ballot.witnessed",
        _("监票人确认票数"),
        facts=AGENDA_ITEM | VOTES | {"means": optional(CODE), "sheet": optional(HASH)},
    ),
    Kind(
        "ballot.declared",
        _("程序有瑕疵，不作为推进依据"),
        facts=AGENDA_ITEM
        | VOTES
        | ROSTER
        | {"passed": BOOL, "present": COUNT, "flaws": CODES},
    ),
    Kind("ballot.voided", _("表决作废"), facts=AGENDA_ITEM | {"reason": SEALED}),
)
