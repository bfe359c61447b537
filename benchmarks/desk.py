"""How many queries the desk of a sitting costs, with few members and with many."""

from __future__ import annotations

from django.test import Client

from benchmarks.casting import Room
from benchmarks.measure import Ratio
from benchmarks.queries import Counts, queries, ratio, table

FEW, MANY = 7, 45


def compare() -> tuple[Ratio, list[str]]:
    """The ratio that is furthest from one, and a table: what, with few, with many."""
    few, many = (_counts(Room(size, f"desk{size}", 1)) for size in (FEW, MANY))
    heads = (f"{FEW} 人", f"{MANY} 人")
    return ratio("desk", few, many), table("会场", heads, few, many)


def _counts(room: Room) -> Counts:
    """All came, and a vote is under way."""
    browser = Client(headers={"host": "localhost"})
    browser.force_login(room.clerk)
    counts = {}
    for part in ("", "now/"):
        path = f"/sittings/{room.ballots[0].sitting.uid}/{part}"
        browser.get(path)
        counts[f"/sittings/…/{part}"] = queries(browser.get, path)
    return counts
