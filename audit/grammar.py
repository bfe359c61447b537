"""The usual form of each kind's bodies, as one pattern that is quick to match.

A body that has the pattern of its kind is canonical and says what the kind declares,
each fact in its type. One that has not may be right all the same, and is then read
slowly, by `audit.verification.bodies`; so nothing here decides against an entry.
"""

from __future__ import annotations

import re
from functools import cache
from operator import itemgetter

from .facts import CODE, DAY, INSTANT, PLACE, SEALED, USUAL_PLACE, USUAL_UID
from .kinds import CONFIDENTIAL_BODIES, KINDS, Kind

COLUMNS = (
    "id",
    "kind",
    "village",
    "subject",
    "office",
    "stage",
    "from_stage",
    "held_on",
    "recorded_at",
    "clock",
)
ABSENT = "-"


class Usual:
    """The usual form of the bodies of one kind."""

    def __init__(self, kind: Kind) -> None:
        self._clear = [n for n, f in kind.facts.items() if f.seal == "if_asked"]
        self._form = re.compile(_body(kind, confidential=bool(self._clear)))
        places = self._form.groupindex
        self._columns = itemgetter(*(places[name] - 1 for name in COLUMNS))

    def columns(self, body: str) -> tuple[str, ...] | None:
        """The values of COLUMNS in a body of this form; None where it is another."""
        found = self._form.fullmatch(body)
        if found is None or (self._clear and self._in_clear(found)):
            return None
        values: tuple[str, ...] = self._columns(found.groups(ABSENT))
        return values

    def _in_clear(self, found: re.Match[str]) -> bool:
        """Whether counts stand in clear that a body's sittings keep to themselves."""
        if found["body"] not in CONFIDENTIAL_BODIES:
            return False
        return any(not found[f"clear_{name}"].startswith("{") for name in self._clear)


@cache
def usual(code: str) -> Usual | None:
    """The form of a kind's bodies; None where there is no such kind."""
    return Usual(KINDS[code]) if code in KINDS else None


def _group(name: str, pattern: str) -> str:
    """The value in quotes, without them under its name."""
    return f'"(?P<{name}>{pattern[1:-1]})"'


def _facts(kind: Kind, *, confidential: bool) -> str:
    """The facts in the order of their names, each behind the brace or a comma."""
    named = {"stage", "from_stage"} | ({"body"} if confidential else set())
    parts = []
    for name, fact in sorted(kind.facts.items()):
        pattern = _group(name, fact.usual) if name in named else fact.usual
        if fact.seal == "if_asked":
            pattern = f"(?P<clear_{name}>{pattern})"
        part = rf'(?:(?:(?<=\{{)|,)"{name}":{pattern})'
        parts.append(part if fact.required else f"{part}?+")
    never = (f"(?P<{name}>(?!))?" for name in sorted(named - kind.facts.keys()))
    return "".join([*parts, *never])


def _body(kind: Kind, *, confidential: bool) -> str:
    noun = f"{kind.noun}/(?:{USUAL_PLACE if kind.noun == 'village' else USUAL_UID})"
    person, place = SEALED.usual, f'"(?:{USUAL_PLACE})"'
    if kind.clock:
        person, place = "null", '""'
    return (
        r'\{(?:"clock":"(?P<clock>scenario)",)?+'
        rf'"facts":\{{{_facts(kind, confidential=confidential)}\}},'
        rf'"held_on":(?:null|{_group("held_on", DAY.usual)}),'
        r'"id":"(?P<id>[0-9a-f]{32})",'
        rf'"kind":"(?P<kind>{re.escape(kind.code)})",'
        rf'"office":{_group("office", CODE.usual)},'
        rf'"person":{person},'
        rf'"place":{place},'
        rf'"recorded_at":{_group("recorded_at", INSTANT.usual)},'
        rf'"subject":"(?P<subject>{noun})",'
        r'"v":1,'
        rf'"village":{_group("village", PLACE.usual)}\}}'
    )
