"""A signature as the strokes of a finger: `x,y x,y; x,y …`, whole numbers.

Small enough to be kept in the row and sealed with it; drawn as SVG where it is shown.
"""

from __future__ import annotations

import hashlib
import re

WIDTH, HEIGHT = 600, 240
LONGEST = 12_000  # characters
FEWEST = 8  # points: a dot is no name
FORM = re.compile(r"\d{1,3},\d{1,3}(?:[ ;]\d{1,3},\d{1,3})*", re.ASCII)


class Unreadable(ValueError):
    """These are no strokes, or too few, or too many."""


def read(written: str) -> list[list[tuple[int, int]]]:
    """The strokes, each a list of points inside the box; raises Unreadable."""
    if len(written) > LONGEST or not FORM.fullmatch(written):
        raise Unreadable
    strokes = [_stroke(part) for part in written.split(";")]
    if sum(map(len, strokes)) < FEWEST:
        raise Unreadable
    return strokes


def _stroke(part: str) -> list[tuple[int, int]]:
    points = [tuple(map(int, point.split(","))) for point in part.split(" ")]
    if any(x > WIDTH or y > HEIGHT for x, y in points):
        raise Unreadable
    return [(x, y) for x, y in points]


def hash_of(written: str) -> str:
    return hashlib.sha256(written.encode()).hexdigest()


def path(written: str) -> str:
    """The same as the path of an SVG; nothing of what was erased."""
    lines = ["M" + " L".join(part.split(" ")) for part in written.split(";") if part]
    return " ".join(lines)
