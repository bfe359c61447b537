"""Bytes that another program, in another language, writes the same way."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from audit.canonical import canonical, commitment, instant


def test_keys_are_sorted_and_nothing_is_spaced_out() -> None:
    written = canonical({"b": [1, True, None], "a": {"z": "村", "y": '"\n'}})
    assert written == '{"a":{"y":"\\"\\n","z":"村"},"b":[1,true,null]}'.encode()


def test_keys_are_sorted_by_utf16_as_rfc_8785_says() -> None:
    """The example of RFC 8785, section 3.2.3: 😀 comes before a letter of U+FB33."""
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    written = canonical(dict.fromkeys(keys, 0))
    in_order = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    assert list(json.loads(written)) == in_order


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**54), 2**54) | st.text(),
    lambda held: st.lists(held) | st.dictionaries(st.text(), held),
)


@given(VALUES)
def test_the_quick_way_writes_the_same_bytes(value) -> None:
    try:
        wanted = rfc8785.dumps(value)
    except ValueError:
        with pytest.raises(ValueError, match=".*"):
            canonical(value)
    else:
        assert canonical(value) == wanted


def test_an_instant_is_utc_and_of_fixed_width() -> None:
    beijing = timezone(timedelta(hours=8))
    assert instant(datetime(2026, 3, 20, 9, tzinfo=beijing)) == (
        "2026-03-20T01:00:00.000000Z"
    )
    assert instant(datetime(2009, 1, 1, 0, 0, 0, 5, tzinfo=UTC)) == (
        "2009-01-01T00:00:00.000005Z"
    )


def test_an_instant_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        instant(datetime(2026, 3, 20, 9))


def test_a_commitment_is_hmac_sha256_of_the_bytes_under_the_salt() -> None:
    salt = bytes(range(32))
    inner = hashlib.sha256(bytes(b ^ 0x36 for b in salt.ljust(64, b"\0")) + b"18")
    outer = hashlib.sha256(
        bytes(b ^ 0x5C for b in salt.ljust(64, b"\0")) + inner.digest()
    )
    assert commitment(salt, b"18") == outer.hexdigest()
    assert commitment(salt, b"18") == hmac.new(salt, b"18", "sha256").hexdigest()
