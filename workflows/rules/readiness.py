"""What must be in order before a resolution is carried out, accepted or archived."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from audit import clock

from . import Shortfall, Words, rule

if TYPE_CHECKING:
    from workflows.models import Approval, Matter


@rule(
    {
        "missing": Words(
            _("村监委还没有审核"),
            _("本公示%(date)s发布，村务监督委员会尚未审核，已过 %(n)s 日。"),
            _("请村监委审核。"),
        ),
        "unannounced": Words(
            _("村监委还没有审核"),
            _("还没有发布公示，村务监督委员会无从审核。"),
            _("先发布公示。"),
        ),
        "unanswered": Words(
            _("监督意见还没有答复"),
            _("村务监督委员会%(date)s提出：%(text)s"),
            _("先答复或更正公示。"),
        ),
    }
)
def supervisors_reviewed(matter: Matter) -> Shortfall | None:
    """The supervisors audited the notice, and nothing they said waits for an answer."""
    notice = matter.notice_on_show
    rules = notice.rules if notice else matter.rules_on()
    key = "pub.supervisor_review"
    if notice is None:
        return Shortfall(rules, key, "unannounced")
    if notice.kind == notice.Kind.REPLY:
        return None
    audit = notice.audit
    if audit is None:
        n = (clock.today() - notice.published_on).days
        facts = {"date": notice.published_on, "n": n}
        return Shortfall(rules, key, "missing", facts)
    if audit.outcome == audit.Outcome.PASS:
        return None
    facts = {
        "date": clock.local(audit.audited_at).date(),
        "text": audit.note,
    }
    return Shortfall(rules, key, "unanswered", facts)


@rule(
    {
        "open": Words(
            _("还有异议没有答复"),
            _("有 %(n)s 件异议没有答复：%(nos)s，最早一件应于%(due)s前答复。"),
            _("先答复。"),
        ),
        "upheld": Words(
            _("异议成立，待更正公示"),
            _("异议 %(no)s 已认定成立，原公示应当更正。"),
            _("发布更正后的公示。"),
        ),
    }
)
def objections_answered(matter: Matter) -> Shortfall | None:
    """Every objection has its answer, and what was upheld was put right."""
    rules = matter.rules_on()
    every = list(matter.objections.all())
    standing = {notice.pk for notice in matter.standing_notices}
    waiting = [o for o in every if o.state == o.State.OPEN]
    if rules["objections.answered"].value == "until_due":
        # Past due it is the township's business, and holds nobody back for ever.
        waiting = [o for o in waiting if o.due_on >= clock.today()]
    if waiting:
        facts = {
            "n": len(waiting),
            "nos": "、".join(o.uid for o in waiting),
            "due": min(o.due_on for o in waiting),
        }
        return Shortfall(rules, "objections.answered", "open", facts)
    for objection in every:
        corrected = objection.remedy == objection.Remedy.CORRECTED_NOTICE
        if corrected and objection.notice_id in standing:
            return Shortfall(
                rules, "objections.answered", "upheld", {"no": objection.uid}
            )
    return None


@rule(
    Words(
        _("还有事项没有公开"),
        _("还没有公开：%(items)s。"),
        _("公开，或注明“本项不适用”。"),
    )
)
def disclosures_complete(matter: Matter) -> Shortfall | None:
    """Every item this type of matter must show before it begins has been shown."""
    missing = matter.missing_items
    if not missing:
        return None
    labels = "、".join(str(item.label) for item in missing)
    return Shortfall(
        matter.rules_on(), "construction.before_begin", "", {"items": labels}
    )


@rule(
    Words(
        _("还缺材料"),
        _("还缺：%(names)s。"),
        _("上传，或注明“无此材料”的原因。"),
    )
)
def documents_complete(matter: Matter) -> Shortfall | None:
    """Every paper the county marks as required is there, or its absence explained."""
    rules = matter.rules_on()
    required = rules["documents.required"].value
    if not required:  # nothing need be asked
        return None
    missing = [paper for paper in matter.missing_documents if paper.code in required]
    if not missing:
        return None
    names = "、".join(str(paper.label) for paper in missing)
    return Shortfall(rules, "documents.required", "", {"names": names})


@rule(
    {
        "waiting": Words(
            _("还没有批准"),
            _("本事项须报%(authority)s批准，批准前不能签合同、不能组织实施。"),
            _("登记批准文号和扫描件。"),
        ),
        "refused": Words(
            _("没有批准"),
            _("%(authority)s没有批准本事项，不能组织实施。"),
            _("按批复意见修改后重新提起。"),
        ),
    }
)
def approved_by_authority(matter: Matter) -> Shortfall | None:
    """Where a statute asks for approval or audit, it has been given."""
    asked = matter.kind.approval
    rules = matter.rules_on()
    if asked is None or not asked.blocks or asked.key not in rules:
        return None
    last = max(_approvals(matter), key=lambda a: a.pk, default=None)
    if last is not None and last.outcome == last.Outcome.APPROVED:
        return None
    case = "waiting" if last is None else "refused"
    facts = {"authority": asked.authority}
    return Shortfall(rules, asked.key, case, facts)


def _approvals(matter: Matter) -> list[Approval]:
    """What the authority decided of the decision that stands; not of one before."""
    resolution = matter.resolution
    if resolution is None:
        return []
    decided_on = resolution.ballot.sitting.held_on
    return [a for a in matter.approvals.all() if a.decided_on >= decided_on]


@rule(
    {
        "few": Words(
            _("验收人不够"),
            _(
                "验收要有 %(min)s 人以上，其中至少一名村务监督委员会成员，"
                "现有 %(n)s 人（村监委 %(s)s 人）。"
            ),
            _("请再来验收。"),
        ),
        "self": Words(
            _("实施的人不能验收"),
            _("%(name)s是本事项的实施负责人。"),
            _("换一人。"),
        ),
    }
)
def accepted_by_supervisors(matter: Matter) -> Shortfall | None:
    """Enough people accepted the works, a supervisor among them, none who built."""
    rules = matter.rules_on()
    acceptance = matter.acceptance
    if acceptance is None or not acceptance.works:
        return None
    carrying_out = matter.carried_out_by
    for name in acceptance.people:
        if name in carrying_out:
            return Shortfall(rules, "acceptance.min", "self", {"name": name})
    least = int(rules["acceptance.min"].value)
    people, supervisors = len(acceptance.people), acceptance.supervisors
    if people >= least and supervisors >= int(rules["acceptance.supervisors"].value):
        return None
    facts = {"min": least, "n": people, "s": supervisors}
    return Shortfall(rules, "acceptance.min", "few", facts)
