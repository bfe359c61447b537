"""A signature as numbers: what is one, and what is none."""

from __future__ import annotations

import pytest

from workflows import strokes

NAME = "0,0 10,10 20,20 30,30;600,240 1,2 3,4 5,6"


def test_strokes_are_read_and_drawn():
    first, second = strokes.read(NAME)
    assert first == [(0, 0), (10, 10), (20, 20), (30, 30)]
    assert second[0] == (strokes.WIDTH, strokes.HEIGHT)
    drawn = "M0,0 L10,10 L20,20 L30,30 M600,240 L1,2 L3,4 L5,6"
    assert strokes.path(NAME) == drawn
    assert strokes.path("") == ""


@pytest.mark.parametrize(
    "written",
    [
        "",
        "1,1 2,2 3,3",
        NAME + ";",
        NAME.replace("600", "601"),
        NAME.replace("240", "241"),
        NAME.replace(" ", "  "),
        NAME + " -1,2",
        NAME + '"/><script>',
        " ".join(["100,100"] * 2000),
    ],
)
def test_anything_else_is_no_signature(written):
    with pytest.raises(strokes.Unreadable):
        strokes.read(written)


def test_the_same_strokes_have_the_same_hash():
    assert strokes.hash_of(NAME) == strokes.hash_of(NAME)
    assert strokes.hash_of(NAME) != strokes.hash_of(NAME + " 7,8")
