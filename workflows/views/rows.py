"""Whether a row still waits for an act, and what the act will do to it.

The acts ask the same when they are performed; a page that is only opened asks here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from audit import clock
from workflows import acts, findings
from workflows.models import Notice, Objection, Rectification
from workflows.presenting import answers_proposer
from workflows.templatetags.stages import zh_date

if TYPE_CHECKING:
    from villages.offices import Acting
    from workflows.models import Matter, Opinion


def due_day(row: Any) -> dict[str, Any]:
    return {"due": zh_date(row.due_on)}


def shown_from_to(key: str) -> Callable[[Matter], str]:
    def sentence(matter: Matter) -> str:
        if answers_proposer(matter):
            return _("本次是书面答复提议人，不张贴。请核对下面的文字。")
        today = clock.today()
        days = matter.rules_on().days(key)
        return _("请核对：村民看到的就是下面这样。公示 %(start)s至%(end)s") % {
            "start": zh_date(today + timedelta(days=1)),
            "end": zh_date(today + timedelta(days=days)),
        }

    return sentence


def taken_down_early(notice: Notice) -> str:
    posting = notice.posting
    if posting is None or clock.today() > posting.last_day:
        return ""
    return _("公示期还没满，提前撤下需要重新张贴、重新计算")


def approval_asked(matter: Matter, by: Acting) -> None:
    if matter.kind.approval is None:
        raise acts.OutOfTurn(matter, "approve", _("这类事项不用报批。"))


def has_items(matter: Matter, by: Acting) -> None:
    if not matter.kind.disclosures:
        raise acts.OutOfTurn(matter, "disclose", _("这类事项没有要专项公开的内容。"))


def irregular(matter: Matter, by: Acting) -> None:
    """Something was pointed out that can be explained."""
    if not findings.of_matter(matter):
        raise acts.OutOfTurn(matter, "explain", _("没有要说明的提示。"))


def not_complied_yet(matter: Matter, by: Acting) -> None:
    order = running_order(matter)
    if order is not None and order.state == Rectification.State.COMPLIED:
        raise acts.AlreadyDone(matter, "comply")


def complied(matter: Matter, by: Acting) -> None:
    order = running_order(matter)
    if order is None:
        return
    if order.ordered_by_role != by.role:
        raise acts.Forbidden("examine", (order.ordered_by_role,))
    if order.state != Rectification.State.COMPLIED:
        raise acts.OutOfTurn(matter, "examine", _("村里还没有报告改正情况。"))


def running_order(matter: Matter) -> Rectification | None:
    """The order that is being complied with."""
    return matter.rectifications.exclude(state=Rectification.State.CLOSED).first()


def _stands(notice: Notice, verb: str) -> None:
    if notice.kind in (Notice.Kind.REPLY, Notice.Kind.BULLETIN):
        raise acts.OutOfTurn(notice.matter, verb, _("这一份不用张贴。"))
    if hasattr(notice, "superseded_by"):
        why = _("这张公示已经更正，请看新的公示。")
        raise acts.OutOfTurn(notice.matter, verb, why)


def _hangs(notice: Notice) -> bool:
    return notice.posting is not None and notice.posting.taken_down_on is None


def not_posted_yet(notice: Notice, by: Acting) -> None:
    _stands(notice, "post")
    if _hangs(notice):
        raise acts.AlreadyDone(notice.matter, "post")


def hangs_for(verb: str) -> Callable[[Notice, Acting], None]:
    def check(notice: Notice, by: Acting) -> None:
        _stands(notice, verb)
        if not _hangs(notice):
            raise acts.OutOfTurn(notice.matter, verb, _("这张公示现在没有张贴。"))

    return check


def not_ones_own(notice: Notice, by: Acting) -> None:
    _stands(notice, "audit_notice")
    if by.user is not None and notice.published_by_id == by.user.pk:
        why = _("公示由您发布，审核须另一人办理。")
        raise acts.Forbidden("audit_notice", why=why)


def still_runs(notice: Notice, by: Acting) -> None:
    if notice.kind == Notice.Kind.REPLY:
        raise acts.OutOfTurn(notice.matter, "object", _("书面答复不受理异议。"))
    if notice.elapsed(clock.today()):
        why = _("公示期已满。可以向村务监督委员会或乡镇反映。")
        raise acts.OutOfTurn(notice.matter, "object", why)


def not_answered_yet(row: Objection | Opinion, by: Acting) -> None:
    if row.answered_at is not None:
        verb = "answer" if isinstance(row, Objection) else "reply"
        raise acts.AlreadyDone(row.matter, verb)
