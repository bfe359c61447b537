"""What can be recorded of a matter."""

from django.utils.translation import gettext_lazy as _

from audit.facts import (
    BOOL,
    CODE,
    COUNT,
    DAY,
    HASH,
    MATTER_TYPE,
    MONEY,
    REF,
    SEALED,
    optional,
)

from .kind import CORRECTION, MOVE, NOTICE, RULES, TALLY, TEXT, Kind

MATTER_KINDS = (
    Kind(
        "matter.drafted",
        _("起草"),
        facts={"stage": CODE, "type": MATTER_TYPE, "chain": CODE, "title": SEALED}
        | {"amount": optional(MONEY), "follows": optional(REF)}
        | {"origin": optional(CODE), "origin_count": optional(COUNT)}
        | TEXT
        | RULES,
    ),
    Kind("matter.initiated", _("党组织提议"), facts=MOVE | TEXT | RULES),
    Kind("matter.proposed", _("两委提出方案"), facts=MOVE | TALLY),
    Kind(
        "matter.reviewed",
        _("党员大会审议"),
        facts=MOVE | TALLY | {"effect": optional(CODE)},
    ),
    Kind("matter.adopted", _("形成决议"), facts=MOVE | TALLY),
    Kind("matter.rejected", _("未通过"), facts=MOVE | TALLY),
    Kind(
        "matter.corrected",
        _("勘误"),
        facts=TEXT | {"witness": SEALED, "change": optional(SEALED)},
    ),
    Kind(
        "matter.amended",
        _("采纳意见修改"),
        _("采纳意见，改为第 %(text_version)s 稿"),
        facts=TEXT
        | {"source": SEALED, "change": optional(SEALED)}
        | {"objection": optional(REF), "sitting": optional(REF)},
    ),
    Kind(
        "matter.revised",
        _("方案重大修改，回到起草"),
        facts=MOVE | TEXT | {"reason": optional(SEALED)},
    ),
    Kind("matter.withdrawn", _("撤回"), facts=MOVE | {"reason": SEALED}),
    Kind(
        "matter.announced",
        _("公示决议"),
        facts=MOVE | NOTICE | {"ballot": REF},
    ),
    Kind(
        "matter.reopened",
        _("异议成立，重新表决"),
        facts=MOVE | {"objection": REF},
    ),
    Kind(
        "matter.begun",
        _("组织实施"),
        facts=MOVE | RULES | {"waits_for": optional(CODE), "in_notice": BOOL},
    ),
    Kind(
        "matter.accepted",
        _("验收"),
        facts=MOVE | {"people": COUNT, "supervisors": COUNT, "acceptors": SEALED},
    ),
    Kind("matter.completed", _("办结"), facts=MOVE),
    Kind(
        "matter.reported",
        _("公示实施结果"),
        facts=MOVE | NOTICE,
    ),
    Kind("matter.archived", _("归档"), facts=MOVE),
    Kind(
        "matter.ordered",
        _("责令改正"),
        _("责令改正，限%(due_on)s前"),
        facts=MOVE
        | {"rectification": REF, "basis": CODE, "due_on": DAY, "text": SEALED},
    ),
    Kind(
        "matter.complied",
        _("报告改正情况"),
        facts={"rectification": REF, "text": SEALED, "late": BOOL},
    ),
    Kind(
        "matter.examined",
        _("核查改正"),
        facts=MOVE
        | {"rectification": REF, "outcome": CODE}
        | {"due_on": optional(DAY), "text": optional(SEALED)},
    ),
    Kind("matter.advised", _("合法性提示"), facts={"text": SEALED}, public=False),
    Kind(
        "matter.approved",
        _("登记报批（报备）"),
        facts={"approval": CODE, "outcome": CODE}
        | {"authority": optional(CODE), "number": optional(SEALED)},
    ),
    Kind(
        "matter.attached",
        _("添加材料"),
        facts={"document": optional(CODE), "file_hash": optional(HASH), "name": SEALED}
        | {"absent_because": optional(SEALED)},
    ),
    Kind(
        "matter.recounted",
        _("更正票数"),
        facts=MOVE
        | TALLY
        | CORRECTION
        | {"supersedes": optional(REF), "photo_hash": optional(HASH)},
    ),
    Kind("matter.voided", _("表决作废"), facts=MOVE | {"ballot": REF} | CORRECTION),
    Kind(
        "matter.explained",
        _("说明情况"),
        facts={"finding": SEALED, "text": SEALED},
        public=False,
    ),
)
