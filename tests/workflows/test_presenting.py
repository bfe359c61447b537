"""What the fragments are given, where no page is needed to see it."""

from __future__ import annotations

import pytest

from workflows.presenting import differences


def marked(old: str, new: str) -> str:
    signs = {"same": "{}", "ins": "[+{}]", "del": "[-{}]"}
    return "".join(signs[p.kind].format(p.text) for p in differences(old, new))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("甲。", "甲。", "甲。"),
        ("每天一百元。", "每天二百元。", "每天[-一][+二]百元。"),
        ("甲。\n乙。", "甲。\n乙。\n丙。", "甲。\n乙。[+\n丙。]"),
        ("甲。乙。丙。", "甲。丙。", "甲。[-乙。]丙。"),
        ("甲。\r\n乙。", "甲。\n乙。", "甲。\n乙。"),
        ("", "甲。", "[+甲。]"),
    ],
)
def test_differences_are_marked(old: str, new: str, said: str) -> None:
    assert marked(old, new) == said


def test_either_text_can_be_read_off() -> None:
    old, new = (
        "一、修路。二、修渠。三、年底完工。",
        "一、修桥。三、六月完工。四、公示。",
    )
    parts = differences(old, new)
    assert "".join(p.text for p in parts if p.kind != "ins") == old
    assert "".join(p.text for p in parts if p.kind != "del") == new


def test_long_texts_are_compared_in_time() -> None:
    old = "".join(f"第{n}条，甲乙丙丁戊己庚辛。" for n in range(1500))
    new = old.replace("甲乙", "乙甲")
    parts = differences(old, new)
    assert "".join(p.text for p in parts if p.kind != "del") == new
