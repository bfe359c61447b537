"""Writing a notice: its words, its days, and which one it replaces."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from audit import clock
from workflows.masking import mask
from workflows.models import Matter, Notice
from workflows.models.notice import hash_of

from . import AlreadyDone, BadInput, rule_facts

if TYPE_CHECKING:
    from villages.offices import Acting

Kind = Notice.Kind
TITLES = {
    Kind.RESOLUTION: _("关于%(title)s决议的公示"),
    Kind.RESULT: _("关于%(title)s实施结果的公示"),
    Kind.BULLETIN: _("关于%(title)s实施情况的通报"),
    Kind.REPLY: _("关于%(title)s的书面答复"),
}


@dataclass(frozen=True)
class Text:
    """What a notice says beyond what the record says by itself."""

    kind: Notice.Kind
    body: str = ""
    title: str = ""
    item: str = ""
    inapplicable: str = ""
    days: int | None = None


def publish(matter: Matter, text: Text, by: Acting) -> Notice:
    """Write the notice; it supersedes the one of its kind that stood."""
    assert by.user is not None
    rules = matter.rules_on()
    days = _days(matter, text)
    title = mask(text.title or TITLES[text.kind] % {"title": matter.title})
    body = mask(text.body.strip() or _default_text(matter, text))
    text_hash = hash_of(title, body)
    before = _replaced(matter, text)
    if before is not None and (before.text_hash, before.days) == (text_hash, days):
        _not_again(matter, before)
    for known in ("notice_on_show", "standing_notices"):
        matter.__dict__.pop(known, None)
    return Notice.objects.create(
        village=matter.village,
        matter=matter,
        resolution=matter.resolution,
        kind=text.kind,
        item=text.item,
        inapplicable=text.inapplicable,
        title=title,
        board_text=body,
        text_hash=text_hash,
        days=days,
        ruleset=rules.name,
        ruleset_hash=rules.hash,
        supersedes=before,
        published_at=clock.now(),
        audit_due_on=clock.today()
        + timedelta(days=rules.days("pub.supervisor_review")),
        published_by=by.user,
    )


def _replaced(matter: Matter, text: Text) -> Notice | None:
    """The notice that stood for the same until now."""
    if text.kind == Kind.BULLETIN:
        return None
    kinds = (text.kind, Kind.REPLY) if text.kind == Kind.RESOLUTION else (text.kind,)
    fitting = (n for n in matter.standing_notices if n.kind in kinds)
    return next((n for n in fitting if n.item == text.item), None)


def _not_again(matter: Matter, before: Notice) -> None:
    """The same words twice a day correct nothing, unless somebody asked for them."""
    now = matter.resolution
    same = before.resolution_id == (now and now.pk)
    asked = before.audits.exists() or before.objections.exists()
    if same and not asked and before.published_on == clock.today():
        verbs = {Kind.RESULT: "report_result", Kind.ITEM: "disclose"}
        verb = verbs.get(Notice.Kind(before.kind), "announce")
        raise AlreadyDone(matter, verb, about=before if verb == "disclose" else None)


def _days(matter: Matter, text: Text) -> int:
    """How long it must hang: no less than the law of the day asks."""
    if text.kind in (Kind.REPLY, Kind.BULLETIN):
        return 0
    key = "pub.result_min_days" if text.kind == Kind.RESULT else "pub.min_days"
    lawful = matter.rules_on().days(key)
    days = lawful if text.days is None else text.days
    if days < lawful:
        raise BadInput(
            _("公示不得少于 %(days)s 日，现填 %(n)s 日。")
            % {"days": lawful, "n": days},
            "days",
        )
    return days


def _default_text(matter: Matter, text: Text) -> str:
    """What was resolved, or that this item does not apply."""
    if text.inapplicable:
        return _("本项不适用：%(why)s") % {"why": text.inapplicable}
    resolution = matter.resolution
    return resolution.text.text if resolution else matter.text.text


def notice_facts(notice: Notice) -> dict[str, Any]:
    """What the log says of a notice."""
    return {
        "content": notice.kind,
        "item": notice.item or None,
        "text_hash": notice.text_hash,
        "days": notice.days,
        **rule_facts(notice.rules),
        "supersedes": notice.supersedes.subject if notice.supersedes else None,
    }
