"""Canonical JSON out of the standard library is what RFC 8785 asks for."""

from __future__ import annotations

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from audit import plain

whole = st.integers(-(2**53) + 1, 2**53 - 1)
text = st.text()
values = st.recursive(
    st.none() | st.booleans() | whole | text,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4)
    ),
    max_leaves=12,
)


@given(values)
def test_the_same_bytes_as_the_package_writes(value):
    written = plain.canonical(value)
    assert written == rfc8785.dumps(value)
    assert plain.canonical(plain.parse(written)) == written


@pytest.mark.parametrize("value", [1.5, 2**53, float("nan"), b"x", "\ud800", {1: 2}])
def test_what_cannot_be_written(value):
    with pytest.raises((ValueError, AttributeError)):
        plain.canonical(value)


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1,"a":2}',
        b"1.0",
        b"1e3",
        b"NaN",
        b"-Infinity",
        b"\xff",
        b"\xef\xbb\xbf{}",
        b"",
        b"{} {}",
        b"[" * 100_000,
    ],
)
def test_what_is_not_read(data):
    with pytest.raises(ValueError):  # noqa: PT011 (each in words of its own)
        plain.parse(data)


def test_nothing_is_nested_too_deep():
    with pytest.raises(ValueError, match="deep"):
        plain.canonical(plain.parse(b"[" * 40 + b"]" * 40))
