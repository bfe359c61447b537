"""Facts to bytes, one way, and bytes to commitments."""

from __future__ import annotations

import hmac
import json
from datetime import UTC, datetime
from typing import TypeAlias

import rfc8785

Json: TypeAlias = "None | bool | int | str | list[Json] | dict[str, Json]"


def canonical(value: Json) -> bytes:
    """The one way to write a value down: JSON by RFC 8785 (JCS), in UTF-8."""
    return _WRITE(value).encode() if _is_simple(value) else rfc8785.dumps(value)


# Five times as fast, and the same bytes for what is simple.
_WRITE = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":")
).encode
_EXACT = 2**53  # beyond it, RFC 8785 knows no whole numbers


def _is_simple(value: Json) -> bool:
    """Whether there is nothing in it that RFC 8785 writes or sorts differently."""
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return True
    if kind is int:
        return -_EXACT < value < _EXACT  # type: ignore[operator]
    if kind is list:
        return all(map(_is_simple, value))  # type: ignore[arg-type]
    return kind is dict and _is_simple_object(value)  # type: ignore[arg-type]


def _is_simple_object(value: dict[str, Json]) -> bool:
    for key, held in value.items():
        if type(key) is not str or not key.isascii() or not _is_simple(held):
            return False
    return True


def instant(moment: datetime) -> str:
    """An instant in UTC and of fixed width, so that text sorts as time does."""
    if moment.tzinfo is None:
        raise ValueError("An instant without its time zone is not an instant.")
    utc = moment.astimezone(UTC).isoformat(timespec="microseconds")
    return utc.replace("+00:00", "Z")


def commitment(salt: bytes, value: bytes) -> str:
    """What stands in an entry for canonical bytes that are kept beside it.

    Whoever holds salt and value can show that they belong to the entry; without the
    salt the value cannot be found by trying, however few values there are.
    """
    return hmac.digest(salt, value, "sha256").hex()
