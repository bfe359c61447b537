"""One kind of entry, and the groups of facts that many kinds share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from audit.canonical import Json
from audit.facts import (
    BOOL,
    CODE,
    COUNT,
    COUNT_OR_SEALED,
    DAY,
    HASH,
    REF,
    SEALED,
    FactType,
    Sealed,
    optional,
)

# How their members voted is not public: only how many came, and whether it passed.
CONFIDENTIAL_BODIES = frozenset({"branch", "joint", "party"})

Facts = dict[str, FactType]
AS_THEY_STAND: Facts = {"rows": optional(SEALED), "persons": optional(SEALED)}


@dataclass(frozen=True)
class Kind:
    """One kind of entry: what it is called and which facts it carries."""

    code: str
    label: str | Promise  # what was done, in a word or two
    past: str | Promise = ""  # the same with its facts, where a sentence helps
    facts: Facts = field(default_factory=dict)
    of: str = ""  # the noun it speaks of, where its code does not say
    public: bool = True  # whether public pages may list it; its bytes always are public
    clock: bool = False  # recorded by the clock alone, once for each subject

    def __post_init__(self) -> None:
        # Any act may seal how the rows stand that it wrote (audit/rows.py).
        object.__setattr__(self, "facts", {**self.facts, **AS_THEY_STAND})

    @property
    def noun(self) -> str:
        """What the subject of such an entry is."""
        return self.of or self.code.partition(".")[0]

    def write(self, given: Mapping[str, Any]) -> dict[str, Json | Sealed]:
        """These facts as they are written down, or an error that names the fact."""
        if unknown := given.keys() - self.facts.keys():
            raise KeyError(f"{self.code} has no fact {', '.join(sorted(unknown))}")
        written: dict[str, Json | Sealed] = {}
        for name, fact in self.facts.items():
            if given.get(name) is not None:
                written[name] = self.encode(name, fact, given[name])
            elif fact.required:
                raise KeyError(f"{self.code} needs the fact {name}")
        self._keep_confidential(written)
        return written

    def encode(self, name: str, fact: FactType, given: Any) -> Any:
        """One value in its type, or an error that does not repeat it."""
        try:
            return fact.encode(given)
        except ValueError as reason:
            raise ValueError(f"{self.code}: {name} {reason}") from None

    def sentence(self, facts: Mapping[str, Any]) -> str:
        """What happened, as the timeline tells it."""
        shown = {
            name: fact.show(facts[name])
            for name, fact in self.facts.items()
            if fact.show and name in facts
        }
        return str(self.past or self.label) % shown

    def _keep_confidential(self, written: Mapping[str, Json | Sealed]) -> None:
        if written.get("body") not in CONFIDENTIAL_BODIES:
            return
        for name, value in written.items():
            if self.facts[name].seal == "if_asked" and not isinstance(value, Sealed):
                raise ValueError(f"{self.code}: {name} of this body must be sealed")


MOVE: Facts = {"from_stage": CODE, "stage": CODE}
TEXT = {"text_hash": HASH, "text_version": COUNT}
RULES = {"ruleset": CODE, "ruleset_hash": HASH}
AGENDA_ITEM = {"matter": REF, "sitting": REF}
ROSTER = {"roster_root": HASH, "eligible": COUNT}
VOTES = {
    "body": CODE,
    "votes_for": COUNT_OR_SEALED,
    "votes_against": COUNT_OR_SEALED,
    "abstain": COUNT_OR_SEALED,
    "invalid": COUNT_OR_SEALED,
}
PAPERS = {"issued": optional(COUNT), "returned": optional(COUNT), "paper": BOOL}
QUORUM = {"quorum_key": CODE, "quorum_need": COUNT}
TALLY = (
    {"ballot": REF, "sitting": REF, "present": COUNT, "passed": BOOL}
    | {"pass_key": CODE, "need": COUNT}
    | ROSTER
    | VOTES
    | PAPERS
    | QUORUM
    | RULES
    | TEXT
    | {"mode": optional(CODE), "method": optional(CODE)}
)
NOTICE = (
    {"notice": REF, "text_hash": HASH, "content": CODE, "days": COUNT}
    | {"item": optional(CODE), "supersedes": optional(REF)}
    | RULES
)
SHOWN = {"first_on": DAY, "last_on": DAY, "days": COUNT}
CORRECTION = {"reason": SEALED, "witness": SEALED}
