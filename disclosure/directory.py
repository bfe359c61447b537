"""Finding a village: by township, by name, by what it was once called."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import CharField, F, Func, Q, QuerySet, Value

from villages.models import Division, Village

LONGEST_QUERY = 40


@dataclass
class Township:
    """A township and those of its villages that were asked for."""

    division: Division
    villages: list[Village] = field(default_factory=list)


def find(words: str, day: date) -> list[Township]:
    """All villages by township; with words, those called or once called like it.

    Villages that were merged into others are found by name only.
    """
    every = Village.objects.select_related("division__parent", "successor")
    asked = _called(every, words) if words else every.filter(_existing(day))
    townships: dict[str, Township] = {}
    for village in asked.order_by("division_id", "slug"):
        division = village.division
        township = townships.setdefault(division.pk, Township(division))
        township.villages.append(village)
    return list(townships.values())


def _existing(day: date) -> Q:
    return Q(successor=None) & (Q(valid_to=None) | Q(valid_to__gte=day))


def _called(rows: QuerySet[Village], words: str) -> QuerySet[Village]:
    once = Func(
        F("aliases"),
        Value("，"),
        function="array_to_string",
        output_field=CharField(),
    )
    return rows.annotate(once=once).filter(
        Q(name__icontains=words)
        | Q(once__icontains=words)
        | Q(division__name__icontains=words)
        | Q(slug=words)
    )
