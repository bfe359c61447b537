"""Whether what hangs on the wall is what was recorded: pages to check it on."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from audit import codes, proofs, sequencer
from audit.models import Leaf
from disclosure import board as boards
from disclosure.caching import public_page
from disclosure.verification import Paper, Verification
from workflows.models import Notice

NOT_FOUND = 404


@public_page
def verify(request: HttpRequest) -> HttpResponse:
    """Where to type a code, which leads on; or what a paper says of the log alone."""
    asked = request.GET
    typed = asked.get("code", "")
    if not typed:
        head = sequencer.newest() if asked else None
        paper = Paper(asked.get("size", ""), asked.get("root", ""), head)
        return render(request, "disclosure/verify.html", {"paper": paper})
    try:
        uid = codes.read(typed)
    except codes.NoCode:
        return _no_such_code(request, typed)
    return redirect(address(uid, asked.get("size"), asked.get("root")))


def address(uid: str, size: object = None, root: object = None) -> str:
    """The page that checks a notice, and with it what its paper says of the log."""
    page = reverse("disclosure:verified", args=[codes.spell(uid)])
    asked = {name: said for name, said in (("size", size), ("root", root)) if said}
    return f"{page}?{urlencode(asked)}" if asked else page


def _no_such_code(request: HttpRequest, typed: str) -> HttpResponse:
    context = {"typed": typed[: codes.LONGEST], "unknown": True}
    return render(request, "disclosure/verify.html", context, status=NOT_FOUND)


@public_page
def verified(request: HttpRequest, code: str) -> HttpResponse:
    """What the log holds of a notice, checked now."""
    try:
        notice = boards.find(codes.read(code))
    except (codes.NoCode, Notice.DoesNotExist):
        return _no_such_code(request, code)
    check = Verification(notice)
    asked = request.GET
    paper = Paper(asked.get("size", ""), asked.get("root", ""), check.checkpoint)
    context = {"check": check, "paper": paper, "village": notice.village}
    return render(request, "disclosure/verified.html", context)


@public_page
def entry(request: HttpRequest, index: int) -> HttpResponse:
    """The bytes of one entry, as they were hashed."""
    leaf = _leaf(index)
    return HttpResponse(leaf.entry.body, content_type="application/json; charset=utf-8")


@public_page
def proof(request: HttpRequest, index: int) -> HttpResponse:
    """That it stands in today's log, as a file that can be checked elsewhere."""
    leaf = _leaf(index)
    checkpoint = sequencer.newest()
    if checkpoint is None:
        raise Http404
    text = proofs.inclusion(leaf, checkpoint).text
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    name = f"sixu-{index}.tlog-proof"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _leaf(index: int) -> Leaf:
    return get_object_or_404(Leaf.objects.select_related("entry"), index=index)
