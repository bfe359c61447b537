"""What this reader can do about what is still missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from workflows.models import Notice
from workflows.stage import Stage

from .verbs import OF_MATTER, OF_NOTICE

if TYPE_CHECKING:
    from workflows.models import Matter
    from workflows.presenting import Reader
    from workflows.rules import Refusal


@dataclass(frozen=True)
class Button:
    """Something this reader may press; `main` what should be pressed first."""

    label: str
    url: str
    main: bool = False


Cure = tuple[str, Button]  # the verb, for asking who may, and its button


def cures(matter: Matter, reader: Reader, unmet: list[Refusal]) -> list[Button]:
    """The acts that do away with what stands in the way, where this reader may."""
    found = [
        button
        for refusal in unmet
        for verb, button in CURES.get(refusal.name, _nothing)(matter)
        if reader.may(matter, verb)
    ]
    return list(dict.fromkeys(found))


def act_url(matter: Matter, verb: str, *about: str) -> str:
    """The page of an act on the matter, or on one of its notices."""
    name = "workflows:notice_act" if about else "workflows:act"
    return reverse(name, args=[matter.village.slug, matter.number, *about, verb])


def _nothing(matter: Matter) -> Iterator[Cure]:
    yield from ()


def _act(verb: str) -> Callable[[Matter], Iterator[Cure]]:
    def cure(matter: Matter) -> Iterator[Cure]:
        label = str(OF_MATTER[verb].button)
        yield verb, Button(label, act_url(matter, verb), main=True)

    return cure


def _publish(matter: Matter) -> Iterator[Cure]:
    """Anew, where what hangs shows a resolution that was corrected since."""
    verb = "report_result" if matter.stage == Stage.REPORTED else "announce"
    return _act(verb)(matter)


def _post(matter: Matter) -> Iterator[Cure]:
    notice = matter.notice_on_show
    if notice is None:
        yield from _publish(matter)
    elif notice.posting is None or notice.posting.taken_down_on is not None:
        yield _on_notice(matter, notice, "post")


def _audit(matter: Matter) -> Iterator[Cure]:
    notice = matter.notice_on_show
    if notice is not None and notice.kind != Notice.Kind.REPLY:
        yield _on_notice(matter, notice, "audit_notice")


def _on_notice(matter: Matter, notice: Notice, verb: str) -> Cure:
    label = str(OF_NOTICE[verb].button)
    return verb, Button(label, act_url(matter, verb, notice.uid), main=True)


def _answer(matter: Matter) -> Iterator[Cure]:
    """The answers that are owed; once all were given, the corrected notice."""
    waiting = [row for row in matter.objections.all() if row.state == row.State.OPEN]
    for row in waiting:
        args = [matter.village.slug, matter.number, row.uid]
        label = _("答复异议 %(no)s") % {"no": row.uid}
        url = reverse("workflows:objection", args=args)
        yield "answer", Button(label, url, main=True)
    if not waiting:
        yield from _publish(matter)


def _disclose(matter: Matter) -> Iterator[Cure]:
    for item in matter.missing_items:
        label = _("公开%(item)s") % {"item": item.label}
        url = f"{act_url(matter, 'disclose')}?item={item.code}"
        yield "disclose", Button(label, url, main=True)


# By the rule that is not met.
CURES: dict[str, Callable[[Matter], Iterator[Cure]]] = {
    "shown_long_enough": _post,
    "supervisors_reviewed": _audit,
    "objections_answered": _answer,
    "disclosures_complete": _disclose,
    "documents_complete": _act("attach"),
    "approved_by_authority": _act("approve"),
}
