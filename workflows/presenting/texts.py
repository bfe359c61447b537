"""The versions of a text, with what was taken out and what was put in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from datetime import datetime

    from workflows.models import MatterText

SAME, OUT, IN = "same", "del", "ins"
SENTENCE = re.compile(r"[^。；\n]*[。；\n]?")
# Comparing characters takes time that grows with the square of the length.
LONGEST = 600


@dataclass(frozen=True)
class Part:
    """A stretch of text: the same in both versions, taken out, or put in."""

    kind: str
    text: str


@dataclass(frozen=True)
class Version:
    """One version of a matter's text, against the one before."""

    number: int
    change: str
    source: str
    written_at: datetime
    text: str
    parts: list[Part]

    @property
    def title(self) -> str:
        return _("第 %(n)s 稿") % {"n": self.number}


def versions(texts: list[MatterText]) -> list[Version]:
    """The newest first."""
    ordered = sorted(texts, key=lambda text: text.version)
    before = [None, *ordered]
    found = [
        Version(
            number=text.version,
            change=text.get_change_display(),
            source=text.source,
            written_at=text.written_at,
            text=text.text,
            parts=differences(last.text, text.text) if last else [],
        )
        for last, text in zip(before, ordered, strict=False)
    ]
    return found[::-1]


def differences(old: str, new: str) -> list[Part]:
    """Sentence by sentence; inside a sentence that was changed, by characters."""
    parts = _joined(_by_sentence(_normal(old), _normal(new)))
    return [Part(kind, text) for kind, text in parts if text]


def _normal(text: str) -> str:
    return text.replace("\r\n", "\n")


def _by_sentence(old: str, new: str) -> Iterator[tuple[str, str]]:
    before, after = SENTENCE.findall(old), SENTENCE.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        gone, come = "".join(before[a:b]), "".join(after[c:d])
        if tag == "equal":
            yield SAME, gone
        elif tag == "replace" and len(gone) + len(come) <= LONGEST:
            yield from _by_character(gone, come)
        else:
            yield OUT, gone
            yield IN, come


def _by_character(old: str, new: str) -> Iterator[tuple[str, str]]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield SAME, old[a:b]
        else:
            yield OUT, old[a:b]
            yield IN, new[c:d]


def _joined(parts: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    present = (part for part in parts if part[1])
    for kind, run in groupby(present, key=lambda part: part[0]):
        yield kind, "".join(text for _kind, text in run)
