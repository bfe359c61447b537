"""The code on the screen of a sitting, which changes every half minute.

Who scans it stands in the room, or was sent it a moment ago: it holds for the half
minute in which it is shown and for the one after. Nothing is stored: it follows from
the sitting, the hour and a secret of the server.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

from workflows.models import Sitting
from workflows.models.recorded import ALPHABET

WINDOW = timedelta(seconds=30)
LENGTH = 10
BITS = 5  # of one character
SALT = "workflows.rotating"


def code_at(sitting: Sitting, at: datetime) -> str:
    """The code that is on the screen at that moment."""
    return _code(sitting, _step(at))


def changes_in(at: datetime) -> int:
    """After how many whole seconds another code stands there."""
    seconds = int(WINDOW.total_seconds())
    return seconds - int(at.timestamp()) % seconds


def holds(sitting: Sitting, code: str, at: datetime) -> bool:
    """Whether it is on the screen now, or was in the half minute before."""
    now = _step(at)
    before = constant_time_compare(code, _code(sitting, now - 1))
    return constant_time_compare(code, _code(sitting, now)) or before


def _step(at: datetime) -> int:
    return int(at.timestamp()) // int(WINDOW.total_seconds())


def _code(sitting: Sitting, step: int) -> str:
    digest = salted_hmac(SALT, f"{sitting.uid}:{step}", algorithm="sha256").digest()
    number = int.from_bytes(digest)
    letters = [ALPHABET[number >> (BITS * n) & (2**BITS - 1)] for n in range(LENGTH)]
    return "".join(letters)
