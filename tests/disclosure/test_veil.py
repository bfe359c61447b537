"""What is blanked out of everything that people typed."""

from __future__ import annotations

import pytest

from disclosure.veil import Veil
from workflows.masking import mask
from workflows.models import Objection


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("身份证140724196001010011。", "身份证140724****0011。"),
        ("14072419600101001X", "140724****001X"),
        ("140724 19600101 0011", "140724****0011"),
        ("140724600101001", "140724****001"),
        ("电话13812345678", "电话138****5678"),
        ("电话138 1234 5678", "电话138****5678"),
        ("电话138-1234-5678", "电话138****5678"),
        ("卡号6222021234567890123", "卡号6222****0123"),
        ("卡号6222 0212 3456 7890 123", "卡号6222****123"),
        ("380000.00元", "380000.00元"),
        ("1200 3400 5600 7800 9900", "1200 3400 5600 7800 9900"),
        ("电话0354-4123456", "电话0354-4123456"),
        ("2026年3月1日至4月4日", "2026年3月1日至4月4日"),
    ],
)
def test_numbers_of_one_person_are_blanked(typed, shown):
    assert mask(typed) == shown
    assert mask(shown) == shown


def test_who_objected_is_not_named_in_the_text_either():
    veil = Veil([Objection(name="王建国", phone="0354-4111111")])
    typed = "我是王建国，打0354-4111111找我。"
    assert veil(typed) == "我是王某，打****找我。"


def test_a_name_that_begins_another_does_not_spoil_it():
    veil = Veil([Objection(name="王建"), Objection(name="王建国")])
    assert veil("王建国和王建") == "王某和王某"


def test_nobody_is_somebody():
    assert Veil().surname(" ") == "一位村民"
    assert Veil([Objection(name="")])("路窄") == "路窄"
