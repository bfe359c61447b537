"""Counts as they are entered, before anybody believes them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Figures:
    """What the tally sheet says. Whole numbers, none negative."""

    present: int
    issued: int
    returned: int
    votes_for: int
    against: int
    abstain: int
    invalid: int

    @classmethod
    def by_hands(cls, present: int, votes_for: int, against: int) -> Figures:
        """First those for, then those against; the rest of the room abstains."""
        rest = max(present - votes_for - against, 0)
        cast = votes_for + against + rest
        return cls(present, cast, cast, votes_for, against, rest, 0)

    @classmethod
    def on_paper(  # noqa: PLR0913
        cls,
        present: int,
        *,
        votes_for: int,
        against: int,
        abstain: int = 0,
        invalid: int = 0,
        issued: int | None = None,
        returned: int | None = None,
    ) -> Figures:
        """Slips; who took none is still 到会, who kept one leaves it unreturned."""
        total = votes_for + against + abstain + invalid
        return cls(
            present,
            present if issued is None else issued,
            total if returned is None else returned,
            votes_for,
            against,
            abstain,
            invalid,
        )

    @property
    def counted(self) -> tuple[int, ...]:
        """All that is counted of slips; who was there is known otherwise."""
        given = (self.votes_for, self.against, self.abstain, self.invalid)
        return (self.issued, self.returned, *given)

    @cached_property
    def total(self) -> int:
        return self.votes_for + self.against + self.abstain + self.invalid

    @property
    def mismatch(self) -> str:
        """Why the sums do not close, or an empty string."""
        if self.total != self.returned:
            return "more" if self.total > self.present else "diff"
        if self.returned > self.issued:
            return "returned"
        if self.issued > self.present:
            return "more" if self.total > self.present else "issued"
        return ""

    @property
    def facts(self) -> dict[str, int]:
        """The numbers, under the names the sentences use."""
        return {
            "f": self.votes_for,
            "a": self.against,
            "b": self.abstain,
            "i": self.invalid,
            "sum": self.total,
            "n": self.present,
            "more": self.total - self.present,
            "issued": self.issued,
            "returned": self.returned,
            "diff": abs(self.total - self.returned),
        }
