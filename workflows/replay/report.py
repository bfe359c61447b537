"""What the database holds after a scenario was played."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db import connection
from django.utils.translation import gettext as _

from audit.models import Entry
from workflows.models import Ballot, Matter, Sitting
from workflows.rules.majority import pass_key

from .scenario import Scenario
from .scene import Scene

WRITTEN_BY_ACTS = ("audit", "workflows", "viewflow")
ROSTERS = ("villages_roster", "villages_rosterentry")
Case = dict[str, Any]


def case_of(
    scenario: Scenario,
    scene: Scene,
    refusals: list[tuple[int, list[str]]],
    failures: list[str],
) -> Case:
    """One case as it stands in the database, and whether that is what was said."""
    matter = Matter.objects.filter(pk=scene.number).first()
    found = list(sittings_of(matter)) if matter else []
    stage = str(matter.stage) if matter else None
    failures = [*failures, *missed(scenario.expect, stage, found)]
    return {
        "case": scenario.case,
        "ok": not failures,
        "stage": stage,
        "sittings": found,
        "refusals": [{"act": act, "rules": rules} for act, rules in refusals],
        "entries": Entry.objects.filter(village=scene.cast.village.slug).count(),
        "failures": failures,
    }


def sittings_of(matter: Matter) -> Iterator[dict[str, Any]]:
    """Every sitting to which the matter was put, in the order they were entered.

    Where a ballot was void and the item put again, the one counted last is told.
    """
    ballots = Ballot.objects.filter(matter=matter).select_related("sitting__roster")
    told: dict[int, Ballot] = {}
    for ballot in ballots.order_by("sitting", "pk"):
        if ballot.tally is not None or ballot.sitting_id not in told:
            told[ballot.sitting_id] = ballot
    return map(sitting_as_told, told.values())


def sitting_as_told(ballot: Ballot) -> dict[str, Any]:
    sitting, tally = ballot.sitting, ballot.tally
    return {
        "body": sitting.body,
        "eligible": sitting.eligible,
        "present": sitting.present,
        "for": tally.votes_for if tally else 0,
        "against": tally.votes_against if tally else 0,
        "abstain": tally.abstain if tally else 0,
        "invalid": tally.invalid if tally else 0,
        "lapsed": sitting.state == Sitting.State.LAPSED,
        "passed": tally.passed if tally else False,
        "citation": sitting.rules.cite(pass_key(ballot)),
    }


def missed(
    expect: Mapping[str, Any], stage: str | None, found: list[dict[str, Any]]
) -> Iterator[str]:
    """Each expectation the database does not bear out."""
    if "stage" in expect and expect["stage"] != stage:
        yield differs("stage", expect["stage"], stage)
    if "sittings" in expect and expect["sittings"] != len(found):
        yield differs("sittings", expect["sittings"], len(found))
    last = found[-1] if found else {}
    for key, value in expect.get("last", {}).items():
        if last.get(key) != value:
            yield differs(f"last.{key}", value, last.get(key))


def differs(key: str, expected: object, found: object) -> str:
    told = {"key": key, "expected": expected, "found": found}
    return _("expect %(key)s：应为 %(expected)s，实为 %(found)s。") % told


def flaws_of_the_newest(scene: Scene) -> frozenset[str]:
    """With which rules the sitting entered last was kept."""
    newest = Ballot.objects.filter(matter=scene.number).order_by("pk").last()
    return frozenset(newest.flawed if newest else ())


def fingerprint(scene: Scene) -> tuple[Any, ...]:
    """The stage, how many entries there are, and a digest of every row acts write."""
    stage = Matter.objects.filter(pk=scene.number).values_list("stage", flat=True)
    tables = sorted(
        model._meta.db_table
        for label in WRITTEN_BY_ACTS
        for model in apps.get_app_config(label).get_models()
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(map(digest, (*tables, *ROSTERS))))
        rows = dict(cursor.fetchall())
    return stage.first(), Entry.objects.count(), rows


def digest(table: str) -> str:
    """All rows of a table as one short value. The name is a model's own."""
    name = connection.ops.quote_name(table)
    return (
        f"SELECT '{table}', md5(coalesce(string_agg(row::text, '|' "  # noqa: S608
        f"ORDER BY row::text), '')) FROM {name} AS row"
    )
