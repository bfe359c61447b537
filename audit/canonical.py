"""Facts to bytes, one way, and bytes to commitments."""

from __future__ import annotations

import hmac
from datetime import UTC, datetime
from typing import TypeAlias

import rfc8785

Json: TypeAlias = "None | bool | int | str | list[Json] | dict[str, Json]"


def canonical(value: Json) -> bytes:
    """The one way to write a value down: JSON by RFC 8785 (JCS), in UTF-8."""
    return rfc8785.dumps(value)


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
