"""Which sitting a page is asked for: of which body, on which matters, by whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from audit import clock
from villages.models import Office
from workflows import acts, permissions, rulebook
from workflows.acts.drafting import InVillage
from workflows.bodies import BODIES
from workflows.models import Matter
from workflows.presenting.calling import (
    NOW,
    Candidate,
    candidates,
    next_body,
    open_matters,
)
from workflows.templatetags.stages import zh_date

from .doors import Visit, frame, village_or_404

if TYPE_CHECKING:
    from villages.models import User, Village
    from workflows.rulebook import RuleSet

USUAL_HOUR = time(9, 0)
# Who chairs and who writes, unless the village says otherwise.
CHAIRS = {
    "joint": "secretary",
    "party": "secretary",
    "group": "group_leader",
    "members": "board_chair",
    "member_reps": "board_chair",
}
TITLES = {"convene": lazy("发会议通知"), "record_paper": lazy("会后录入")}
LONG = 9  # digits beyond which it is an id, and no number of a matter


@dataclass
class Asked:
    """What the address, or the form, says of the sitting."""

    village: Village
    user: User
    matters: list[Matter]  # all that are open
    chosen: list[Matter]  # those that were asked for
    body: str | None

    @classmethod
    def of(cls, request: Visit, slug: str, verb: str) -> Asked:
        """Raises Forbidden for whoever may keep no sitting, or not this one."""
        village = village_or_404(request.user, slug)
        said = request.POST if request.method == "POST" else request.GET
        body = said.get("body") or request.GET.get("body") or None
        if body is not None and body not in BODIES:
            raise Http404
        keys = request.GET.getlist("matter")
        matters = open_matters(village)
        chosen = _chosen(village, matters, keys)
        if body is None and chosen:
            body = next_body(chosen[0]) or None
        acts.permit(_who(body), InVillage(village), request.user, verb)
        return cls(village, request.user, matters, chosen, body)

    def village_rules(self, day: date | None = None) -> RuleSet:
        return rulebook.in_force(day or clock.today(), self.village.overlays)

    def address(self, name: str, *, body: str | None, keys: Iterable[str] = ()) -> str:
        asked = [("body", body)] if body else []
        asked += [("matter", key) for key in keys]
        address = reverse(f"workflows:{name}", args=[self.village.slug])
        return f"{address}?{urlencode(asked)}" if asked else address

    @cached_property
    def officers(self) -> list[Office]:
        held = self.village.offices.current().select_related("holder")
        return list(held.order_by("pk"))

    @property
    def names(self) -> list[str]:
        """Who might chair or write."""
        return list(dict.fromkeys(str(office.holder) for office in self.officers))

    def groups(self) -> list[str]:
        """The names of the village's groups, for a sitting of one of them."""
        if self.body != "group":
            return []
        known = self.village.households.exclude(group_name="")
        wanted = [matter.group_name for matter in self.chosen if matter.group_name]
        names = known.order_by("group_name").values_list("group_name", flat=True)
        return list(dict.fromkeys([*wanted, *names.distinct()]))

    def first_answers(self) -> dict[str, Any]:
        """What is usual in the village, to be written over."""
        body = self.body or ""
        return {
            "body": body,
            "chair": self._holder(CHAIRS.get(body, "director")),
            "recorder": self._holder("recorder" if body == "party" else "clerk"),
            "place": _("村委会会议室"),
        }

    def _holder(self, role: str) -> str:
        held = [office for office in self.officers if office.role == role]
        held.sort(key=lambda office: office.deputy)
        return str(held[0].holder) if held else ""

    def at(self, day: date) -> datetime:
        return datetime.combine(day, USUAL_HOUR, tzinfo=clock.ZONE)

    def chosen_keys(self, offered: list[Candidate]) -> list[str]:
        """What was asked for; else the only one that waits."""
        if self.chosen:
            return [str(matter.number) for matter in self.chosen]
        waiting = [c.key for c in offered if c.place == NOW]
        return waiting if len(waiting) == 1 else []


def _who(body: str | None) -> permissions.HeldBy:
    return permissions.sitting_of(body) if body else permissions.keep_sitting


def _chosen(village: Village, matters: list[Matter], keys: list[str]) -> list[Matter]:
    """The matters of these numbers or ids, in the order asked for.

    Also those that are decided by now: who presses twice is told so by the act.
    """
    known = _by_key(matters)
    if missing := [key for key in keys if key not in known]:
        known |= _by_key(_decided(village, missing))
    if any(key not in known for key in keys):
        raise Http404
    return list({known[key].pk: known[key] for key in keys}.values())


def _by_key(matters: Iterable[Matter]) -> dict[str, Matter]:
    rows = list(matters)
    return {str(m.number): m for m in rows} | {m.uid: m for m in rows}


def _decided(village: Village, keys: list[str]) -> Iterable[Matter]:
    numbers = [int(k) for k in keys if k.isascii() and k.isdigit() and len(k) < LONG]
    uids = [key for key in keys if key.isalnum()]  # a NUL is no text to PostgreSQL
    rows = Matter.objects.filter(
        Q(number__in=numbers) | Q(uid__in=uids), village=village
    )
    for matter in rows.prefetch_related("ballots__sitting", "notices"):
        matter.village = village
        yield matter


def choose(request: Visit, asked: Asked, verb: str = "convene") -> HttpResponse:
    """Of which body: those this person may keep, with how many matters wait."""
    context = frame(request.user, asked.village)
    reader = context["reader"]
    bodies = [
        {
            "name": body.name,
            "url": asked.address(
                verb, body=body.code, keys=[str(m.number) for m in asked.chosen]
            ),
            "waiting": _waiting(asked.matters, body.code),
        }
        for body in BODIES.values()
        if reader.holds(body.operated_by)
    ]
    context |= {
        "bodies": bodies,
        "title": TITLES[verb],
        "today": zh_date(clock.today()),
    }
    return nothing_chosen(request, "workflows/sittings/choose.html", context)


def nothing_chosen(
    request: Visit, template: str, context: dict[str, Any]
) -> HttpResponse:
    """The page on which one chooses; what was sent without a choice is not taken."""
    status = 400 if request.method == "POST" else 200
    return render(request, template, context, status=status)


def _waiting(matters: list[Matter], body: str) -> list[str]:
    found = candidates(matters, body)
    return [c.matter.title for c in found if c.place == NOW]
