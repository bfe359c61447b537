"""Which rule set a day and a place are under."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import lru_cache
from pathlib import Path

from .catalogue import MatterType, labels
from .chains import Chain
from .load import Rulebook, load
from .ruleset import RuleSet
from .soundness import Overlay
from .types import NoRuleSet, RulebookError
from .words import asked

BOOK: Rulebook = load(Path(__file__).parent)
CHAINS = BOOK.chains
CATALOGUE = BOOK.catalogue
LABELS = labels(CATALOGUE)
NATIONAL = "national"

_illustrated: ContextVar[str | None] = ContextVar("illustrated", default=None)


def in_force(on: date, overlays: tuple[str, ...] = ()) -> RuleSet:
    """The rules on that day where those overlays hold, the widest first."""
    played = _illustrated.get()
    if played == NATIONAL:
        overlays = ()
    elif played is not None:
        return named(played)
    return _on(on, overlays)


@lru_cache(maxsize=4096)
def _on(day: date, overlays: tuple[str, ...]) -> RuleSet:
    base = _national(day)
    holding = [o.name for name in overlays for o in _editions(name) if o.covers(day)]
    return named("+".join([base.name, *holding]))


@lru_cache(maxsize=64)
def named(name: str) -> RuleSet:
    """The rule set of that name, as a sitting or a notice has pinned it."""
    first, *rest = name.split("+")
    base = next((rules for rules in BOOK.national if rules.name == first), None)
    if base is None:
        raise NoRuleSet(f"no rule set is called {first}")
    if not rest:
        return base
    keys = {key: base[key] for key in base}
    for overlay in map(_overlay, rest):
        keys = overlay.over(keys)
    return RuleSet(name, base.since, base.until, keys)


@contextmanager
def illustrate(name: str) -> Iterator[None]:
    """Play a story under that rule set on any day, for replay only.

    `national` plays the national text of each day without the overlays.
    """
    if name != NATIONAL:
        named(name)
    token = _illustrated.set(name)
    try:
        yield
    finally:
        _illustrated.reset(token)


def chain(name: str) -> Chain:
    return CHAINS[name]


def matter_type(code: str) -> MatterType:
    return CATALOGUE[code]


def law_says(rules: RuleSet, key: str) -> str:
    """The citation and what it asks for, as one sentence."""
    return f"{rules.because(key)}{asked(rules[key], LABELS)}。"


def _national(day: date) -> RuleSet:
    for rules in BOOK.national:
        if rules.since <= day and (rules.until is None or day <= rules.until):
            return rules
    first = BOOK.national[0].since
    raise NoRuleSet(f"no national text covers {day}; the earliest begins on {first}")


def _editions(name: str) -> list[Overlay]:
    """All that was ever set under that name."""
    first = _overlay(name)
    return [o for o in BOOK.overlays.values() if o.edition_of == first.name]


def _overlay(name: str) -> Overlay:
    try:
        return BOOK.overlays[name]
    except KeyError:
        raise RulebookError(f"{name}.toml", "", "is missing") from None
