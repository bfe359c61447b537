"""Who may read a sitting, who may act on it, and when."""

from __future__ import annotations

import pytest

from tests.workflows.sitting_steps import convened, declared, nothing_changes

PARTS = ("serve", "attend", "lapse", "close")
OF_ITEM = ("open", "count", "witness", "declare", "void", "recount")


def test_votes_of_the_joint_sitting_are_for_officers_alone(world, desk):
    sitting = declared(world, world.draft(), votes_for=4, against=1).sitting
    for by in ("clerk", "supervisor1", "township", "county"):
        assert "赞成 4 人" in desk(sitting, by).content.decode()
    html = desk(sitting, "rep01").content.decode()
    assert "应到 5 人，到会 5 人，形成提议" in html
    assert "赞成" not in html


@pytest.mark.parametrize("part", [*PARTS, *(f"1/{name}" for name in OF_ITEM)])
def test_a_stranger_finds_none_of_it(world, desk, press, part):
    sitting = convened(world, world.draft())
    for by in ("zhou", "li"):
        assert desk(sitting, by, f"{part}/").status_code == 404
        assert press(sitting, f"{part}/", by).status_code == 404


@pytest.mark.parametrize("part", ["lapse", "close", *(f"1/{n}" for n in OF_ITEM)])
def test_before_its_turn_each_page_says_so(world, desk, press, part):
    sitting = convened(world, world.draft())
    with nothing_changes():
        assert desk(sitting, part=f"{part}/").status_code == 409
        assert press(sitting, f"{part}/").status_code == 409


@pytest.mark.parametrize("by", ["rep01", "township", "supervisor1"])
def test_others_of_the_village_read_and_press_nothing(world, desk, press, by):
    sitting = convened(world, world.draft())
    assert desk(sitting, by).context["lead"].button is None
    for part in ("serve/", "attend/"):
        assert desk(sitting, by, part).status_code == 403
        assert press(sitting, part, by).status_code == 403


def test_an_item_that_is_not_on_the_agenda_is_not_found(world, desk):
    sitting = convened(world, world.draft())
    for position in (0, 2, 10**12):
        assert desk(sitting, part=f"{position}/open/").status_code == 404
