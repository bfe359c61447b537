"""What everybody may read. Nothing here asks who is reading, and nothing is written."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from audit import clock
from disclosure import board as boards
from disclosure import directory
from disclosure.caching import public_page
from disclosure.printing import Stamp
from disclosure.sheet import Sheet
from villages.models import Village
from workflows.models import Notice


@public_page
def villages(request: HttpRequest) -> HttpResponse:
    """Find a village."""
    words = request.GET.get("q", "").replace("\x00", "").strip()
    words = words[: directory.LONGEST_QUERY]
    townships = directory.find(words, clock.today())
    return render(
        request,
        "disclosure/villages.html",
        {
            "words": words,
            "townships": townships,
            "found": sum(len(township.villages) for township in townships),
            "counties": len({t.division.parent_id for t in townships}),
        },
    )


@public_page
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """The notices of a village: what hangs, then what hung."""
    village = get_object_or_404(_villages(), slug=slug)
    day, wish = clock.today(), boards.Wish.of(request.GET)
    current = [] if wish.searches else boards.current(village, day)
    page = boards.earlier(village, wish, current)
    return render(
        request,
        "disclosure/board.html",
        {
            "village": village,
            "wish": wish,
            "groups": boards.grouped(current, day),
            "earlier": [boards.card(notice, day) for notice in page.notices],
            "years": boards.years(village, day),
            "newer_url": _page_url(village, wish, after=page.newer),
            "older_url": _page_url(village, wish, before=page.older),
        },
    )


def _villages() -> QuerySet[Village]:
    return Village.objects.select_related("division__parent", "successor")


def _page_url(village: Village, wish: boards.Wish, **turn: str) -> str:
    """Where the next page is, what was looked for kept; "" where there is none."""
    if not any(turn.values()):
        return ""
    asked = {"q": wish.words, "year": wish.year, **turn}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{reverse('disclosure:board', args=[village.slug])}?{query}"


@public_page
def notice(request: HttpRequest, uid: str) -> HttpResponse:
    """One notice and all that belongs to it."""
    sheet = Sheet(_notice(uid), clock.today())
    context = {"sheet": sheet, "village": sheet.village}
    return render(request, "disclosure/notice.html", context)


@public_page
def notice_print(request: HttpRequest, uid: str) -> HttpResponse:
    """The same for the wall, on A4, with what shows that it is as recorded."""
    found = _notice(uid)
    sheet, stamp = Sheet(found, clock.today()), Stamp(request, found)
    context = {"sheet": sheet, "stamp": stamp, "village": sheet.village}
    return render(request, "disclosure/notice_print.html", context)


def _notice(uid: str) -> Notice:
    try:
        return boards.find(uid)
    except Notice.DoesNotExist:
        raise Http404(_("没有这张公示。")) from None
