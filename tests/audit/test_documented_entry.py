"""docs/decisions/0005: its example is an entry as it is written here."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from audit import facts
from audit.canonical import canonical, commitment
from audit.facts import FactType
from audit.models import Entry

ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENT = (ROOT / "docs/decisions/0005-the-entry-format.md").read_text("utf-8")


def found(pattern: str) -> str:
    match = re.search(pattern, DOCUMENT)
    assert match, pattern
    return match[1]


BODY = found(r"```json\n(.+)\n```")


def test_the_example_is_canonical_and_hashes_to_what_is_said() -> None:
    assert canonical(json.loads(BODY)).decode() == BODY
    leaf = hashlib.sha256(b"\x00" + BODY.encode()).hexdigest()
    assert leaf == found(r"leaf hash \| `(\w+)`")


def test_the_commitment_of_the_example_opens() -> None:
    salt = bytes.fromhex(found(r"salt of `/person` \| `(\w+)`"))
    value = found(r"value of `/person` \| `(.+)`")
    sealed = json.loads(BODY)["person"]["sealed"]
    assert commitment(salt, value.encode()) == sealed


@pytest.mark.django_db
def test_an_entry_of_today_has_the_keys_of_the_example(
    write: Callable[..., Entry],
) -> None:
    said: dict[str, Any] = json.loads(BODY)
    assert write("matter.archived").content.keys() == said.keys()
    assert said.keys() | {"clock"} == set(
        re.findall(
            r"^\| `(\w+)` \| .*\|$", found(r"(?s)### The body(.+?)Facts are"), re.M
        )
    )


def test_every_type_of_fact_is_documented() -> None:
    table = found(r"(?s)Facts are typed(.+?)A `CODE`, and")
    types = {f.name for f in vars(facts).values() if isinstance(f, FactType)}
    documented = set(re.findall(r"`([A-Z_]+)`", table))
    assert documented == types - {"PLACE"}
