"""A village's notices for programs that watch for new ones."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from audit import clock
from disclosure import board as boards
from disclosure.caching import public_page
from disclosure.state import state_of
from disclosure.veil import Veil
from villages.models import Village
from workflows.models import Notice


class Atom(Atom1Feed):
    """A board without notices is no newer with every second (Django 5.2 says now)."""

    def latest_post_date(self) -> datetime:
        if self.items:
            return super().latest_post_date()
        return datetime.combine(clock.today(), time(), tzinfo=clock.ZONE)


class BoardFeed(Feed):  # type: ignore[type-arg]
    """The newest notices of one village, as Atom."""

    feed_type = Atom

    def get_object(self, request: HttpRequest, slug: str) -> Village:
        return Village.objects.get(slug=slug)

    def title(self, village: Village) -> str:
        return _("%(village)s村务公开") % {"village": village.name}

    def link(self, village: Village) -> str:
        return reverse("disclosure:board", args=[village.slug])

    def author_name(self, village: Village) -> str:
        return village.name

    def items(self, village: Village) -> Any:
        rows = boards.shown().filter(village=village)
        return rows.order_by("-published_at", "-pk")[: boards.PAGE]

    def item_title(self, item: Any) -> str:
        return Veil()(item.title)

    def item_description(self, item: Any) -> str:
        return f"{state_of(item, clock.today()).words}。{boards.summary(item)}"

    def item_link(self, item: Notice) -> str:
        return boards.address(item)

    def item_pubdate(self, item: Notice) -> datetime:
        return item.published_at

    def item_updateddate(self, item: Notice) -> datetime:
        """When it was published, posted or replaced last."""
        newer = getattr(item, "superseded_by", None)
        times = [item.published_at, *(p.recorded_at for p in item.postings.all())]
        return max([*times, newer.published_at] if newer else times)


board = public_page(BoardFeed())
