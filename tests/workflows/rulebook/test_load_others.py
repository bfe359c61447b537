"""What broken chains, a broken catalogue and broken overlays are refused for."""

from __future__ import annotations

from typing import Any

import pytest

Copy = Any  # see conftest.py
DEMO = "demo-county.toml"
FIRST = '["joint.quorum"]'


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('body = "joint"', 'body = "elders"', "four_step.proposed"),
        ('verb = "propose"', 'verb = "review"', "four_step.proposed"),
        (
            "four_step.steps.proposed",
            "four_step.steps.initiated",
            "four_step.initiated",
        ),
        ('"proposed", "reviewed"', '"reviewed", "proposed"', "four_step"),
        ('"proposed", "reviewed"', '"asked", "reviewed"', "four_step"),
        ('"reported", "archived"]', '"reported"]', "four_step"),
        ('effect = "opinion"', 'effect = "hint"', "statutory.reviewed"),
    ],
)
def test_chains_are_checked(copy: Copy, old: str, new: str, key: str) -> None:
    copy.edit("chains.toml", old, new)
    copy.refused("chains.toml", key)


def test_a_missing_file_is_refused(copy: Copy) -> None:
    (copy.folder / "chains.toml").unlink()
    assert "missing" in copy.refused("chains.toml", "")


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('closing = "acceptance"', 'closing = "party"', "M03"),
        ('chains = ["group", ', 'chains = [["group"], ', "M21b"),
        ('chains = ["group", ', 'chains = ["feast", ', "M21b"),
        ('"county", key = "plan', '"king", key = "plan', "M01a.approval"),
        ('key = "plan.village"', 'key = "plan.country"', "M01a"),
        ('"立项", gate = "begin"', '"立项", gate = "end"', "M03.disclosures[0]"),
        ('"site", label = "选址"', '"project", label = "选址"', "M03"),
        ("[M05]\n", "[M05]\ncolour = 3\n", "M05"),
    ],
)
def test_the_catalogue_is_checked(copy: Copy, old: str, new: str, key: str) -> None:
    copy.edit("catalogue.toml", old, new)
    copy.refused("catalogue.toml", key)


def written(key: str, value: str) -> str:
    """A key as a county might write it."""
    basis = 'basis = "local"\noverride = "none"\narticle = "own 第一条"'
    return f'["{key}"]\nvalue = {value}\n{basis}\n'


def share(of: str, num: int, den: int) -> str:
    return f'{{of = "{of}", num = {num}, den = {den}, inclusive = true}}'


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("vr.quorum", share("eligible", 3, 4)),
        ("vr.pass", share("present", 2, 3)),
        ("vm.pass", share("present", 2, 3)),
        ("vg.quorum", share("eligible", 3, 4)),
        ("mm.pass", share("eligible", 3, 4)),
        ("pm.pass", share("eligible", 2, 3)),
        ("text.unchanged", "false"),
        ("guarantee.by_committee", '"void_unless_acting"'),
    ],
)
def test_a_county_sets_nothing_anew_that_is_not_its_to_set(
    copy: Copy, key: str, value: str
) -> None:
    copy.edit(DEMO, FIRST, f"{written(key, value)}\n{FIRST}")
    assert "county may not set it" in copy.refused(DEMO, key)


def test_nobody_goes_below_the_law(copy: Copy) -> None:
    copy.edit(DEMO, FIRST, f"{written('pub.min_days', '7')}\n{FIRST}")
    assert "less than 15" in copy.refused(DEMO, "pub.min_days")


def test_a_longer_notice_is_a_county_s_to_ask_for(copy: Copy) -> None:
    copy.edit(DEMO, FIRST, f"{written('pub.min_days', '20')}\n{FIRST}")
    assert copy.load().overlays["demo-county"].keys["pub.min_days"].value == 20


def test_a_charter_may_be_stricter_but_not_laxer(copy: Copy) -> None:
    text = copy.text(DEMO)
    head = text[: text.index(FIRST)].replace('"county"', '"charter"')
    copy.write(DEMO, head + written("mm.pass", share("eligible", 3, 4)))
    assert copy.load().overlays["demo-county"].keys["mm.pass"].value.num == 3
    copy.write(DEMO, head + written("mm.pass", share("eligible", 1, 2)))
    assert "asks for less" in copy.refused(DEMO, "mm.pass")


def test_a_province_may_make_a_petition_easier(copy: Copy) -> None:
    text = copy.text(DEMO)
    head = text[: text.index(FIRST)].replace('"county"', '"province"')
    copy.write(DEMO, head + written("vr.petition.reps", share("eligible", 1, 10)))
    assert "vr.petition.reps" in copy.load().overlays["demo-county"].keys


def test_what_an_overlay_refuses_for_stands_in_its_own_document(copy: Copy) -> None:
    copy.edit(DEMO, 'article = "own 第五条"', 'source = "口头"')
    assert "document" in copy.refused(DEMO, "count.witnessed")


def test_a_province_says_who_decides_what_the_nation_leaves_unsaid(copy: Copy) -> None:
    text = copy.text(DEMO)
    head = text[: text.index(FIRST)].replace('"county"', '"province"')
    basis = 'basis = "province"\noverride = "none"\narticle = "own 第二十八条"\n'
    copy.write(DEMO, f'{head}[bodies.M31]\nvalue = ["reps"]\n{basis}')
    book = copy.load()
    newest = {key: book.national[-1][key] for key in book.national[-1]}
    merged = book.overlays["demo-county"].over(newest)
    assert merged["bodies.M31"].value == ("reps",)
    assert merged["bodies.M31"].refuses
    copy.write(DEMO, copy.text(DEMO).replace('"province"\nsince', '"county"\nsince'))
    assert "no national text" in copy.refused(DEMO, "bodies.M31")


def test_an_overlay_s_key_stands_in_some_national_text(copy: Copy) -> None:
    copy.edit(DEMO, FIRST, f"{written('nothing.known', '2')}\n{FIRST}")
    copy.refused(DEMO, "nothing.known")


def test_an_overlay_does_not_end_before_it_begins(copy: Copy) -> None:
    copy.edit(DEMO, "since = 2010-10-28", "since = 2010-10-28\nuntil = 2010-10-27")
    assert "before since" in copy.refused(DEMO, "until")


@pytest.mark.parametrize("name", ["demo+county", "示范县", "Demo", "demo county"])
def test_an_overlay_has_a_name_that_can_be_put_together(copy: Copy, name: str) -> None:
    """A pin reads national-2026+demo-county."""
    copy.write(f"{name}.toml", copy.text(DEMO))
    assert "is no name" in copy.refused(f"{name}.toml", "")
