"""What the rulebook is made of: a threshold, a key, and what can be wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

REFUSING = ("law", "province", "party")


class RulebookError(Exception):
    """The rulebook cannot be read: says in which file and at which key."""

    def __init__(self, file: str, key: str, reason: str) -> None:
        super().__init__(f"{file}: {key}: {reason}" if key else f"{file}: {reason}")
        self.file = file
        self.key = key


class NoRuleSet(LookupError):
    """No national text covers that day."""


@dataclass(frozen=True)
class Threshold:
    """A share of those present or of those entitled, in integers."""

    of: str  # "present" or "eligible"
    num: int
    den: int
    inclusive: bool

    def met_by(self, part: int, whole: int) -> bool:
        """Whether that part is enough; of nobody, nothing is."""
        if not isinstance(part, int) or not isinstance(whole, int):
            raise TypeError("people are counted in integers")
        if part < 0 or whole <= 0:
            return False
        mine, asked = part * self.den, whole * self.num
        return mine >= asked if self.inclusive else mine > asked

    def need(self, whole: int) -> int:
        """The smallest part that meets it; of nobody, one more than there are."""
        if whole <= 0:
            return 1
        if self.inclusive:
            return -(-whole * self.num // self.den)
        return whole * self.num // self.den + 1

    def laxer_than(self, other: Threshold) -> bool:
        """Whether fewer could be enough than under the other."""
        mine, theirs = self.num * other.den, other.num * self.den
        return (
            (self.of == "present" and other.of == "eligible")
            or mine < theirs
            or (mine == theirs and self.inclusive and not other.inclusive)
        )


@dataclass(frozen=True)
class Key:
    """One thing the law, the party or the county asks for, and on what basis."""

    name: str
    value: Any
    basis: str
    override: str
    citation: str  # in full; "" where nothing is written
    source: str
    origin: str  # the file it stands in
    refuses: bool
    short: str = ""  # the citation, where the statute was already named in full
    confidence: str = ""  # of the citation: full, secondary or unchecked
    note: str = ""
    passes: tuple[tuple[str, str], ...] = ()  # of competent bodies: (body, other key)

    @property
    def substance(self) -> tuple[Any, ...]:
        """What a decision depends on; a note or a source may be corrected freely."""
        return (
            self.value,
            self.basis,
            self.override,
            self.citation,
            self.refuses,
            self.passes,
        )
