"""What a folder of rules must be as a whole, each file by itself being readable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from . import vocabulary as words
from .catalogue import MatterType
from .chains import Chain
from .ruleset import RuleSet
from .schema import KEYS, REQUIRED, REQUIRED_COLLECTIVE
from .types import Key, RulebookError, Threshold


@dataclass(frozen=True)
class Overlay:
    """What a province, a county, a village or a charter sets anew, and since when.

    Its editions follow one another under one name, the file of the first; villages
    name that, and the day says which edition is meant.
    """

    name: str
    edition_of: str
    title: str
    level: str
    since: date
    until: date | None
    keys: Mapping[str, Key]

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)

    def adds(self, key: str) -> bool:
        """A province alone may say who decides what the nation leaves unsaid."""
        return self.level == "province" and key.startswith("bodies.")

    def over(self, base: Mapping[str, Key]) -> dict[str, Key]:
        """The keys of that text as this overlay leaves them.

        What the law did not know yet, nobody can have set anew.
        """
        mine = {k: new for k, new in self.keys.items() if k in base or self.adds(k)}
        return {**base, **mine}


def complete(file: str, since: date, keys: Mapping[str, Key]) -> None:
    """A national text leaves open nothing a rule asks for."""
    asked = REQUIRED
    if since >= words.COLLECTIVE_SINCE:
        asked = asked | REQUIRED_COLLECTIVE
    for name in sorted(asked - set(keys)):
        raise RulebookError(file, name, "is missing, and a rule asks for it")
    if since < words.COLLECTIVE_SINCE:
        for name in sorted(REQUIRED_COLLECTIVE & set(keys)):
            raise RulebookError(file, name, "speaks of a statute not yet in force")


def one_text_a_day(sets: list[RuleSet]) -> None:
    """National texts follow one another without a gap and without an overlap."""
    if not sets:
        raise RulebookError("national-*.toml", "", "is missing")
    for earlier, later in zip(sets, sets[1:], strict=False):
        file = f"{later.name}.toml"
        if earlier.until is None or earlier.until >= later.since:
            raise RulebookError(file, "since", f"overlaps {earlier.name}")
        if earlier.until + timedelta(days=1) != later.since:
            raise RulebookError(file, "since", f"leaves a gap after {earlier.name}")
    last = sets[-1]
    if last.until is not None:
        raise RulebookError(f"{last.name}.toml", "until", "no text follows it")


def one_edition_a_day(overlays: Mapping[str, Overlay]) -> None:
    """Editions are of something that is there, of its level, and do not overlap."""
    for overlay in overlays.values():
        file = f"{overlay.name}.toml"
        first = overlays.get(overlay.edition_of)
        if first is None or first.edition_of != first.name:
            reason = f"there is no first edition {overlay.edition_of}"
            raise RulebookError(file, "edition_of", reason)
        if overlay.level != first.level:
            raise RulebookError(file, "level", f"{first.name} is of a {first.level}")
    ordered = sorted(overlays.values(), key=lambda o: (o.edition_of, o.since))
    for earlier, later in zip(ordered, ordered[1:], strict=False):
        same = earlier.edition_of == later.edition_of
        if same and earlier.covers(later.since):
            raise RulebookError(
                f"{later.name}.toml", "since", f"overlaps {earlier.name}"
            )


def may_override(overlay: Overlay, sets: list[RuleSet]) -> None:
    """An overlay sets anew only what its level may, and never below the law."""
    file = f"{overlay.name}.toml"
    for name, key in overlay.keys.items():
        bases = [rules[name] for rules in sets if name in rules]
        if not bases and not overlay.adds(name):
            raise RulebookError(file, name, "no national text has this key")
        for base in bases:
            if overlay.level not in words.OVERRIDES[base.override]:
                reason = f"a {overlay.level} may not set it: {base.override}"
                raise RulebookError(file, name, reason)
            if _is_below(key.value, base):
                reason = f"{key.value} asks for less than {base.value}"
                raise RulebookError(file, name, reason)


def _is_below(value: Any, base: Key) -> bool:
    """Whether it would take back some of what the statute or the party asks for."""
    if base.basis not in ("law", "party"):
        return False
    if isinstance(value, Threshold) and isinstance(base.value, Threshold):
        # A petition made easier takes nothing back.
        return KEYS[base.name].kind == "share" and value.laxer_than(base.value)
    return isinstance(value, int) and not isinstance(value, bool) and value < base.value


def chains_exist(
    catalogue: Mapping[str, MatterType], chains: Mapping[str, Chain]
) -> None:
    for kind in catalogue.values():
        for name in kind.chains:
            if name not in chains:
                reason = f"chains holds {name!r}, which chains.toml does not"
                raise RulebookError("catalogue.toml", kind.code, reason)


def approvals_are_cited(
    catalogue: Mapping[str, MatterType], sets: list[RuleSet]
) -> None:
    """An approval cites a key of each text under which such a matter is decided."""
    for kind in catalogue.values():
        if kind.approval is None:
            continue
        for rules in sets:
            decided = rules.bodies(kind.code)
            if decided and kind.approval.key not in rules:
                reason = f"approval cites {kind.approval.key}, not in {rules.name}"
                raise RulebookError("catalogue.toml", kind.code, reason)
