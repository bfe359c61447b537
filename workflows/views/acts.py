"""The pages of the acts: what will happen, what is missing, the form, the button."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from villages.models import Village
from workflows import acts, flows, permissions, rulebook, verdicts
from workflows.acts import drafting, publishing, supervision
from workflows.forms.matters import AuthoriseForm
from workflows.masking import mask
from workflows.models import Authorisation, Matter, Notice
from workflows.presenting import (
    answers_proposer,
    matter_url,
    next_step,
)

from .doors import (
    Visit,
    door,
    frame,
    matter_or_404,
    notice_or_404,
    perform_or_show,
    stand_before,
    village_or_404,
)
from .refused import conflict
from .rows import running_order
from .verb import Verb
from .verbs import ANSWER, OF_MATTER, OF_NOTICE, REPLY

TEMPLATE = "workflows/act.html"
NEWEST = 10
CHOSEN = ("code", "finding", "item")  # what a link may have chosen already


@door("GET", "POST")
def act(request: Visit, slug: str, number: int, verb: str) -> HttpResponse:
    """An act on a matter."""
    matter = matter_or_404(request.user, slug, number)
    return page(request, _named(OF_MATTER, verb), matter, matter)


@door("GET", "POST")
def notice_act(
    request: Visit, slug: str, number: int, uid: str, verb: str
) -> HttpResponse:
    """An act on one of its notices."""
    matter = matter_or_404(request.user, slug, number)
    notice = notice_or_404(matter, uid)
    return page(request, _named(OF_NOTICE, verb), matter, notice)


@door("GET", "POST")
def objection(request: Visit, slug: str, number: int, uid: str) -> HttpResponse:
    """The village committee answers an objection."""
    matter = matter_or_404(request.user, slug, number)
    row = get_object_or_404(matter.objections.select_related("notice"), uid=uid)
    row.matter = matter
    return page(request, ANSWER, matter, row)


@door("GET", "POST")
def opinion(request: Visit, slug: str, number: int, uid: str) -> HttpResponse:
    """The village committee answers an opinion of the supervisors."""
    matter = matter_or_404(request.user, slug, number)
    row = get_object_or_404(matter.opinions, uid=uid)
    row.matter = matter
    return page(request, REPLY, matter, row)


def _named(table: dict[str, Verb], verb: str) -> Verb:
    if verb not in table:
        raise Http404
    return table[verb]


def page(request: Visit, verb: Verb, matter: Matter, row: Any) -> HttpResponse:
    """The page of one act; by POST the act itself."""
    by = stand_before(matter, verb.name, request.user)
    try:
        verb.ready(row, by)
    except acts.OutOfTurn as refused:
        return conflict(request, refused, row)
    if request.method != "POST":
        asked = {key: request.GET[key] for key in CHOSEN if key in request.GET}
        form = verb.form(about=row, initial=asked)
        context = _context(request, verb, matter, row)
        return render(request, TEMPLATE, {**context, "form": form})
    form = verb.form(request.POST, request.FILES, about=row)
    return perform_or_show(
        request,
        form,
        lambda: flows.perform(
            matter,
            verb.name,
            lambda: verb.call(row, actor=request.user, **form.cleaned_data),
            actor=request.user,
        ),
        done=lambda result: _done(request, verb, matter, result),
        template=TEMPLATE,
        context=_context(request, verb, matter, row),
        about=row,
    )


def _done(request: Visit, verb: Verb, matter: Matter, result: Any) -> HttpResponse:
    """Say that it was done and what comes next, on the matter's own page."""
    now = Matter.objects.select_related("village__division__parent").get(pk=matter.pk)
    said = verb.report(result)
    if step := next_step(now):
        said = _("%(done)s。下一步：%(next)s") % {"done": said, "next": step}
    messages.success(request, said)
    return redirect(matter_url(matter))


def _context(request: Visit, verb: Verb, matter: Matter, row: Any) -> dict[str, Any]:
    edge = matter.edge(verb.name)
    return {
        **frame(request.user, matter.village),
        "verb": verb,
        "matter": matter,
        "matter_url": matter_url(matter),
        "row": row,
        "confirm": verb.confirmation(row),
        "unmet": matter.unmet(verb.name) if edge.conditions else [],
        **_shown(verb, matter),
    }


def _shown(verb: Verb, matter: Matter) -> dict[str, Any]:
    """What the fragment of the page wants to know, beyond the row itself."""
    if verb.name in ("comply", "examine"):
        return {"order": running_order(matter)}
    resolution = matter.resolution
    if resolution is None:
        return {}
    verdict = verdicts.public_verdict(resolution.ballot)
    if verb.name != "announce":
        return {"verdict": verdict} if verb.name == "audit_notice" else {}
    kind = Notice.Kind.REPLY if answers_proposer(matter) else Notice.Kind.RESOLUTION
    return {
        "title": publishing.TITLES[kind] % {"title": matter.title},
        "text": mask(resolution.text.text),
        "verdict": verdict,
    }


def _given(village: Village) -> list[tuple[Authorisation, str]]:
    """The newest authorisations, each with what it lets the representatives decide."""
    rows = village.authorisations.order_by("-since", "-pk")[:NEWEST]
    return [
        (row, "、".join(rulebook.matter_type(code).label for code in row.types))
        for row in rows
    ]


@door("GET", "POST")
def authorise(request: Visit, slug: str) -> HttpResponse:
    """What the villagers' meeting lets the representatives decide is registered."""
    village = village_or_404(request.user, slug)
    acts.permit(
        permissions.authorise,
        drafting.InVillage(village),
        request.user,
        "authorise",
    )
    context = {**frame(request.user, village), "given": _given(village)}
    template = "workflows/authorise.html"
    if request.method != "POST":
        return render(request, template, {**context, "form": AuthoriseForm()})
    form = AuthoriseForm(request.POST)

    def done(result: Any) -> HttpResponse:
        messages.success(request, _("已登记"))
        return redirect("workflows:authorise", slug=village.slug)

    return perform_or_show(
        request,
        form,
        lambda: supervision.authorise(village, actor=request.user, **form.cleaned_data),
        done=done,
        template=template,
        context=context,
    )
