"""What a scenario shows to everyone, and what it is answered."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from workflows import permissions
from workflows.acts import OutOfTurn, disclosure, implementation, objection, supervision
from workflows.models import Notice

from .scene import Plain, Scene, does

if TYPE_CHECKING:
    from .scenario import Act

Kind = Notice.Kind
ON_THE_BOARD = (Kind.RESOLUTION, Kind.RESULT, Kind.ITEM)
DECISIVE = (Kind.RESOLUTION, Kind.REPLY, Kind.RESULT)
NOTICES: dict[str, tuple[str, Plain]] = {
    "resolution": (
        "announce",
        Plain(permissions.announce, disclosure.announce, ("text",)),
    ),
    "result": (
        "report_result",
        Plain(permissions.report_result, disclosure.report_result, ("text",)),
    ),
}
report = Plain(permissions.report, implementation.report, ("progress", "spent", "note"))


def publish(scene: Scene, act: Act) -> None:
    """A resolution, a result, a bulletin, or an item of the matter's type."""
    kind = act.given["kind"]
    if kind in NOTICES:
        verb, plain = NOTICES[kind]
        plain(scene, replace(act, verb=verb))
    elif kind == "bulletin":
        bulletin(scene, act)
    else:
        disclose(scene, replace(act, given={**act.given, "item": kind}))


def bulletin(scene: Scene, act: Act) -> None:
    """As a report; what it does not say is as it was told last."""
    last = scene.matter.notices.filter(kind=Kind.BULLETIN).order_by("pk").last()
    known = {"progress": 0, "spent": Decimal(0)}
    if last is not None:
        known = {"progress": last.report.progress, "spent": last.report.spent}
    note = act.given.get("note", act.given.get("text", ""))
    given = {**known, **act.given, "note": note}
    report(scene, replace(act, verb="report", given=given))


def disclose(scene: Scene, act: Act) -> None:
    disclosing = Plain(
        permissions.disclose, disclosure.disclose, ("item", "text", "inapplicable")
    )
    disclosing(scene, replace(act, verb="disclose"))


def standing(scene: Scene, kinds: tuple[Kind, ...]) -> QuerySet[Notice]:
    """The matter's notices of these kinds that no newer one has replaced."""
    found = scene.matter.notices.filter(kind__in=kinds, superseded_by=None)
    return found.order_by("pk")


def found_or_out_of_turn(found: Any, scene: Scene, verb: str) -> Any:
    if found is None:
        raise OutOfTurn(scene.matter, verb)
    return found


def post(scene: Scene, act: Act) -> None:
    """The newest notice that does not hang, one taken down among them."""
    hidden = standing(scene, ON_THE_BOARD).exclude(postings__taken_down_on=None)
    never = standing(scene, ON_THE_BOARD).filter(postings=None)
    ranked = sorted((hidden | never).distinct(), key=last_seen_to)
    notice = found_or_out_of_turn(ranked[-1] if ranked else None, scene, "post")
    photo = act.given.get("photo", "")
    taken = hashlib.sha256(photo.encode()).hexdigest() if photo else ""
    does(
        scene,
        act,
        permissions.post,
        lambda _matter, user: disclosure.post(notice, actor=user, photo_hash=taken),
    )


def last_seen_to(notice: Notice) -> tuple[Any, int]:
    """When it was published, or last taken down."""
    taken = [posting.taken_down_on for posting in notice.postings.all()]
    return max([notice.published_on, *filter(None, taken)]), notice.pk


def hanging(scene: Scene, verb: str) -> Notice:
    """The notice that was put up last and hangs."""
    found = standing(scene, ON_THE_BOARD).filter(postings__taken_down_on=None)
    notice: Notice = found_or_out_of_turn(
        found.filter(postings__isnull=False).order_by("postings").last(), scene, verb
    )
    return notice


def repair(scene: Scene, act: Act) -> None:
    notice = hanging(scene, "repair")
    does(
        scene,
        act,
        permissions.repair,
        lambda _matter, user: disclosure.repair(notice, actor=user),
    )


def take_down(scene: Scene, act: Act) -> None:
    notice = hanging(scene, "take_down")
    does(
        scene,
        act,
        permissions.take_down,
        lambda _matter, user: disclosure.take_down(notice, actor=user),
    )


def decisive(scene: Scene, verb: str) -> Notice:
    """The newest notice of a decision or of what came of it."""
    notice: Notice = found_or_out_of_turn(standing(scene, DECISIVE).last(), scene, verb)
    return notice


def audit_notice(scene: Scene, act: Act) -> None:
    notice, outcome = decisive(scene, "audit_notice"), act.given["outcome"]
    unsaid = _("请核对后更正。") if outcome == "rectify" else ""
    note = act.given.get("text", unsaid)
    does(
        scene,
        act,
        permissions.audit_notice,
        lambda _matter, user: disclosure.audit_notice(
            notice, actor=user, outcome=outcome, note=note
        ),
    )


def lodge(scene: Scene, act: Act) -> None:
    """A villager objects by the clerk's hand."""
    notice = decisive(scene, "object")
    name, text = act.given["by"], act.given["text"]
    does(
        scene,
        replace(act, given={"text": text}),
        permissions.lodge,
        lambda _matter, user: objection.object_to(
            notice, actor=user, name=name, text=text
        ),
    )


def answer(scene: Scene, act: Act) -> None:
    """The oldest open objection; where there is none, the supervisors' opinion."""
    waiting = scene.matter.objections.open().first()
    if waiting is None:
        reply(scene, act)
        return
    facts = {
        "outcome": act.given.get("outcome", ""),
        "text": act.given["text"],
        "remedy": act.given.get("remedy", ""),
    }
    does(
        scene,
        act,
        permissions.answer,
        lambda _matter, user: objection.answer(waiting, actor=user, **facts),
    )


def reply(scene: Scene, act: Act) -> None:
    unanswered = scene.matter.opinions.filter(answered_at=None).first()
    opinion = found_or_out_of_turn(unanswered, scene, "answer")
    does(
        scene,
        act,
        permissions.answer,
        lambda _matter, user: supervision.reply(
            opinion, actor=user, text=act.given["text"]
        ),
        "reply",
    )
