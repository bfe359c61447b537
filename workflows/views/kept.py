"""Heads of the log, for those who keep them: to take away, and to hold against it.

The log is one for all villages, so that whoever keeps heads keeps those of all.
Nothing of what is uploaded here is stored, but for the signature of a witness.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from audit import kept, proofs, sequencer, witnesses
from audit.cosign import Request
from audit.models import Checkpoint
from audit.note import BadNote, Note, open_checkpoint
from villages.models import Office
from workflows import acts, permissions
from workflows.forms.kept import Cosigned, KeptHead

from .doors import Visit, door, frame

OK, BAD_REQUEST = 200, 400
REASONS = {
    "no_checkpoint": lazy("这不是存证文件。请选签过名的文件。"),
    "not_ours": lazy("这份存证不是本系统公布过的，签名没有收下。请重新下载再签。"),
    "wrong_signature": lazy("签名不对：文件在签名以后被改动过，或者用错了密钥。"),
    "wrong_time": lazy("签名的时间不对，请把签名那台电脑的时间调准再签。"),
    "no_known_witness": lazy("没有登记过的见证人的签名。请先请管理员登记公钥。"),
    "had_it": lazy("这个签名以前已经收下了。"),
}
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
    if request.method != "POST":
        return _page(request)
    today, form = sequencer.newest(), KeptHead(request.POST, request.FILES)
    if not form.is_valid() or today is None:
        return _page(request, BAD_REQUEST, form=form)
    given = form.cleaned_data
    note = given["file"]
    held = _held_file(note, today) if note else _held_paper(given["typed"], today)
    return _page(request, held=held)


def _held_file(note: Note, today: Checkpoint) -> Held:
    try:
        head = open_checkpoint(str(note), sequencer.verifiers())
    except BadNote:
        return Held(0, "", None, today.size)
    return _held_paper(kept.Kept(head.size, head.root.hex()), today)


def _held_paper(said: kept.Kept, today: Checkpoint) -> Held:
    return Held(said.size, said.root, kept.compare(said, today), today.size)


def _page(request: Visit, status: int = OK, **parts: Any) -> HttpResponse:
    """The page; its parts are the form with its errors, and what was held."""
    context = frame(request.user) | {
        "today": sequencer.newest(),
        "form": KeptHead(),
        "held": None,
        "witnessed": witnesses.latest(),
    }
    return render(request, PAGE, context | parts, status=status)


@keepers_only("GET")
def checkpoint(request: Visit) -> HttpResponse:
    """The newest head as a file, with what witnesses signed under it."""
    today = _newest()
    return _file(f"sixu-{today.size}.txt", witnesses.with_cosignatures(today))


@keepers_only("GET")
def since(request: Visit, size: int) -> HttpResponse:
    """The newest head for a witness, with the proof from the one that was kept."""
    today = _newest()
    if not 0 < size <= today.size:
        raise Http404
    asked = Request(size, tuple(proofs.consistency(size, today)), today.note)
    return _file(f"sixu-{size}-{today.size}.txt", str(asked))


def _file(name: str, text: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@keepers_only("GET", "POST")
def cosign(request: Visit) -> HttpResponse:
    """A witness saw a head, and says so under it."""
    form = Cosigned()
    if request.method == "POST":
        form = Cosigned(request.POST, request.FILES)
        if form.is_valid() and _taken(request, form):
            return redirect("workflows:kept")
    context = frame(request.user) | {
        "form": form,
        "witnessed": witnesses.latest(),
        "key": str(sequencer.signer().verifier),
    }
    status = BAD_REQUEST if form.errors else OK
    return render(request, "workflows/cosign.html", context, status=status)


def _taken(request: Visit, form: Cosigned) -> bool:
    try:
        rows = witnesses.take(form.cleaned_data["signed"])
    except witnesses.NotTaken as wrong:
        form.add_error("signed", str(REASONS[wrong.code]))
        return False
    names = "、".join(row.witness.name for row in rows)
    messages.success(request, _("已收下%(names)s的签名。") % {"names": names})
    return True


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
