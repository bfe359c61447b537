"""Reads a folder of rule sets, chains and the catalogue; refuses what is not sound."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from . import vocabulary as words
from .catalogue import MatterType, codes, load_catalogue
from .chains import Chain, load_chains
from .reading import Table, read
from .ruleset import RuleSet
from .schema import KEYS, fits, frozen
from .soundness import (
    Overlay,
    approvals_are_cited,
    chains_exist,
    complete,
    may_override,
    one_edition_a_day,
    one_text_a_day,
)
from .types import REFUSING, Key, RulebookError

NUMERAL = "[一二三四五六七八九十百千零]+"
ARTICLE = re.compile(f"第{NUMERAL}条(、?第{NUMERAL}[条款项])*")
NATIONAL = "national"
# What is put together with "+" to name the rules of a sitting.
NAME = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Rulebook:
    """Everything in one folder, checked against itself."""

    national: tuple[RuleSet, ...]
    titles: Mapping[str, str]
    overlays: Mapping[str, Overlay]
    chains: Mapping[str, Chain]
    catalogue: Mapping[str, MatterType]


@dataclass(frozen=True)
class _Text:
    """A statute or document as it is cited."""

    full: str
    short: str
    source: str
    confidence: str


@dataclass
class _File:
    """One file of rules while it is read."""

    table: Table
    level: str
    known: Mapping[str, frozenset[str]]
    types: Mapping[str, MatterType]
    texts: dict[str, _Text] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        return self.table.file.removesuffix(".toml")


def load(folder: Path) -> Rulebook:
    """The rulebook of that folder, or RulebookError."""
    catalogue = load_catalogue(read(folder / "catalogue.toml"))
    chains = load_chains(read(folder / "chains.toml"))
    chains_exist(catalogue, chains)
    sets: list[RuleSet] = []
    overlays: dict[str, Overlay] = {}
    titles: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.stem in ("catalogue", "chains"):
            continue
        found, title = _read_rules(path, catalogue)
        titles[path.stem] = title
        if isinstance(found, Overlay):
            overlays[found.name] = found
        else:
            sets.append(found)
    sets.sort(key=lambda rules: rules.since)
    one_text_a_day(sets)
    one_edition_a_day(overlays)
    for overlay in overlays.values():
        may_override(overlay, sets)
    approvals_are_cited(catalogue, sets)
    return Rulebook(tuple(sets), titles, overlays, chains, catalogue)


def _read_rules(
    path: Path, catalogue: Mapping[str, MatterType]
) -> tuple[RuleSet | Overlay, str]:
    table = read(path)
    if not NAME.fullmatch(path.stem):
        raise table.error("is no name: small letters, digits and hyphens")
    level = table.word("level", (NATIONAL, *words.LEVELS))
    title = table.text("title")
    since, until = table.day("since"), table.day("until", None)
    first = path.stem if level == NATIONAL else table.text("edition_of", path.stem)
    file = _File(table, level, codes(catalogue), catalogue)
    _read_texts(file)
    if until is not None and until < since:
        raise RulebookError(table.file, "until", "lies before since")
    bodies = Table(table.file, "bodies", table.take("bodies", dict, {}))
    keys = {name: _read_key(file, name, row) for name, row in table.rest()}
    for code, row in bodies.rest():
        keys[f"bodies.{code}"] = _read_bodies(file, code, row, keys)
    if level != NATIONAL:
        return Overlay(path.stem, first, title, level, since, until, keys), title
    complete(table.file, since, keys)
    return RuleSet(path.stem, since, until, keys), title


def _read_texts(file: _File) -> None:
    texts = Table(file.table.file, "texts", file.table.take("texts", dict, {}))
    for code, row in texts.rest():
        row.key = f"texts.{code}"
        title, edition = row.text("title"), row.text("edition", "")
        full = f"《{title}》" + (f"（{edition}）" if edition else "")
        short = f"《{row.text('short', title)}》"
        source = row.text("source")
        confidence = row.word("confidence", words.CONFIDENCE)
        row.end()
        file.texts[code] = _Text(full, short, source, confidence)


def _read_key(file: _File, name: str, row: Table) -> Key:
    spec = KEYS.get(name)
    if spec is None:
        raise row.error("is not a key anybody knows")
    raw = row.take("value", object)
    if not fits(spec, raw, file.known):
        raise row.error(f"value {raw!r} is not a {spec.kind}")
    return _key(file, name, row, frozen(raw))


def _read_bodies(file: _File, code: str, row: Table, keys: Mapping[str, Key]) -> Key:
    row.key = f"bodies.{code}"
    if code not in file.types:
        raise row.error("is not a type of the catalogue")
    value = row.words("value", (*words.DECIDING, "joint"))
    passes = row.take("passes", dict, {})
    for body, other in passes.items():
        if body not in value or not isinstance(other, str) or other not in keys:
            raise row.error(f"passes names {body} = {other!r}, which is not there")
    return _key(file, row.key, row, value, tuple(sorted(passes.items())))


def _key(
    file: _File,
    name: str,
    row: Table,
    value: Any,
    passes: tuple[tuple[str, str], ...] = (),
) -> Key:
    basis = row.word("basis", words.BASES)
    override = row.word("override", words.OVERRIDES)
    cited = _cited(file, row)
    if basis in REFUSING and not cited.full:
        raise row.error(f"basis {basis} names no article")
    # A county's own document, once written down, binds the county.
    binds = REFUSING if file.level == NATIONAL else (*REFUSING, "local")
    refuses = row.take("refuses", bool, basis in binds)
    if refuses and file.level != NATIONAL and not cited.full:
        raise row.error("refuses, but names no document of its own")
    source = row.text("source", cited.source or ...)
    note = row.text("note", "")
    row.end()
    return Key(
        name=name,
        value=value,
        basis=basis,
        override=override,
        citation=cited.full,
        source=source,
        origin=file.origin,
        refuses=refuses,
        short=cited.short,
        confidence=cited.confidence,
        note=note,
        passes=passes,
    )


def _cited(file: _File, row: Table) -> _Text:
    """The articles a key names, put together; as sure as the least sure of them."""
    articles = row.take("article", (str, list), [])
    cited: list[_Text] = []
    for article in [articles] if isinstance(articles, str) else articles:
        code, _, place = str(article).partition(" ")
        text = file.texts.get(code)
        if text is None:
            raise row.error(f"cites {code!r}, which is not among the texts")
        if place and not ARTICLE.fullmatch(place):
            raise row.error(f"{place!r} is not an article")
        cited.append(replace(text, full=text.full + place, short=text.short + place))
    confidence = [text.confidence for text in cited]
    return _Text(
        full="、".join(text.full for text in cited),
        short="、".join(text.short for text in cited),
        source="；".join(dict.fromkeys(text.source for text in cited)),
        confidence=max(confidence, key=list(words.CONFIDENCE).index, default=""),
    )
