"""How dates, money and stages are written."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from types import SimpleNamespace

import pytest
from django.template import Context

from workflows.templatetags import stages


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (stages.zh_date(date(2026, 3, 20)), "2026年3月20日"),
        (stages.zh_date(datetime(2026, 3, 19, 16, tzinfo=UTC)), "2026年3月20日"),
        (stages.zh_day(date(2026, 3, 20)), "2026年3月20日（星期五）"),
        (stages.zh_time(time(9)), "上午9时"),
        (stages.zh_time(time(9, 30)), "上午9时30分"),
        (stages.zh_time(time(12)), "中午12时"),
        (stages.zh_time(time(15)), "下午3时"),
        (stages.zh_time(time(19, 5)), "晚上7时5分"),
        (
            stages.zh_time(datetime(2026, 3, 20, 1, tzinfo=UTC)),
            "2026年3月20日（星期五）上午9时",
        ),
        (
            stages.span(date(2026, 3, 21), date(2026, 4, 4)),
            "2026年3月21日至4月4日，共15日",
        ),
        (
            stages.span(date(2025, 12, 25), date(2026, 1, 8)),
            "2025年12月25日至2026年1月8日，共15日",
        ),
        (stages.money("380000"), "38万元（380000.00元）"),
        (stages.money("400000"), "40万元（400000.00元）"),
        (stages.money("386123.45"), "38.612345万元（386123.45元）"),
        (stages.money("10000"), "10000.00元"),
        (stages.money("9600"), "9600.00元"),
        (stages.zh_date(None) + stages.zh_time(None) + stages.money(None), ""),
    ],
)
def test_dates_and_money_are_written_as_villagers_say_them(
    written: str, expected: str
) -> None:
    assert written == expected


def test_a_stage_is_told_by_words() -> None:
    matter = SimpleNamespace(stage="announced", stage_label="决议公示中 <1>")
    badge = '<span class="tag up">决议公示中 &lt;1&gt;</span>'
    assert stages.stage_badge(matter) == badge


@pytest.mark.parametrize(
    ("path", "address", "marked"),
    [
        ("/", "/", True),
        ("/matters/x/1/", "/", False),
        ("/matters/x/1/", "/matters/", True),
        ("/sittings/", "/matters/", False),
        ("/villages/x/sittings/new/", "/sittings/", True),
        ("/villages/x/authorise/", "/matters/", True),
        ("/villages/x/authorise/", "/villages/", False),
    ],
)
def test_the_section_one_is_in_is_marked(
    path: str, address: str, *, marked: bool
) -> None:
    context = Context({"request": SimpleNamespace(path=path)})
    assert bool(stages.here(context, address)) is marked


def test_without_a_request_no_section_is_marked() -> None:
    assert stages.here(Context(), "/") == ""
