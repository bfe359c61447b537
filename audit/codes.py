"""Codes that people type from paper: a public id and a character that checks it.

The id is ten characters of Crockford's base 32: no I, L, O or U. The eleventh checks
them. Crockford's own check character may be one of * ~ $ = U, which nobody finds on a
telephone; this one is of the same 32 letters.

The letters are counted as elements of the field of 32: with `a` that generates it, a
code c0 … c10 is one where c0·a^10 + c1·a^9 + … + c10 is nought. No power of `a` is
nought and no two of these are the same, so that a wrong letter, and any two letters
exchanged, are always noticed.
"""

from __future__ import annotations

import unicodedata

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
ID_LENGTH = 10
GROUP = 4
LONGEST = 60  # typed, with blanks; whatever is longer is no code

_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
_ALIKE = str.maketrans("oil", "011")
_TOP, _POLYNOMIAL = 0b100000, 0b100101  # x^5 + x^2 + 1, of which x is a generator


class NoCode(ValueError):
    """Not a code, or one with a letter that is wrong."""


def check(uid: str) -> str:
    """The letter that checks these."""
    return ALPHABET[_times_a(_sum(uid))]


def spell(uid: str) -> str:
    """The code of an id as it is printed: in capitals and in groups."""
    code = (uid + check(uid)).upper()
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def read(typed: str) -> str:
    """The id of a code, however it was typed; raises NoCode.

    Small letters, blanks, dashes of any kind and letters as wide as Chinese ones are
    forgiven, and so are O for nought, I and L for one.
    """
    if len(typed) > LONGEST:
        raise NoCode
    plain = unicodedata.normalize("NFKC", typed).lower()
    code = "".join(c for c in plain if not _separates(c)).translate(_ALIKE)
    if len(code) != ID_LENGTH + 1 or not set(code) <= set(ALPHABET) or _sum(code):
        raise NoCode
    return code[:-1]


def _separates(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) == "Pd"


def _sum(letters: str) -> int:
    found = 0
    for letter in letters:
        found = _times_a(found) ^ _VALUES[letter]
    return found


def _times_a(value: int) -> int:
    value <<= 1
    return value ^ _POLYNOMIAL if value & _TOP else value
