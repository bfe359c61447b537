"""How many queries an act, the worklist and a page cost, with few matters and many."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks import acts
from benchmarks.village import Hamlet
from workflows import flows
from workflows.acts import drafting

MORE = 200
PAGES = ("/", "/matters/", "/sittings/")


def table(hamlet: Hamlet) -> list[str]:
    """Lines of a table: what, queries before, queries with MORE matters besides."""
    before = _counts(hamlet)
    for number in range(MORE):
        _draft(hamlet, f"事项{number}")
    after = _counts(hamlet)
    rows = ["查询次数", f"{'':<16}{'少':>6}{f'多 {MORE} 件':>10}"]
    return rows + [f"{what:<16}{n:>6}{after[what]:>10}" for what, n in before.items()]


def _draft(hamlet: Hamlet, title: str) -> Any:
    content = drafting.Draft(type="M05", title=title, text="每日 80 元。")
    clerk = hamlet.users["clerk"]
    return flows.draft(lambda: drafting.draft(hamlet.village, content, actor=clerk))


def _counts(hamlet: Hamlet) -> dict[str, int]:
    counts = {"draft": queries(_draft, hamlet, "测")}
    for matter, verb, act, who in acts.moves(hamlet):
        name = matter.owed if verb == "declare" else verb
        counts[str(name)] = queries(flows.perform, matter, verb, act, actor=who)
    client = Client(headers={"host": "localhost"})
    client.force_login(hamlet.users["clerk"])
    for path in PAGES:
        client.get(path)
        counts[path] = queries(client.get, path)
    return counts


def queries(work: Callable[..., Any], *args: Any, **kwargs: Any) -> int:
    """Statements sent to the database by one call, BEGIN and SAVEPOINT among them."""
    with CaptureQueriesContext(connection) as captured:
        work(*args, **kwargs)
    return len(captured)
