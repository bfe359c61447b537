"""Matters: the list, one of them in full, and a new one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from villages.models import Office, Village
from workflows import acts, flows, permissions
from workflows.acts import drafting
from workflows.dossier import NotNumbered, write_dossier
from workflows.forms.matters import DraftForm
from workflows.models import Matter
from workflows.presenting import matter_row, matter_url, next_step
from workflows.stage import BEFORE_DECISION, DECIDED, Stage

from .detail import detail_of
from .doors import (
    Visit,
    door,
    file_or_404,
    frame,
    matter_or_404,
    notice_or_404,
    perform_or_show,
)

PAGE = 20
NUMBER = re.compile(r"[0-9]{1,15}")
GROUPS = {
    "deciding": (lazy("正在议决"), BEFORE_DECISION),
    "carrying": (lazy("公示和实施"), (*DECIDED, Stage.RECTIFYING)),
    "stopped": (lazy("未通过、已撤回"), (Stage.REJECTED, Stage.WITHDRAWN)),
    "closed": (lazy("已归档"), (Stage.ARCHIVED,)),
}


@dataclass(frozen=True)
class Sieve:
    """Which matters of a list are asked for: of a village, of a group of stages."""

    village: str
    group: str
    before: int | None

    @classmethod
    def of(cls, request: Visit) -> Sieve:
        group, before = request.GET.get("stage", ""), request.GET.get("before", "")
        if group and group not in GROUPS:
            raise Http404
        if before and not NUMBER.fullmatch(before):
            raise Http404
        return cls(request.GET.get("village", ""), group, int(before or 0) or None)

    def address(self, before: int | None = None) -> str:
        asked = {"village": self.village, "stage": self.group, "before": before}
        return "?" + urlencode({key: value for key, value in asked.items() if value})

    def rows(self, villages: list[Village]) -> list[Matter]:
        """One more than a page, the newest first."""
        mine = [v.pk for v in villages if self.village in ("", v.slug)]
        if self.village and not mine:
            raise Http404
        found = Matter.objects.filter(village__in=mine)
        if self.group:
            found = found.filter(stage__in=GROUPS[self.group][1])
        if self.before:
            found = found.filter(pk__lt=self.before)
        listed = found.select_related("village__division__parent").prefetch_related(
            "ballots__sitting", "notices__postings", "notices__audits"
        )
        return list(listed.order_by("-pk")[: PAGE + 1])


@door("GET")
def matters(request: Visit) -> HttpResponse:
    """The matters of my villages."""
    villages = list(Village.objects.for_user(request.user).order_by("slug"))
    sieve = Sieve.of(request)
    rows = sieve.rows(villages)
    several = len(villages) > 1
    newest = sieve.before is None
    context = frame(
        request.user, None if several else villages[0] if villages else None
    )
    context |= {
        "villages": villages if several else [],
        "groups": [(key, label) for key, (label, _stages) in GROUPS.items()],
        "sieve": sieve,
        "matters": [matter_row(m, with_village=several) for m in rows[:PAGE]],
        "newer_url": None if newest else sieve.address(),
        "older_url": sieve.address(rows[PAGE - 1].pk) if len(rows) > PAGE else None,
        "may_draft": bool(_drafting(request.user)),
        "may_authorise": context["reader"].holds(permissions.authorise.roles),
    }
    return render(request, "workflows/matter_list.html", context)


def _drafting(user: Any) -> list[Village]:
    """The villages in which the person may draft."""
    held = Office.objects.held_by(user).filter(role__in=permissions.draft.roles)
    offices = held.select_related("village__division__parent").order_by("village__slug")
    found = {o.village.pk: o.village for o in offices if o.village is not None}
    return list(found.values())


@door("GET", "POST")
def draft(request: Visit) -> HttpResponse:
    """A new matter."""
    villages = _drafting(request.user)
    if not villages:
        raise acts.Forbidden("draft", permissions.draft.roles)
    context = frame(request.user, villages[0] if len(villages) == 1 else None)
    template = "workflows/draft.html"
    if request.method != "POST":
        form = DraftForm(about=villages, initial=_first_answers(request, villages))
        return render(request, template, {**context, "form": form})
    form = DraftForm(request.POST, about=villages)

    def done(matter: Matter) -> HttpResponse:
        step = next_step(matter)
        messages.success(request, _("已建好。下一步：%(next)s") % {"next": step})
        return redirect(matter_url(matter))

    return perform_or_show(
        request,
        form,
        lambda: _draft(request, form.cleaned_data, villages),
        done=done,
        template=template,
        context=context,
    )


def _draft(request: Visit, given: dict[str, Any], villages: list[Village]) -> Matter:
    slug = given.pop("village", villages[0].slug)
    village = next(v for v in villages if v.slug == slug)
    followed = given.pop("follows")
    earlier = village.matters.filter(uid=followed).first() if followed else None
    if followed and earlier is None:
        raise acts.BadInput(_("没有找到上次的事项，请从那件事项的页面进入。"))
    content = drafting.Draft(**given, follows=earlier)
    return flows.draft(lambda: drafting.draft(village, content, actor=request.user))


def _first_answers(request: Visit, villages: list[Village]) -> dict[str, Any]:
    """What was said of the matter this one follows; else the village's usual chain."""
    mine = Matter.objects.filter(village__in=villages)
    follows = request.GET.get("follows", "")
    if follows.isalnum():
        earlier = get_object_or_404(mine.select_related("village"), uid=follows)
        return {
            "village": earlier.village.slug,
            "follows": earlier.uid,
            "type": earlier.type,
            "title": earlier.title,
            "text": earlier.text.text,
            "amount": earlier.amount,
            "chain": earlier.chain_name,
        }
    last = mine.order_by("-pk").values_list("chain_name", flat=True).first()
    usual = last if last in ("four_step", "four_deliberations") else "four_step"
    return {"chain": usual, "village": request.GET.get("village", "")}


@door("GET")
def matter(request: Visit, slug: str, number: int) -> HttpResponse:
    """One matter: how far it is, what is missing, and all that was done."""
    found = matter_or_404(request.user, slug, number)
    context = frame(request.user, found.village)
    context |= detail_of(found, context["reader"])
    return render(request, "workflows/matter_detail.html", context)


@door("GET")
def document(request: Visit, slug: str, number: int, uid: str) -> FileResponse:
    """A paper of the matter, as it was scanned."""
    found = matter_or_404(request.user, slug, number)
    return file_or_404(get_object_or_404(found.documents, uid=uid).file)


@door("GET")
def dossier(request: Visit, slug: str, number: int) -> FileResponse:
    """All that was recorded of the matter, to be checked on another machine."""
    found = matter_or_404(request.user, slug, number)
    if not frame(request.user, found.village)["reader"].officer:
        raise acts.Forbidden(
            "dossier", why=_("卷宗里有个人信息，由村干部、村监委和乡镇、县下载。")
        )
    put = found.ballots.select_related("sitting")
    if any(ballot.waits_unseen for ballot in put):
        why = _("票数正由第二人清点，第一遍的票数还不能看。核对以后再下载卷宗。")
        raise acts.OutOfTurn(found, "dossier", why)
    file = TemporaryFile()  # noqa: SIM115 (closed with the answer)
    try:
        write_dossier(found, file)
    except NotNumbered as waits:
        file.close()
        raise acts.OutOfTurn(found, "dossier", str(waits)) from None
    file.seek(0)
    name = _("%(village)s第%(number)s号卷宗.zip")
    named = name % {"village": found.village.name, "number": found.number}
    return FileResponse(file, as_attachment=True, filename=named)


@door("GET")
def photo(request: Visit, slug: str, number: int, uid: str) -> FileResponse:
    """The photograph of a notice on the board."""
    found = matter_or_404(request.user, slug, number)
    posting = notice_or_404(found, uid).posting
    return file_or_404(posting.photo if posting else None)
