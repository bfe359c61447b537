"""What was sealed in entries, opened: salts and values beside them in a dossier."""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Mapping
from typing import Any

from .packed import VerificationError
from .plain import canonical
from .telling import UNOPENED

SALT_DIGITS = 64
# How rows stood, for checking the database they are in: a dossier opens neither.
OF_ROWS = ("/facts/rows", "/facts/persons")


class Openings:
    """Salt and value by the number of the entry and the path in its body."""

    def __init__(self, given: Any) -> None:
        self.given: dict[str, dict[str, Any]] = given if _is_map(given) else {}
        if not _is_map(given) or not all(map(_is_map, given.values())):
            raise VerificationError("写法不对：commitments.json")

    def check(self, entries: Mapping[int, Any], unchecked: list[str]) -> str:
        """All that is opened is what was sealed; raises VerificationError."""
        left = {(n, path) for n, paths in self.given.items() for path in paths}
        opened = 0
        missing = []
        for number, entry in entries.items():
            for path, sealed in _sealed(entry):
                key = str(number), path
                if key not in left:
                    if path in OF_ROWS:
                        continue
                    missing.append(f"第 {number} 号记录的 {path}")
                    continue
                left.discard(key)
                opened += 1
                if not self._opens(*key, sealed):
                    raise VerificationError(
                        f"commitments.json 与第 {number} 号记录里封存的不符：{path}"
                    )
        if left:
            where, path = min(left)
            raise VerificationError(
                f"commitments.json 打开了第 {where} 号记录里没有封存的：{path}"
            )
        if missing:
            unchecked.append(
                f"有 {len(missing)} 项封存的内容没有打开（已删去，或者没有附上）："
                + "、".join(missing)
            )
        return f"打开的封存内容与记录里的封条相符：{opened} 项"

    def opened(self, number: int, path: str, fact: Any) -> Any:
        """What a fact says: as it stands, or opened; else UNOPENED."""
        if not _is_map(fact):
            return fact
        found = self.given.get(str(number), {}).get(path)
        return UNOPENED if found is None else found["value"]

    def _opens(self, number: str, path: str, sealed: str) -> bool:
        found = self.given[number][path]
        try:
            salt = bytes.fromhex(found["salt"])
            made = hmac.digest(salt, canonical(found["value"]), "sha256").hex()
        except (KeyError, TypeError, ValueError):
            return False
        return len(found["salt"]) == SALT_DIGITS and hmac.compare_digest(made, sealed)


def _sealed(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Where something is sealed in an entry, and its commitment."""
    facts = {f"/facts/{name}": fact for name, fact in entry["facts"].items()}
    for path, fact in {"/person": entry["person"], **facts}.items():
        if _is_map(fact):
            yield path, str(fact.get("sealed"))


def _is_map(value: Any) -> bool:
    return isinstance(value, dict)
