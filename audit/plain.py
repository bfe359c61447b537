"""JSON read strictly and written canonically, with the standard library alone.

What `audit.canonical` writes by RFC 8785 is written here the same: our values have no
fractions, and without them the standard library needs only the order of the keys.
"""

from __future__ import annotations

import json
from typing import Any, NoReturn

WHOLE = 2**53  # beyond it, not every reader of JSON keeps a number as it is
DEEPEST = 32


def canonical(value: Any) -> bytes:
    """The one way to write the value; ValueError where there is none."""
    text = json.dumps(
        _in_order(value, DEEPEST), ensure_ascii=False, separators=(",", ":")
    )
    return text.encode()


def parse(data: bytes) -> Any:
    """The value, where it is JSON in UTF-8 without fractions; else ValueError."""
    try:
        return json.loads(
            data.decode(),
            object_pairs_hook=_once,
            parse_float=_refuse,
            parse_constant=_refuse,
        )
    except RecursionError:
        raise ValueError("nested too deep") from None


def _in_order(value: Any, deeper: int) -> Any:
    if not deeper:
        raise ValueError("nested too deep")
    if isinstance(value, dict):
        # RFC 8785, section 3.2.3: by UTF-16 code units.
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return {key: _in_order(value[key], deeper - 1) for key in keys}
    if isinstance(value, list):
        return [_in_order(each, deeper - 1) for each in value]
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int) and -WHOLE < value < WHOLE:
        return value
    raise ValueError("neither text nor a whole number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _refuse(text: str) -> NoReturn:
    raise ValueError("a number that is not whole")
