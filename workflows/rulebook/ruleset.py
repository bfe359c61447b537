"""One dated version of what the rulebook requires."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, is_dataclass
from datetime import date
from typing import Any

from .types import Key, RulebookError, Threshold

PREFIXES = {
    "law": "依据%s，",
    "province": "依据%s，",
    "party": "按照%s，",
    "policy": "按照%s要求，",
    "local": "按照本县规定（%s），",
}
UNWRITTEN = {
    "policy": "按照通行做法（法律未作规定），",
    "local": "按照通行做法（法律未作规定），",
}
CONTROL = "按照内部核对要求（法律未作规定），"


class RuleSet:
    """What is required from a day to a day, each key with its basis and citation."""

    def __init__(
        self, name: str, since: date, until: date | None, keys: Mapping[str, Key]
    ) -> None:
        self.name = name
        self.since = since
        self.until = until
        self._keys = dict(keys)
        self.hash = _digest(self)

    def __repr__(self) -> str:
        return f"<RuleSet {self.name}>"

    def __getitem__(self, key: str) -> Key:
        try:
            return self._keys[key]
        except KeyError:
            raise KeyError(f"{self.name} has no key {key}") from None

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def threshold(self, key: str) -> Threshold:
        """The share that key asks for."""
        value = self[key].value
        if not isinstance(value, Threshold):
            raise RulebookError(self.name, key, "is not a share")
        return value

    def days(self, key: str) -> int:
        """The number of days that key asks for."""
        value = self[key].value
        if not isinstance(value, int) or isinstance(value, bool):
            raise RulebookError(self.name, key, "is not a number of days")
        return value

    def bodies(self, type_code: str) -> tuple[str, ...]:
        """The bodies that may decide a matter of that type, the usual one first."""
        key = self._keys.get(f"bodies.{type_code}")
        return key.value if key else ()

    def pass_key(self, type_code: str, body: str) -> str | None:
        """The key of a majority a statute asks for this type beyond the body's own."""
        key = self._keys.get(f"bodies.{type_code}")
        return dict(key.passes).get(body) if key else None

    def cite(self, key: str, *, short: bool = False) -> str:
        """The articles, the statute named in full or as on second mention."""
        found = self[key]
        return found.short if short else found.citation

    def because(self, key: str) -> str:
        """The articles as a clause that says of what kind the basis is."""
        found = self[key]
        if found.basis == "control":
            return CONTROL
        if not found.citation:
            return UNWRITTEN[found.basis]
        return PREFIXES[found.basis] % found.citation


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return list(value) if isinstance(value, tuple) else value


def _digest(rules: RuleSet) -> str:
    """The hash of all a decision may depend on, for pins."""
    words = {name: [_plain(v) for v in rules[name].substance] for name in rules}
    whole = [rules.name, rules.since.isoformat(), words]
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
