"""Somebody who wants to know who chose what, and has all that was kept, and time.

A clue orders or marks voters; another orders or marks votes. Each of the one kind is
laid beside each of the other: in the same order, in the opposite order, and by the
marks that both have. The tally is public, so every guess is completed to agree with it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations

from .holdings import Holding, Row, foreign_keys

WORDS = {"for": "for", "against": "against", "abstain": "abstain"}
WORDS |= {"赞成": "for", "反对": "against", "弃权": "abstain"}
A_CHOICE = re.compile(rf"\b(?:for|against|abstain)\b|{'|'.join([*WORDS][3:])}")
WHICH = {"first": 0, "second": 1, "third": 2, "last": -1}
PEOPLE = ("villages_rosterentry", "villages_resident", "villages_user")


@dataclass(frozen=True)
class Known:
    """What the attacker knows of one voter without any of this."""

    keys: dict[str, str]  # by table
    words: tuple[str, ...]  # name, account, receipt shown to them


@dataclass(frozen=True)
class Clue:
    """Marks of voters, or of votes; whoever has none comes last."""

    name: str
    marks: dict[int, str]

    @cached_property
    def order(self) -> list[int]:
        """As a list sorted by them has it; equal ones as they lie."""
        return sorted(self.marks, key=lambda each: _comparable(self.marks[each]))


def _comparable(mark: str) -> tuple[tuple[int, int, str], ...]:
    """So that (0,9) comes before (0,10), and 9 before 10."""
    parts = re.split(r"(\d+)", mark) if len(mark) < 40 else [mark]
    return tuple(
        (0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts if part
    )


@dataclass(frozen=True)
class Votes:
    """Rows that tell a choice, and what else each of them says."""

    clue: Clue
    choices: dict[int, str]


class Attacker:
    """One election, as it looks from outside."""

    def __init__(self, voters: Sequence[Known], tally: Counter[str]) -> None:
        self.voters, self.tally = voters, tally
        words = {word: n for n, voter in enumerate(voters) for word in voter.words}
        self.words = words
        self.mention = re.compile(
            "|".join(map(re.escape, sorted(words, key=len)[::-1]))
        )
        self.keys = {
            table: {voter.keys.get(table, ""): n for n, voter in enumerate(voters)}
            for table in PEOPLE
        }

    def guesses(
        self, holdings: list[Holding], before: dict[str, set[str]], observed: list[Clue]
    ) -> Iterator[tuple[str, list[str]]]:
        """A name for each way, and what is guessed of every voter."""
        people = [*observed, *(c for held in holdings for c in self.of_voters(held))]
        votes = [v for held in holdings for v in self.of_votes(held, before)]
        votes += self.of_kinds()
        for who in people:
            for what in votes:
                for how, way in WAYS.items():
                    name = f"{who.name} {how} {what.clue.name}"
                    yield name, self.complete(way(who, what))

    def complete(self, guess: dict[int, str]) -> list[str]:
        """The rest is dealt out, so that all agrees with the tally."""
        left, kept = Counter(self.tally), {}
        for voter, choice in guess.items():
            if left[choice] > 0:
                left[choice] -= 1
                kept[voter] = choice
        rest = left.elements()
        return [kept.get(n) or next(rest) for n in range(len(self.voters))]

    # -- who

    def of_voters(self, held: Holding) -> Iterator[Clue]:
        """By each column of the first rows, and of the last, that speak of them."""
        refer = self._refers(held)
        rows: dict[int, list[int]] = defaultdict(list)
        for place, row in enumerate(held.rows):
            for voter in self._spoken_of(row, refer):
                rows[voter].append(place)
        if len(rows) > 1:
            for which, at in WHICH.items():
                chosen = {
                    voter: rows[voter][at]
                    for voter in sorted(rows)
                    if -len(rows[voter]) <= at < len(rows[voter])
                }
                if len(chosen) > 1:
                    yield from _by_column(f"{which} {held.name}", held, chosen)
        yield from self._lists(held)

    def _refers(self, held: Holding) -> dict[str, str]:
        table = held.name.removeprefix("dump of ")
        own = {"id": table} if table in PEOPLE else {}
        theirs = foreign_keys(table) if held.rows and "line" not in held.rows[0] else {}
        return own | {c: other for c, other in theirs.items() if other in PEOPLE}

    def _spoken_of(self, row: Row, refer: dict[str, str]) -> set[int]:
        found = {
            self.keys[other][row[column]]
            for column, other in refer.items()
            if row.get(column) in self.keys[other]
        }
        if found:
            return found
        return {
            self.words[word]
            for cell in row.values()
            for word in self.mention.findall(cell)
        }

    def _lists(self, held: Holding) -> Iterator[Clue]:
        """The order in which one cell names many, as a list in an entry would."""
        for row in held.rows:
            for column, cell in row.items():
                found = [self.words[word] for word in self.mention.findall(cell)]
                marks = {voter: str(n) for n, voter in enumerate(found)}
                if len(marks) > len(self.voters) / 2:
                    yield Clue(f"list {held.name}.{column}", marks)

    # -- what

    def of_kinds(self) -> Iterator[Votes]:
        """The tally, one kind after the other: whoever voted alike may look alike."""
        for kinds in permutations(self.tally):
            dealt = [kind for kind in kinds for _vote in range(self.tally[kind])]
            clue = Clue(f"{', '.join(kinds)}", {n: str(n) for n in range(len(dealt))})
            yield Votes(clue, dict(enumerate(dealt)))

    def of_votes(self, held: Holding, before: dict[str, set[str]]) -> Iterator[Votes]:
        """By each column of the rows, new since the vote began, that tell a choice."""
        columns = dict.fromkeys(column for row in held.rows for column in row)
        for column in columns:
            told = {
                place: choice
                for place, row in enumerate(held.rows)
                if (choice := choice_in(row.get(column, "")))
                and fingerprint(row) not in before.get(held.name, ())
            }
            if len(told) > 1:
                places = {place: place for place in told}
                for clue in _by_column(f"{held.name}.{column}", held, places):
                    yield Votes(clue, told)


def choice_in(cell: str) -> str:
    """The one choice of which it speaks, if it speaks of one."""
    found = {WORDS[word] for word in A_CHOICE.findall(cell)}
    return found.pop() if len(found) == 1 else ""


def fingerprint(row: Row) -> str:
    return "\t".join(f"{name}={value}" for name, value in row.items() if name != "xmax")


def known_before(holdings: list[Holding]) -> dict[str, set[str]]:
    return {held.name: {fingerprint(row) for row in held.rows} for held in holdings}


def _by_column(name: str, held: Holding, rows: dict[int, int]) -> Iterator[Clue]:
    """The marks of these, by where their rows lie, and by each column of them."""
    yield Clue(f"{name} as it lies", {each: str(at) for each, at in rows.items()})
    if held.is_a_copy:
        return
    columns = dict.fromkeys(c for at in rows.values() for c in held.rows[at])
    for column in columns:
        marks = {
            each: held.rows[at][column]
            for each, at in rows.items()
            if column in held.rows[at]
        }
        yield Clue(f"{name} by {column}", marks)


def _in_order(who: Clue, what: Votes) -> dict[int, str]:
    votes = [what.choices[row] for row in what.clue.order]
    return dict(zip(who.order, votes, strict=False))


def _in_reverse(who: Clue, what: Votes) -> dict[int, str]:
    votes = [what.choices[row] for row in reversed(what.clue.order)]
    return dict(zip(who.order, votes, strict=False))


def _by_mark(who: Clue, what: Votes) -> dict[int, str]:
    """Those who bear the mark of a vote."""
    marked = {mark: what.choices[row] for row, mark in what.clue.marks.items()}
    return {voter: marked[mark] for voter, mark in who.marks.items() if mark in marked}


WAYS: dict[str, Callable[[Clue, Votes], dict[int, str]]] = {
    "in the order of": _in_order,
    "against the order of": _in_reverse,
    "marked as": _by_mark,
}
