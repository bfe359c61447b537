"""Where the pages of a matter are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from workflows.models import Matter, Notice


def of_matter(matter: Matter) -> str:
    return reverse("workflows:matter", args=[matter.village.slug, matter.number])


def of_act(matter: Matter, verb: str) -> str:
    return reverse("workflows:act", args=[matter.village.slug, matter.number, verb])


def of_notice(notice: Notice, verb: str) -> str:
    matter = notice.matter
    assert matter is not None
    args = [matter.village.slug, matter.number, notice.uid, verb]
    return reverse("workflows:notice_act", args=args)
