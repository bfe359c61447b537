"""One entry: its bytes, what it says, and the columns read from it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TypeAlias

from django.utils.translation import gettext as _

from audit import grammar
from audit.canonical import canonical
from audit.facts import CODE, DAY, INSTANT, PLACE, REF, FactType, Sealed
from audit.kinds import CONFIDENTIAL_BODIES, KINDS, Kind
from audit.log import VERSION

Found: TypeAlias = tuple[str, Any, Any]  # column, expected, found

# What the columns hold, as one text that is compared in one go with what the body
# says. Nothing of it is computed by functions that could have been exchanged.
_INSTANT = """to_char(e.recorded_at AT TIME ZONE 'UTC',
        'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
COLUMNS = f"""concat_ws('|', e.uid, e.kind, e.village, e.subject, e.office,
    coalesce(e.stage, '-'), coalesce(e.from_stage, '-'),
    coalesce(to_char(e.held_on, 'YYYY-MM-DD'), '-'), {_INSTANT},
    CASE WHEN e.scenario THEN 'scenario' ELSE '-' END)"""
NAMES = ("uid", *grammar.COLUMNS[1:-1], "scenario")
ENVELOPE = frozenset(
    [
        "v",
        "id",
        "kind",
        "village",
        "subject",
        "office",
        "place",
        "person",
        "held_on",
        "recorded_at",
        "facts",
    ]
)


def wrong(body: str, columns: str) -> list[Found]:
    """What is wrong with an entry, by column: mostly nothing, and that soon."""
    form = grammar.usual(columns.split("|", 2)[1]) if "|" in columns else None
    said = form and form.columns(body)
    if said and "|".join(said) == columns:
        return []
    return list(slowly(body, columns))


def slowly(body: str, columns: str) -> Iterator[Found]:
    """Everything that is wrong with an entry, by column."""
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        yield "body", _("JSON 对象"), _("别的文字")
        return
    try:
        written = canonical(content).decode()
    except (ValueError, TypeError, RecursionError):
        written = ""
    if written != body:
        yield "body", _("按 RFC 8785 写的 JSON"), _("另一种写法")
    yield from (("body", expected, found) for expected, found in said(content))
    yield from differing(content, columns)


def differing(content: dict[str, Any], columns: str) -> Iterator[Found]:
    """The columns that are not what the body says."""
    facts = content.get("facts")
    facts = facts if isinstance(facts, dict) else {}
    expected = {
        **content,
        "uid": content.get("id"),
        "stage": facts.get("stage"),
        "from_stage": facts.get("from_stage"),
        "scenario": content.get("clock"),
    }
    kept = columns.split("|")
    if len(kept) != len(NAMES):
        yield ", ".join(NAMES), _("与正文一致"), columns
        return
    for name, found in zip(NAMES, kept, strict=True):
        told = str(expected.get(name) or "-")
        if told != found:
            yield name, told, found


def said(content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What the entry says that its kind does not declare, or not in this way."""
    kind = KINDS.get(str(content.get("kind")))
    if kind is None:
        yield _("已知的记录种类"), str(content.get("kind"))
        return
    if content.keys() - {"clock"} != ENVELOPE:
        yield ", ".join(sorted(ENVELOPE)), ", ".join(sorted(content))
        return
    if content.get("clock", "scenario") != "scenario" or content["v"] != VERSION:
        yield f"v {VERSION}", f"v {content['v']}"
    yield from _of_the_envelope(kind, content)
    yield from _of_the_facts(kind, content["facts"])


def _of_the_envelope(kind: Kind, content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    wanted = {"subject": REF, "village": PLACE, "office": CODE, "recorded_at": INSTANT}
    if not kind.clock:
        wanted["place"] = PLACE
    if content["held_on"] is not None:
        wanted["held_on"] = DAY
    for name, fact in wanted.items():
        if not is_written(fact, content[name]):
            yield f"{name}: {fact.wants}", name
    noun = str(content["subject"]).partition("/")[0]
    right = {
        f"subject: {kind.noun}": noun == kind.noun,
        "id: 32 hexadecimal digits": _is_id(content["id"]),
        "person, place": _is_somebody(kind, content),
    }
    yield from (
        (what, what.partition(":")[0]) for what, is_ in right.items() if not is_
    )


def _is_somebody(kind: Kind, content: dict[str, Any]) -> bool:
    """Whether it is nobody where the clock acted, and somebody elsewhere."""
    if kind.clock:
        return content["person"] is None and content["place"] == ""
    return is_commitment(content["person"])


def _is_id(text: Any) -> bool:
    return isinstance(text, str) and len(text) == 32 and is_hex(text)  # noqa: PLR2004


def _of_the_facts(kind: Kind, facts: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(facts, dict):
        yield "facts: {}", "facts"
        return
    for name in facts.keys() - kind.facts.keys():
        yield _("%(kind)s 没有的事实") % {"kind": kind.code}, name
    for name, fact in kind.facts.items():
        if name not in facts:
            if fact.required:
                yield f"{name}: {fact.wants}", _("没有 %(name)s") % {"name": name}
        elif not _as_declared(fact, facts[name], facts.get("body")):
            yield f"{name}: {fact.wants}", name


def _as_declared(fact: FactType, value: Any, body: Any) -> bool:
    if fact.seal == "always":
        return is_commitment(value)
    if fact.seal == "if_asked" and is_commitment(value):
        return True
    if fact.seal == "if_asked" and body in CONFIDENTIAL_BODIES:
        return False
    return is_written(fact, value)


def is_commitment(value: Any) -> bool:
    if not isinstance(value, dict) or value.keys() != {"sealed"}:
        return False
    sealed = value["sealed"]
    return isinstance(sealed, str) and len(sealed) == 64 and is_hex(sealed)  # noqa: PLR2004


def is_hex(text: str) -> bool:
    return not text.strip("0123456789abcdef")


def is_written(fact: FactType, value: Any) -> bool:
    """Whether this is how such a fact is written: writing it again changes nothing."""
    try:
        again = fact.encode(fact.read(value) if fact.read else value)
    except (ValueError, TypeError, ArithmeticError):
        return False
    return (
        not isinstance(again, Sealed) and type(again) is type(value) and again == value
    )
