"""The code on the screen: another one each half minute, and nobody else's."""

from __future__ import annotations

from datetime import timedelta

from django.test import override_settings

from tests.clock import at
from tests.world import FIRST_DAY
from workflows import rotating
from workflows.models import Sitting
from workflows.models.recorded import ALPHABET

NOW = at(FIRST_DAY)
ONE, OTHER = Sitting(uid="0123456789"), Sitting(uid="0123456788")


def code(seconds: int, of: Sitting = ONE) -> str:
    return rotating.code_at(of, NOW + timedelta(seconds=seconds))


def test_it_changes_every_half_minute():
    shown = [code(second) for second in range(0, 90)]
    assert shown[:30] == [code(0)] * 30
    assert shown[30:60] == [code(30)] * 30
    assert len(set(shown)) == 3
    assert rotating.changes_in(NOW) == 30
    assert rotating.changes_in(NOW + timedelta(seconds=29)) == 1


def test_it_holds_for_its_half_minute_and_the_next():
    for second in range(-1, 70):
        holds = rotating.holds(ONE, code(0), NOW + timedelta(seconds=second))
        assert holds is (0 <= second < 60), second


def test_it_is_of_one_sitting_and_one_server():
    known = code(0)
    assert known != code(0, OTHER)
    with override_settings(SECRET_KEY="another"):
        assert not rotating.holds(ONE, known, NOW)


def test_it_can_be_typed_and_is_not_guessed():
    assert len(code(0)) == 10
    assert set(code(0)) <= set(ALPHABET)
    assert not rotating.holds(ONE, "0" * 10, NOW)
    assert not rotating.holds(ONE, "号码", NOW)
