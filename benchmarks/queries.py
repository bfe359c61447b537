"""How many queries an act, the worklist and a page cost, with few matters and many."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks import acts
from benchmarks.many import draft, fill
from benchmarks.measure import Ratio
from benchmarks.village import Hamlet
from workflows import flows

FEW, MANY = 10, 10_000
FLOOR = 1.0
Counts = dict[str, int]


def compare(hamlet: Hamlet) -> tuple[Ratio, list[str]]:
    """The ratio that is furthest from one, and a table: what, with few, with many."""
    fill(hamlet, FEW)
    few = _counts(hamlet)
    fill(hamlet, MANY)
    many = _counts(hamlet)
    heads = (f"{FEW} 件", f"{MANY} 件")
    return ratio("queries", few, many), table("查询次数", heads, few, many)


def ratio(name: str, few: Counts, many: Counts) -> Ratio:
    """One where each costs as many; whatever costs more, or fewer, is below."""
    furthest = min(min(few[w], many[w]) / max(few[w], many[w]) for w in few)
    total, baseline = sum(many.values()), sum(few.values())
    return Ratio(name, furthest, FLOOR, total, baseline, unit="次查询")


def table(title: str, heads: tuple[str, str], few: Counts, many: Counts) -> list[str]:
    rows = [title, f"{'':<16}{heads[0]:>8}{heads[1]:>10}"]
    return rows + [_row(what, few[what], many[what]) for what in few]


def _row(what: str, few: int, many: int) -> str:
    mark = "" if few == many else "  不相等"
    return f"{what:<16}{few:>10}{many:>12}{mark}"


def _counts(hamlet: Hamlet) -> Counts:
    counts = {"draft": queries(draft, hamlet)}
    for matter, verb, act, who in acts.moves(hamlet):
        name = matter.owed if verb == "declare" else verb
        counts[str(name)] = queries(flows.perform, matter, verb, act, actor=who)
    slug = hamlet.village.slug
    one = f"/matters/{slug}/{matter.number}/"
    for who in ("clerk", "township"):
        client = Client(headers={"host": "localhost"})
        client.force_login(hamlet.users[who])
        for path in ("/", "/matters/", "/sittings/", one, f"/villages/{slug}/"):
            client.get(path)
            name = path.replace(one, "/matters/…/").replace(slug, "…")
            counts[f"{name} {who}"] = queries(client.get, path)
    return counts


def queries(work: Callable[..., Any], *args: Any, **kwargs: Any) -> int:
    """Statements sent to the database by one call, BEGIN and SAVEPOINT among them."""
    with CaptureQueriesContext(connection) as captured:
        work(*args, **kwargs)
    return len(captured)
