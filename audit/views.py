"""The log as anybody may fetch it: its head, its tiles, its entries, its keys.

Addresses and bytes are those of C2SP `tlog-tiles`. Nobody is asked who they are.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from . import tiles
from .models import Checkpoint, Entry, Tile
from .note import MOST_SIGNATURES, Note
from .sequencer import fetch, newest, verifiers
from .tree import HASH_BYTES

TEXT = "text/plain; charset=utf-8"
OCTETS = "application/octet-stream"
A_FEW_SECONDS, A_MINUTE, A_YEAR = 5, 60, 365 * 86400
# As they are written in an address, without leading zeroes.
LEVELS = {str(level): level for level in range(tiles.HIGHEST_LEVEL + 1)}

View = Callable[..., HttpResponse]


def of_the_log(view: View) -> View:
    """Bytes for programs, those on pages of other sites among them."""

    @require_safe
    @wraps(view)
    def for_anybody(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Http404 as reason:
            # It may be there in a moment: nobody keeps that it is not.
            response = HttpResponse(f"{reason}\n", content_type=TEXT, status=404)
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    return for_anybody


def _text(said: str, seconds: int) -> HttpResponse:
    response = HttpResponse(said, content_type=TEXT)
    patch_cache_control(response, public=True, max_age=seconds)
    return response


def _octets(data: bytes) -> HttpResponse:
    """What is at such an address once is there for ever, also where it got wider."""
    response = HttpResponse(data, content_type=OCTETS)
    patch_cache_control(response, public=True, max_age=A_YEAR, immutable=True)
    return response


@of_the_log
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest head, signed by the log and by those who have seen it."""
    head = newest()
    if head is None:
        raise Http404(_("还没有存证。"))
    return _text(signed_by_all(head), A_FEW_SECONDS)


def signed_by_all(head: Checkpoint) -> str:
    """The note with the lines of its witnesses, as many as a note may bear."""
    room = MOST_SIGNATURES - len(Note.parse(head.note).signatures)
    seen = head.cosignatures.order_by("id").values_list("line", flat=True)[:room]
    return head.note + "".join(f"{line.rstrip()}\n" for line in seen)


@of_the_log
def key(request: HttpRequest) -> HttpResponse:
    """The keys this log was ever signed with, today's first."""
    return _text("".join(f"{each}\n" for each in verifiers()), A_MINUTE)


@of_the_log
def tile(request: HttpRequest, level: str, address: str) -> HttpResponse:
    """Hashes of the tree side by side."""
    wanted = tiles.parse(LEVELS.get(level, -1), address)
    if wanted is None:
        raise Http404(_("没有这个地址。"))
    try:
        hashes = fetch(wanted.level, wanted.number, wanted.width)
    except Tile.DoesNotExist:
        hashes = b""
    if len(hashes) < wanted.width * HASH_BYTES:
        raise Http404(_("树还没有长到这里。"))
    return _octets(hashes)


@gzip_page
@of_the_log
def entries(request: HttpRequest, address: str) -> HttpResponse:
    """Entries in the order of their numbers, each behind its length."""
    wanted, head = tiles.parse(0, address), newest()
    if wanted is None:
        raise Http404(_("没有这个地址。"))
    size = head.size if head else 0
    if wanted.width > tiles.width_at(0, wanted.number, size):
        raise Http404(_("树还没有长到这里。"))
    first = wanted.number * tiles.WIDTH
    numbers = (first, first + wanted.width - 1)
    rows = Entry.objects.filter(leaf__index__range=numbers).order_by("leaf__index")
    bodies = [body.encode() for body in rows.values_list("body", flat=True)]
    return _octets(b"".join(struct.pack(">H", len(each)) + each for each in bodies))


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """What this is, how far it has come, and where its parts are."""
    last = newest()
    context = {"last": last, "head": last and last.head, "keys": verifiers()}
    response = render(request, "audit/log.html", context)
    patch_cache_control(response, public=True, max_age=A_FEW_SECONDS)
    return response
