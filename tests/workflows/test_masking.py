"""Numbers that belong to one person never hang on a board; sums and dates do."""

from __future__ import annotations

import pytest

from workflows.masking import mask, surname


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("身份证140724196503152228。", "身份证140724****2228。"),
        ("身份证14072419650315222X。", "身份证140724****222X。"),
        ("身份证14072419650315222x", "身份证140724****222x"),
        ("140724 19650315 2228", "140724****2228"),
        ("一代证140724650315222", "一代证140724****222"),
        ("账号6222020409001234567", "账号6222****4567"),
        ("账号6222 0204 0900 1234 567", "账号6222****567"),
        ("账号6217001234567890", "账号6217****7890"),
        ("电话13812345678，", "电话138****5678，"),
        ("电话138 1234 5678", "电话138****5678"),
        ("电话138-1234-5678", "电话138****5678"),
        ("甲13812345678乙13987654321", "甲138****5678乙139****4321"),
        (
            "卫秀兰140724196503152228，卡6222020409001234567，电话13812345678",
            "卫秀兰140724****2228，卡6222****4567，电话138****5678",
        ),
    ],
)
def test_what_belongs_to_one_person_is_blanked(written, shown):
    assert mask(written) == shown
    assert mask(shown) == shown


@pytest.mark.parametrize(
    "text",
    [
        "预算38万元（380000.00元）",
        "2026年3月2日至3月17日",
        "2026-03-02 2026-03-17",
        "行政区划码140724200205",
        "村委会电话0354-4121234",
        "昔政函〔2026〕12号",
        "每户12亩，共1234567平方米",
        "办理记录 9f1c2ab34d5e6f70",
        "",
    ],
)
def test_sums_dates_and_public_numbers_stay(text):
    assert mask(text) == text


@pytest.mark.parametrize(
    ("name", "shown"),
    [("李秀英", "李某"), ("欧阳明", "欧某"), ("", "一位村民")],
)
def test_a_villager_is_shown_by_the_family_name(name, shown):
    assert surname(name) == shown
