"""Which notices are on a village's board, in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from audit import clock
from disclosure.state import outcome, stage_beside, state_of
from disclosure.veil import Veil
from villages.models import Village
from workflows.models import Notice, Posting, Resolution
from workflows.stage import CLOSED, Stage

PAGE = 20
# More than a village has at a time; what is over stands among the earlier ones.
MOST_AT_A_TIME = 40
LONGEST_QUERY = 40

Kind = Notice.Kind
OPEN = [stage for stage in Stage if stage not in CLOSED]
LEADING = (Kind.RESOLUTION, Kind.RESULT)


def shown() -> QuerySet[Notice]:
    """Every public notice, with all that its card says."""
    of_matter = Resolution.objects.standing().filter(matter=OuterRef("matter"))
    resolutions = of_matter.order_by("-pk")
    return (
        Notice.objects.public()
        .annotate(newest_resolution=Subquery(resolutions.values("pk")[:1]))
        .select_related(
            "matter",
            "report",
            "superseded_by",
            "resolution__tally",
            "resolution__ballot__sitting",
        )
        .prefetch_related("postings")
    )


def find(uid: str) -> Notice:
    """The public notice of that number and what its page says of it.

    Raises Notice.DoesNotExist.
    """
    return (
        shown()
        .select_related(
            "matter",
            "report",
            "supersedes",
            "superseded_by",
            "resolution__text",
            "resolution__tally",
            "resolution__ballot__sitting__roster",
            "village__division__parent",
        )
        .prefetch_related("audits", "matter__objections")
        .get(uid=uid)
    )


def current(village: Village, day: date) -> list[Notice]:
    """What hangs, what is to be posted, and what must be posted again."""
    newest = Posting.objects.filter(notice=OuterRef("pk")).order_by("-pk")
    lasting = Q(matter__stage__in=OPEN)
    hangs = Q(hangs_until__gte=day, taken_on=None)
    to_post = lasting & Q(hangs_until=None) & ~Q(kind=Kind.BULLETIN)
    again = lasting & Q(taken_on__lte=F("hangs_until"))
    found = (
        shown()
        .filter(pk__in=_candidates(village, day), superseded_by=None)
        .annotate(
            hangs_until=Subquery(newest.values("last_day")[:1]),
            taken_on=Subquery(newest.values("taken_down_on")[:1]),
        )
        .filter(hangs | to_post | again)
        .order_by("-published_at", "-pk")
    )
    return list(found[:MOST_AT_A_TIME])


def _candidates(village: Village, day: date) -> list[int]:
    """Notices of open matters and whatever hangs, found without reading the rest."""
    matters = village.matters.filter(stage__in=OPEN)
    of_open = Notice.objects.filter(matter__in=matters).values("pk")
    hanging = Posting.objects.filter(
        notice__village=village, last_day__gte=day, taken_down_on=None
    )
    found = of_open.union(hanging.values("notice"))
    return list(found.values_list("pk", flat=True))


@dataclass(frozen=True)
class Wish:
    """What a reader looks for among all notices of a village."""

    words: str = ""
    year: int | None = None
    before: str = ""  # the notice after which the page begins
    after: str = ""  # the notice before which the page ends

    @classmethod
    def of(cls, asked: Any) -> Wish:
        year = asked.get("year", "")
        return cls(
            asked.get("q", "").replace("\x00", "").strip()[:LONGEST_QUERY],
            int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,  # noqa: PLR2004
            asked.get("before", ""),
            asked.get("after", ""),
        )

    @property
    def searches(self) -> bool:
        return bool(self.words or self.year)

    @property
    def turned(self) -> bool:
        """Whether it is another page than the first."""
        return bool(self.before or self.after)


@dataclass(frozen=True)
class Page:
    """Some notices, newest first, and where newer and older ones begin."""

    notices: Sequence[Notice]
    newer: str = ""
    older: str = ""


def earlier(village: Village, wish: Wish, besides: Sequence[Notice] = ()) -> Page:
    """A page of the village's notices, found by where the one before it ended."""
    rows = shown().filter(village=village).exclude(pk__in=[n.pk for n in besides])
    if wish.words:
        rows = rows.filter(title__icontains=wish.words)
    if wish.year:
        rows = rows.filter(published_at__year=wish.year)
    edge = _edge(village, wish)
    if edge and wish.after:
        return _page_after(rows, edge)
    rows = rows.order_by("-published_at", "-pk")
    if edge:
        rows = rows.filter(_older(edge))
    found = list(rows[: PAGE + 1])
    page = found[:PAGE]
    return Page(
        page,
        newer=page[0].uid if edge and page else "",
        older=page[-1].uid if len(found) > PAGE else "",
    )


def _edge(village: Village, wish: Wish) -> Notice | None:
    """The notice the page begins or ends at; an unknown one is no wish."""
    if not wish.turned:
        return None
    uid = wish.after or wish.before
    if not uid.isalnum():
        return None
    rows = Notice.objects.public().filter(village=village, uid=uid)
    return rows.only("pk", "published_at").first()


def _older(edge: Notice) -> Q:
    # The first condition says nothing new: it lets the index find the place.
    at = edge.published_at
    same = Q(published_at=at, pk__lt=edge.pk)
    return Q(published_at__lte=at) & (Q(published_at__lt=at) | same)


def _page_after(rows: QuerySet[Notice], edge: Notice) -> Page:
    """The page that ends just before the notice, read upwards."""
    at = edge.published_at
    same = Q(published_at=at, pk__gt=edge.pk)
    newer = Q(published_at__gte=at) & (Q(published_at__gt=at) | same)
    found = list(rows.filter(newer).order_by("published_at", "pk")[: PAGE + 1])
    page = found[:PAGE][::-1]
    return Page(
        page,
        newer=page[0].uid if len(found) > PAGE else "",
        older=page[-1].uid if page else "",
    )


def years(village: Village, day: date) -> range:
    """The years of which there are notices, newest first."""
    first = (
        Notice.objects.public()
        .filter(village=village)
        .order_by("published_at")
        .values_list("published_at", flat=True)
        .first()
    )
    since = clock.local(first).year if first else day.year
    return range(day.year, since - 1, -1)


def address(notice: Notice) -> str:
    return reverse("disclosure:notice", args=[notice.uid])


def card(notice: Notice, day: date) -> dict[str, Any]:
    """What the board says of one notice."""
    state = state_of(notice, day)
    return {
        "url": address(notice),
        "title": Veil()(notice.title),
        "status": state.words,
        "tone": state.tone,
        "start": state.first,
        "end": state.last,
        "number": _("公示编号 %(no)s") % {"no": notice.uid},
        "verdict": summary(notice),
    }


@dataclass
class Group:
    """The notices of one matter that are up together: one leads, others follow."""

    card: dict[str, Any]
    others: list[dict[str, Any]]


def grouped(notices: Sequence[Notice], day: date) -> list[Group]:
    """One group a matter, in the order of the newest; a decision or result leads."""
    matters: dict[int, list[Notice]] = {}
    for notice in notices:
        matters.setdefault(notice.matter_id or -notice.pk, []).append(notice)
    groups = []
    for together in matters.values():
        leads = min(together, key=lambda n: n.kind not in LEADING)
        others = [card(notice, day) for notice in together if notice is not leads]
        groups.append(Group(card(leads, day), others))
    return groups


def summary(notice: Notice) -> str:
    """What was decided or done, and how far the matter has come since."""
    said = ""
    if notice.kind == Kind.RESOLUTION and notice.resolution:
        said = outcome(notice.resolution)
    report = getattr(notice, "report", None)
    if report is not None:
        said = _("进度 %(p)s%%。") % {"p": report.progress}
    if now := stage_beside(notice):
        said += _("现在：%(stage)s。") % {"stage": now}
    return said
