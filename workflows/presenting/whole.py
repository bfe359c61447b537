"""All the rows of one matter, in a fixed number of queries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, prefetch_related_objects

from workflows.models import Ballot, Tally

if TYPE_CHECKING:
    from workflows.models import Matter


def fetch_all(matter: Matter) -> None:
    """Everything that a page or a dossier shows, at once."""
    tallies = Tally.objects.select_related("entered_by", "witness").order_by("pk")
    ballots = Ballot.objects.select_related(
        "sitting__roster", "sitting__village__division__parent", "version"
    )
    prefetch_related_objects(
        [matter],
        "texts",
        Prefetch("ballots", ballots.prefetch_related(Prefetch("tallies", tallies))),
        "notices__postings",
        "notices__audits__audited_by",
        "notices__report",
        "objections",
        "opinions",
        "advices",
        "approvals",
        "acceptances",
        "rectifications",
        "documents",
    )
    for ballot in matter.ballots.all():
        ballot.matter = matter
    for notice in matter.notices.all():
        notice.matter, notice.village = matter, matter.village


def subjects(matter: Matter) -> list[str]:
    """All that entries of this matter's story are about."""
    rows: list[Any] = [matter]
    for related in ("ballots", "notices", "objections", "opinions"):
        rows += getattr(matter, related).all()
    sittings = {ballot.sitting.subject for ballot in matter.ballots.all()}
    return [*(row.subject for row in rows), *sittings]
