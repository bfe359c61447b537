"""What a fact may be: a number, a day, a code, a hash; never a name or a sentence.

An entry is published and can never be changed, so what must not be in it is kept out
by type and not by care. No message here repeats the value it refuses.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from .canonical import Json, instant

LARGEST = 10**12
CENT = Decimal("0.01")

# Everything that entries may speak of. No resident, no household and no user.
NOUNS = frozenset(
    {
        "attachment",
        "ballot",
        "matter",
        "notice",
        "objection",
        "opinion",
        "rectification",
        "report",
        "resolution",
        "roster",
        "sitting",
        "village",
    }
)

_CODE = re.compile(r"[a-z][a-z0-9_.+:/-]{0,79}")
_HASH = re.compile(r"[0-9a-f]{64}")
_MATTER_TYPE = re.compile(r"[A-Z][0-9]{2}[a-z]?")
_PLACE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
# A mobile number, also with its country; an identity number old or new, or that of a
# bank account, of which the shortest has fifteen digits; a number with its area code.
# The twelve digits of a division are none of these.
_PERSONAL = re.compile(
    r"(?<![0-9])(?:86)?[0-9]{11}(?![0-9])"
    r"|[0-9]{15,19}|[0-9]{17}x"
    r"|(?<![0-9])0[0-9]{2,3}-[0-9]{7,8}(?![0-9])"
)
_WHOLE = 2**53  # beyond it, not every reader of JSON keeps a number as it is


@dataclass(frozen=True)
class Sealed:
    """A value that goes into the entry as a commitment only."""

    value: Any


@dataclass(frozen=True)
class FactType:
    """What one fact may be, and how it is written down."""

    name: str
    wants: str
    write: Callable[[Any], Json]
    seal: Literal["never", "if_asked", "always"] = "never"
    required: bool = True
    show: Callable[[Any], str] | None = None  # in a sentence, where it reads well there
    read: Callable[[str], Any] | None = None  # what was written, as it was given
    usual: str = ""  # canonical bytes that are surely such a fact, as a pattern

    def encode(self, given: Any) -> Json | Sealed:
        """The fact as it is written; raises ValueError where it is another thing."""
        if isinstance(given, Sealed):
            if self.seal != "if_asked":
                raise ValueError("may not be given sealed")
            return Sealed(self._written(given.value))
        written = self._written(given)
        return Sealed(written) if self.seal == "always" else written

    def _written(self, given: Any) -> Json:
        try:
            return self.write(given)
        except (TypeError, ValueError, InvalidOperation):
            # The reason may quote the value, which must not reach a log file.
            raise ValueError(f"must be {self.wants}") from None


def usual_list(usual: str) -> str:
    """The pattern for a list of what has that pattern."""
    return rf"\[(?:{usual}(?:,{usual})*+)?\]"


def optional(fact: FactType) -> FactType:
    """The same, but an entry may leave it out; so it does where None is given."""
    return replace(fact, required=False)


def is_personal(text: str) -> bool:
    """Whether this could be somebody's telephone or identity number."""
    return _PERSONAL.search(text) is not None


def _matching(pattern: re.Pattern[str]) -> Callable[[Any], str]:
    def write(given: Any) -> str:
        # str.__str__ also turns a member of an enumeration into its plain value.
        text = str.__str__(given)
        if pattern.fullmatch(text) is None or is_personal(text):
            raise ValueError
        return text

    return write


def _hash(given: Any) -> str:
    text = str.__str__(given)
    if _HASH.fullmatch(text) is None:
        raise ValueError
    return text


def _count(given: Any) -> int:
    if isinstance(given, bool) or not isinstance(given, int):
        raise ValueError
    if not 0 <= given <= LARGEST:
        raise ValueError
    return int(given)


def _money(given: Any) -> str:
    if not isinstance(given, Decimal) or not 0 <= given <= LARGEST:
        raise ValueError
    exact = given.quantize(CENT)
    if exact != given:
        raise ValueError
    return str(abs(exact))  # without the sign of a negative nought


def _truth(given: Any) -> bool:
    if not isinstance(given, bool):
        raise ValueError
    return given


def _day(given: Any) -> str:
    if isinstance(given, datetime) or not isinstance(given, date):
        raise ValueError
    return given.isoformat()


def _instant(given: Any) -> str:
    if not isinstance(given, datetime):
        raise ValueError
    return instant(given)


def _reference(given: Any) -> str:
    text = str.__str__(given)
    noun, slash, uid = text.partition("/")
    if noun not in NOUNS or not slash or _PLACE.fullmatch(uid) is None:
        raise ValueError
    # A random id has ten characters, too few to be anybody's number by chance.
    if is_personal(uid):
        raise ValueError
    return text


def _list_of(write: Callable[[Any], str]) -> Callable[[Any], list[Json]]:
    def write_all(given: Any) -> list[Json]:
        if not isinstance(given, list | tuple):
            raise ValueError
        return [write(one) for one in given]

    return write_all


def _json(given: Any) -> Json:
    if given is None or isinstance(given, bool):
        return given
    if isinstance(given, str):
        given.encode()
        return str.__str__(given)
    if isinstance(given, dict):
        return {str.__str__(key): _json(value) for key, value in given.items()}
    if isinstance(given, list | tuple):
        return [_json(value) for value in given]
    return _whole(given)


def _whole(given: Any) -> int:
    if isinstance(given, int) and -_WHOLE < given < _WHOLE:
        return int(given)
    raise ValueError


def _day_shown(written: str) -> str:
    day = date.fromisoformat(written)
    return f"{day.year}年{day.month}月{day.day}日"


_code = _matching(_CODE)
_matter_type = _matching(_MATTER_TYPE)

# Patterns of what is usual. What has the pattern is such a fact; what has not may be
# one all the same, a leap day say, and is asked of `write`.
_USUAL_DAY = (
    r"[1-9][0-9]{3}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    r"|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
)
_USUAL_CODE = (
    r"(?![^\"]{81})[a-z][a-z_.+:/-]*+(?:[0-9]{1,6}+[a-z_.+:/-]++)*+(?:[0-9]{1,6}+)?"
)
USUAL_PLACE = r"[0-9]{12}|[0-9]{9}|[0-9]{6}|[a-z](?:[a-z-]|[0-9](?![0-9]{6})){0,39}"
USUAL_UID = r"[a-z0-9]{10}"
_USUAL_NUMBER = r"(?:0|[1-9][0-9]{0,11})"
_USUAL_SEALED = r'\{"sealed":"[0-9a-f]{64}"\}'
_USUAL_REF = rf'"(?:{"|".join(sorted(NOUNS))})/{USUAL_UID}"'

COUNT = FactType(
    "COUNT", "a whole number from 0 to 10^12", _count, show=str, usual=_USUAL_NUMBER
)
COUNT_OR_SEALED = replace(
    COUNT,
    name="COUNT_OR_SEALED",
    seal="if_asked",
    show=None,
    usual=f"(?:{_USUAL_NUMBER}|{_USUAL_SEALED})",
)
MONEY = FactType(
    "MONEY",
    "a Decimal of yuan and fen",
    _money,
    show=str,
    read=Decimal,
    usual=rf'"{_USUAL_NUMBER}\.[0-9]{{2}}"',
)
BOOL = FactType("BOOL", "true or false", _truth, usual="(?:true|false)")
DAY = FactType(
    "DAY",
    "a date",
    _day,
    show=_day_shown,
    read=date.fromisoformat,
    usual=f'"{_USUAL_DAY}"',
)
INSTANT = FactType(
    "INSTANT",
    "an aware datetime",
    _instant,
    read=datetime.fromisoformat,
    usual=rf'"{_USUAL_DAY}T(?:[01][0-9]|2[0-3])(?::[0-5][0-9]){{2}}\.[0-9]{{6}}Z"',
)
HASH = FactType(
    "HASH", "64 lower-case hexadecimal digits", _hash, usual='"[0-9a-f]{64}"'
)
HASHES = FactType(
    "HASHES",
    f"a list, each {HASH.wants}",
    _list_of(_hash),
    usual=usual_list(HASH.usual),
)
CODE = FactType(
    "CODE",
    "a lower-case code, and no telephone or identity number",
    _code,
    usual=f'"{_USUAL_CODE}"',
)
CODES = FactType(
    "CODES", f"a list, each {CODE.wants}", _list_of(_code), usual=usual_list(CODE.usual)
)
MATTER_TYPE = FactType(
    "MATTER_TYPE",
    "a type of the catalogue",
    _matter_type,
    usual=f'"{_MATTER_TYPE.pattern}"',
)
MATTER_TYPES = FactType(
    "MATTER_TYPES",
    "a list of types of the catalogue",
    _list_of(_matter_type),
    usual=usual_list(MATTER_TYPE.usual),
)
PLACE = FactType(
    "PLACE", "a village or a division", _matching(_PLACE), usual=f'"(?:{USUAL_PLACE})"'
)
REF = FactType(
    "REF", "the public id of something entries speak of", _reference, usual=_USUAL_REF
)
REFS = FactType(
    "REFS",
    f"a list, each {REF.wants}",
    _list_of(_reference),
    usual=usual_list(REF.usual),
)
SEALED = FactType(
    "SEALED", "JSON without fractions", _json, seal="always", usual=_USUAL_SEALED
)
