"""What can be recorded of notices, of those who answer to them, and of a village."""

from django.utils.translation import gettext_lazy as _

from audit.facts import (
    BOOL,
    CODE,
    COUNT,
    DAY,
    HASH,
    HASHES,
    MATTER_TYPES,
    MONEY,
    REF,
    SEALED,
    optional,
)

from .kind import RULES, SHOWN, Kind

NOTICE_KINDS = (
    Kind(
        "notice.published",
        _("发布公示"),
        facts={"content": CODE, "text_hash": HASH, "days": optional(COUNT)}
        | {"matter": optional(REF), "sitting": optional(REF)}
        | {"item": optional(CODE), "inapplicable": BOOL, "supersedes": optional(REF)}
        | RULES,
    ),
    Kind(
        "notice.posted",
        _("张贴"),
        _("%(posted_on)s张贴，公示至%(last_on)s"),
        facts=SHOWN | {"posted_on": DAY, "photo_hash": optional(HASH)} | RULES,
    ),
    Kind(
        "notice.repaired",
        _("补贴"),
        _("公示被毁损，%(repaired_on)s补贴"),
        facts={"repaired_on": DAY, "photo_hash": optional(HASH)},
    ),
    Kind(
        "notice.taken_down",
        _("撤下"),
        _("%(taken_on)s撤下"),
        facts={"taken_on": DAY, "early": BOOL},
    ),
    Kind(
        "notice.audited",
        _("村务监督委员会审核"),
        facts={"outcome": CODE, "text": optional(SEALED)},
    ),
    Kind(
        "notice.elapsed",
        _("公示期满"),
        _("%(first_on)s至%(last_on)s公示期满"),
        facts=SHOWN,
        clock=True,
    ),
    Kind(
        "audit.overdue",
        _("逾期未审核"),
        _("应于%(due_on)s前审核，逾期未审核"),
        facts={"due_on": DAY},
        of="notice",
        public=False,
        clock=True,
    ),
)

OBJECTION_KINDS = (
    Kind(
        "objection.lodged",
        _("收到异议"),
        _("收到异议，%(due_on)s前答复"),
        facts={"notice": REF, "matter": optional(REF), "due_on": DAY, "text": SEALED}
        | {"name": optional(SEALED), "ruleset": CODE},
    ),
    Kind(
        "objection.answered",
        _("答复异议"),
        facts={"outcome": CODE, "remedy": optional(CODE), "text": SEALED, "late": BOOL},
    ),
    Kind(
        "objection.overdue",
        _("异议逾期未答复"),
        _("异议应于%(due_on)s前答复，逾期未答复"),
        facts={"due_on": DAY},
        public=False,
        clock=True,
    ),
    Kind(
        "opinion.suggested",
        _("监督意见"),
        _("监督意见，%(due_on)s前答复"),
        facts={"matter": optional(REF), "due_on": DAY, "text": SEALED},
        public=False,
    ),
    Kind("opinion.answered", _("答复监督意见"), facts={"text": SEALED}, public=False),
)

VILLAGE_KINDS = (
    Kind(
        "village.authorised",
        _("村民会议授权"),
        facts={"everything": BOOL, "types": optional(MATTER_TYPES)}
        | {"from_on": DAY, "until": optional(DAY), "resolved_by": optional(SEALED)}
        | {"matter": optional(REF), "sitting": optional(REF)},
    ),
    Kind("village.erased", _("删去个人信息"), facts={"erased": HASHES}, public=False),
    Kind(
        "report.given",
        _("通报进展"),
        _("通报：进度 %(progress)s%%，已支出 %(spent)s 元"),
        facts={"progress": COUNT, "spent": MONEY, "note": optional(SEALED)}
        | {"notice": optional(REF)},
        of="matter",
    ),
)
