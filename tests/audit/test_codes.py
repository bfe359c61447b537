"""Codes typed from paper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.codes import ALPHABET, NoCode, check, read, spell
from workflows.models import recorded

UIDS = st.text(ALPHABET, min_size=10, max_size=10)


def test_a_code_is_printed_in_capitals_and_in_groups():
    assert spell("7k3m2p9qx4") == "7K3M-2P9Q-X4B"


@pytest.mark.parametrize(
    "typed",
    [
        "7K3M-2P9Q-X4B",
        "7k3m2p9qx4b",
        " 7k3m 2p9q x4b ",
        "7K3M－2P9Q—X4B",
        "７Ｋ３Ｍ　２Ｐ９Ｑ　Ｘ４Ｂ",
    ],
)
def test_it_is_read_however_it_was_typed(typed):
    assert read(typed) == "7k3m2p9qx4"


def test_letters_that_look_alike_are_the_same():
    code = spell("0110011001")
    for typed in (code.replace("0", "O"), code.replace("1", "l"), "OIlO" + code[4:]):
        assert read(typed) == "0110011001"


@pytest.mark.parametrize(
    "typed",
    ["", "-", "7K3M-2P9Q-X4", "7K3M-2P9Q-X4B3", "u" * 11, "核验码", "\x00" * 11],
)
def test_what_is_no_code_is_refused(typed):
    with pytest.raises(NoCode):
        read(typed)


def test_of_a_very_long_text_nothing_is_read():
    with pytest.raises(NoCode):
        read("7K3M-2P9Q-X4B" + " " * 10**7)


def test_public_ids_are_of_the_same_letters():
    assert set(recorded.ALPHABET) == set(ALPHABET)
    assert read(spell(recorded.new_uid()))


@given(UIDS)
def test_a_code_gives_back_its_id(uid):
    assert read(spell(uid)) == uid


@given(UIDS)
def test_every_wrong_letter_is_noticed(uid):
    code = uid + check(uid)
    for place, right in enumerate(code):
        for wrong in set(ALPHABET) - {right}:
            with pytest.raises(NoCode):
                read(code[:place] + wrong + code[place + 1 :])


@given(UIDS)
def test_every_two_letters_exchanged_are_noticed(uid):
    """Neighbours, and any others."""
    code = uid + check(uid)
    for a in range(len(code)):
        for b in range(a + 1, len(code)):
            if code[a] == code[b]:
                continue
            letters = list(code)
            letters[a], letters[b] = letters[b], letters[a]
            with pytest.raises(NoCode):
                read("".join(letters))
