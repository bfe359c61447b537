"""Called as many days before as the law asks, or the county."""

from __future__ import annotations

from datetime import timedelta

import pytest

from audit import clock
from tests.workflows.rules.rows import answer, put_to
from tests.workflows.sitting_steps import call, convened, nothing_changes
from workflows.acts import Refused
from workflows.acts import sitting as keeping
from workflows.rules.notice import notice_given_in_time
from workflows.stage import Stage

NOWHERE: tuple[str, ...] = ()
ROWS = [
    # body, held on, noticed on, what the national text says, what the county says
    ("villagers", "2026-05-20", "2026-05-10", "met", "met"),
    ("villagers", "2026-05-20", "2026-05-11", "refused", "refused"),
    ("villagers", "2026-05-20", "2026-05-20", "refused", "refused"),
    ("villagers", "2024-05-20", "2024-05-10", "met", "met"),
    ("villagers", "2024-05-20", "2024-05-11", "refused", "refused"),
    ("members", "2026-05-20", "2026-05-10", "met", "met"),
    ("members", "2026-05-20", "2026-05-11", "refused", "refused"),
    ("members", "2025-05-01", "2025-04-22", "refused", "refused"),
    ("members", "2025-04-30", "2025-04-30", "met", "met"),  # no such body yet
    ("reps", "2026-03-16", "2026-03-13", "met", "met"),
    ("reps", "2026-03-16", "2026-03-14", "pointed out", "refused"),
    ("party", "2026-03-16", "2026-03-15", "pointed out", "pointed out"),
    ("group", "2026-03-16", "2026-03-16", "met", "met"),
    ("joint", "2026-03-16", "2026-03-16", "met", "met"),
]


@pytest.mark.parametrize(("body", "held", "noticed", "national", "county"), ROWS)
def test_notice_is_given_in_time(body, held, noticed, national, county):  # noqa: PLR0917
    nationally = put_to(body, held, noticed_on=noticed, overlays=NOWHERE)
    here = put_to(body, held, noticed_on=noticed)
    assert answer(notice_given_in_time, nationally) == national
    assert answer(notice_given_in_time, here) == county


@pytest.mark.parametrize(
    ("on", "said", "expected"),
    [
        ("2026-05-20", "山洪冲毁道路", "met"),
        ("2026-05-20", "", "refused"),
        ("2025-12-31", "山洪冲毁道路", "refused"),  # the text before has no exception
    ],
)
def test_a_special_reason_shortens_the_notice_of_the_villagers_meeting(
    on, said, expected
):
    matter = put_to("villagers", on, noticed_on=on, special_reason=said)
    assert answer(notice_given_in_time, matter) == expected


def test_no_special_reason_shortens_the_notice_of_another_body():
    matter = put_to("members", "2026-05-20", special_reason="山洪冲毁道路")
    assert answer(notice_given_in_time, matter) == "refused"


def test_the_refusal_says_from_which_day_on_it_can_be_held():
    matter = put_to("villagers", "2026-05-20", noticed_on="2026-05-11")
    refusal = notice_given_in_time.judge(matter)
    assert refusal.sentence == (
        "村民会议应当提前十日通知，最早可以在2026年5月21日召开，"
        "现定2026年5月20日，早了 1 日。"
    )
    assert refusal.because.startswith("依据《中华人民共和国村民委员会组织法》")
    assert "第二十五条第二款" in refusal.because


def test_a_sitting_called_too_late_is_not_convened(world):
    matter = world.matter_at(Stage.REVIEWED)
    wanted = call(world, matter, body="reps", held_at=clock.now() + timedelta(days=2))
    with nothing_changes(), pytest.raises(Refused) as refused:
        keeping.convene(world.village, wanted, actor=world.clerk)
    assert refused.value.names == ["notice_given_in_time"]


def test_nationally_the_same_is_convened(world, nationally):
    matter = world.matter_at(Stage.REVIEWED)
    held_at = clock.now() + timedelta(days=2)
    assert convened(world, matter, body="reps", held_at=held_at).pk


def test_the_villagers_meeting_may_be_called_at_once_for_a_reason_that_is_stated(world):
    matter = world.matter_at(Stage.REVIEWED)
    given = {"held_at": clock.now(), "special_reason": "山洪冲毁道路"}
    assert convened(world, matter, body="villagers", **given).pk
