"""Reading public pages, and filling a board."""

from __future__ import annotations

import re

from django.utils.html import strip_tags

from audit import codes
from workflows.models import Notice

SAME, DIFFERS = "与记录一致", "对不上"


def plain(html: str) -> str:
    """What stands on the page, blanks and tags left out."""
    return re.sub(r"\s+", "", strip_tags(html.replace("&quot;", '"')))


def address(notice: Notice) -> str:
    return f"/notices/{notice.uid}/"


def checked(notice: Notice) -> str:
    """Where it is checked."""
    return f"/verify/{codes.spell(notice.uid)}/"


def many(like: Notice, number: int) -> None:
    """So many older notices of the same matter, long off the board."""
    kept = {"pk", "id", "uid", "supersedes"}
    fields = [f.attname for f in Notice._meta.concrete_fields if f.name not in kept]
    given = {name: getattr(like, name) for name in fields}
    Notice.objects.bulk_create(
        Notice(
            **given
            | {
                "kind": Notice.Kind.BULLETIN,
                "title": f"第{n:03}次通报",
                "days": 0,
            }
        )
        for n in range(number)
    )
