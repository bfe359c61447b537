"""Heads of the log, for those who keep them: to take away, and to hold against it.

The log is one for all villages, so that whoever keeps heads keeps those of all.
Nothing of what is uploaded here is stored.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from audit import kept, sequencer
from audit.models import Checkpoint
from audit.note import BadNote, Note, open_checkpoint
from villages.models import Office
from workflows import acts, permissions
from workflows.forms.kept import KeptHead

from .doors import Visit, door, frame

BAD_REQUEST = 400
PAGE = "workflows/kept.html"
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Held:
    """A head that was kept, and what today's log is to it."""

    size: int
    root: str
    found: kept.Found | None  # None where this log did not sign the file
    today: int

    @property
    def more(self) -> int:
        return self.today - self.size

    @property
    def good(self) -> bool:
        return bool(self.found and self.found.good)


def keepers_only(*methods: str) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """A door for supervisors, township and county."""

    def decorate(view: View) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def inside(request: Visit, *args: Any, **kwargs: Any) -> HttpResponse:
            roles = permissions.keep.roles
            held = Office.objects.held_by(request.user)
            if not held.filter(role__in=roles).exists():
                raise acts.Forbidden("keep", roles)
            return view(request, *args, **kwargs)

        return door(*methods)(inside)

    return decorate


@keepers_only("GET", "POST")
def heads(request: Visit) -> HttpResponse:
    """The newest head; and whether it goes on from one that was kept."""
    today = sequencer.newest()
    if request.method != "POST":
        return _page(request, today, KeptHead())
    form = KeptHead(request.POST, request.FILES)
    if not form.is_valid() or today is None:
        return _page(request, today, form, status=BAD_REQUEST)
    given = form.cleaned_data
    note = given["file"]
    held = _held_file(note, today) if note else _held_paper(given["typed"], today)
    return _page(request, today, KeptHead(), held=held)


def _held_file(note: Note, today: Checkpoint) -> Held:
    try:
        head = open_checkpoint(str(note), sequencer.verifiers())
    except BadNote:
        return Held(0, "", None, today.size)
    return _held_paper(kept.Kept(head.size, head.root.hex()), today)


def _held_paper(said: kept.Kept, today: Checkpoint) -> Held:
    return Held(said.size, said.root, kept.compare(said, today), today.size)


def _page(
    request: Visit,
    today: Checkpoint | None,
    form: KeptHead,
    *,
    held: Held | None = None,
    status: int = 200,
) -> HttpResponse:
    context = frame(request.user) | {"today": today, "form": form, "held": held}
    return render(request, PAGE, context, status=status)


@keepers_only("GET")
def checkpoint(request: Visit) -> HttpResponse:
    """The newest head as a file."""
    today = _newest()
    answer = HttpResponse(today.note, content_type="text/plain; charset=utf-8")
    name = f"sixu-{today.size}.txt"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@keepers_only("GET")
def paper(request: Visit) -> HttpResponse:
    """The newest head on a sheet of paper."""
    today = _newest()
    asked = urlencode({"size": today.size, "root": today.head.root.hex()})
    page = request.build_absolute_uri(reverse("disclosure:verify"))
    context = {"today": today, "root": today.head.root.hex(), "site": page}
    context["url"] = f"{page}?{asked}"
    return render(request, "workflows/kept_print.html", context)


def _newest() -> Checkpoint:
    found = sequencer.newest()
    if found is None:
        raise Http404
    return found
