"""A scenario as it is written in a file: a village, a matter, and what was done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from villages.drafts import sketch
from villages.sizes import PARTS, Sizes, SizesDoNotFit
from workflows import rulebook
from workflows.acts.drafting import Draft
from workflows.bodies import BODIES
from workflows.models.ballot import ELECTRONIC
from workflows.stage import Stage

from .grammar import ACTS, Count, maybe, rule_names
from .reading import Key, Leaf, Malformed, the_file

NATIONAL = "national"
EVERYTHING = "all"
LONGEST_TITLE = 100
LONGEST_VILLAGE = 60
MOST_MONITORS = 1000
ORIGINS = ("reps", "villagers")
HOUSEHOLDS, BY_HOUSEHOLDS = "households", ("villagers", "group")


@dataclass(frozen=True)
class Act:
    """One line of what was done, and what is said to have come of it."""

    index: int
    verb: str
    at: datetime
    given: Mapping[str, Any]
    refused: frozenset[str] = frozenset()
    flawed: frozenset[str] = frozenset()

    @property
    def office(self) -> str:
        """The office in which it is said to be done; "" for the usual one."""
        by = self.given.get("by")
        return by if isinstance(by, str) and self.verb != "object" else ""


@dataclass(frozen=True)
class VillagePlan:
    """The village in which it happened, and what its people have been let decide."""

    name: str
    bodies: Mapping[str, Any]
    authorised: str | tuple[str, ...] = EVERYTHING
    slug: str = ""


@dataclass(frozen=True)
class Scenario:
    """One matter from draft to end, as people did it."""

    case: str
    title: str
    chain: str
    ruleset: str
    village: VillagePlan
    draft: Draft
    acts: tuple[Act, ...]
    expect: Mapping[str, Any]


def read(path: Path) -> Scenario:
    """The scenario in that file, or Malformed."""
    root = the_file(path)
    given = root.fields(
        {
            "case": Key(title),
            "title": maybe(title),
            "chain": Key(chain),
            "ruleset": maybe(ruleset),
            "village": Key(village),
            "matter": Key(Leaf.entries),
            "acts": Key(lambda leaf: leaf),
            "expect": maybe(expectations),
        }
    )
    content = matter(root.entries()["matter"], given["chain"])
    done = tuple(acts(given["acts"], content.type))
    covered(given["acts"], done, given.get("ruleset", ""))
    return Scenario(
        case=given["case"],
        title=given.get("title", content.title),
        chain=given["chain"],
        ruleset=given.get("ruleset", ""),
        village=given["village"],
        draft=content,
        acts=done,
        expect=given.get("expect", {}),
    )


def title(leaf: Leaf) -> str:
    return leaf.text(LONGEST_TITLE)


def chain(leaf: Leaf) -> str:
    return leaf.one_of(rulebook.CHAINS)


def ruleset(leaf: Leaf) -> str:
    known = [NATIONAL, *(rules.name for rules in rulebook.BOOK.national)]
    return leaf.one_of(known)


def village(leaf: Leaf) -> VillagePlan:
    given = leaf.fields(
        {
            "name": Key(lambda leaf: leaf.text(LONGEST_VILLAGE)),
            "bodies": Key(bodies),
            "authorised": maybe(authorised),
        }
    )
    return VillagePlan(**given)


def bodies(leaf: Leaf) -> dict[str, Any]:
    """The sizes, which must fit one another."""
    found: dict[str, Any] = {}
    for name, sizes in leaf.entries().items():
        if name not in PARTS:
            known = {"body": name, "known": "、".join(PARTS)}
            raise sizes.error(_("没有“%(body)s”；可以写：%(known)s。") % known)
        if sizes.is_a("int"):
            found[name] = sizes.whole()
        else:
            parts = {part: maybe(Leaf.whole) for part in PARTS[name]}
            found[name] = sizes.fields(parts)
    try:
        sketch(Sizes.of(found))
    except SizesDoNotFit as reason:
        raise leaf.error(str(reason)) from None
    return found


def authorised(leaf: Leaf) -> str | tuple[str, ...]:
    if leaf.is_a("str"):
        return leaf.one_of((EVERYTHING,))
    return tuple(item.one_of(rulebook.CATALOGUE) for item in leaf.items())


def matter(leaf: Leaf, chain_name: str) -> Draft:
    """What the matter is about."""
    given = leaf.fields(
        {
            "type": Key(lambda leaf: leaf.one_of(rulebook.CATALOGUE)),
            "title": Key(title),
            "text": Key(Leaf.text),
            "amount": maybe(Leaf.money),
            "guarantee": maybe(Leaf.truth),
            "for_collective": maybe(Leaf.truth),
            "origin": maybe(origin),
            "monitors": maybe(lambda leaf: leaf.whole(MOST_MONITORS)),
        }
    )
    whence = given.pop("origin", {})
    if chain_name == "statutory" and not whence:
        raise leaf.error(_("法定提议（statutory）要写 origin。"))
    return Draft(
        chain=chain_name,
        origin_by=whence.get("by", ""),
        origin_count=whence.get("count"),
        **given,
    )


def origin(leaf: Leaf) -> dict[str, Any]:
    by = Key(lambda leaf: leaf.one_of(ORIGINS))
    return leaf.fields({"by": by, "count": Key(Leaf.whole)})


def acts(leaf: Leaf, type_code: str) -> Iterator[Act]:
    """What was done, in the order of time."""
    before: datetime | None = None
    for index, item in enumerate(leaf.items()):
        found = act(index, item, type_code)
        if before is None and found.verb != "draft":
            raise item.error(_("第一件事应当是 draft（起草）。"))
        if before is not None and found.at < before:
            raise item.error(
                _("时间倒回去了：上一件事在 %(before)s。") % {"before": told(before)}
            )
        before = found.at
        yield found
    if before is None:
        raise leaf.error(_("至少要有一件事。"))


def told(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M")


def act(index: int, leaf: Leaf, type_code: str) -> Act:
    """One act, with what is said to have come of it beside it."""
    entries = leaf.entries()
    beside = {key: entries.pop(key) for key in ("refused", "flawed") if key in entries}
    if len(entries) != 1:
        raise leaf.error(_("每一条写一件事，另外只能有 refused 或 flawed。"))
    [(verb, what)] = entries.items()
    if verb not in ACTS:
        known = {"verb": verb, "known": "、".join(ACTS)}
        raise Malformed(
            leaf.file,
            what.line,
            _("没有“%(verb)s”这件事；可以写：%(known)s。") % known,
        )
    given = what.fields(ACTS[verb])
    consistent(verb, given, what, type_code)
    if "flawed" in beside and (verb != "record_paper" or "refused" in beside):
        raise beside["flawed"].error(_("只写在 record_paper 旁边，不与 refused 同写。"))
    return Act(
        index=index,
        verb=verb,
        at=given.get("recorded_at", given["at"]),
        given=given,
        **{key: rule_names(found) for key, found in beside.items()},
    )


def consistent(verb: str, given: dict[str, Any], leaf: Leaf, type_code: str) -> None:
    """What a single key cannot tell: times in order, counts by a fitting method."""
    at = given["at"]
    if given.get("notice_at", at) > at:
        raise leaf.error(_("通知时间（notice_at）晚于开会时间（at）。"))
    if given.get("recorded_at", at) < at:
        raise leaf.error(_("录入时间（recorded_at）早于开会时间（at）。"))
    if given.get("mode") == HOUSEHOLDS and given["body"] not in BY_HOUSEHOLDS:
        raise leaf.error(_("按户（households）只用于 villagers 和 group。"))
    _by_whom(given, leaf)
    count = given.get("tally")
    on_paper = given.get("method") == "paper" or verb == "recount"
    if isinstance(count, Count) and count.slips and not on_paper:
        raise leaf.error(_("issued、returned 只用于 method: paper。"))
    if verb == "recount" and count is None:
        raise leaf.error(_("更正票数要写 tally。"))
    item = given.get("item" if verb == "disclose" else "kind")
    if verb in ("disclose", "publish"):
        shown(str(item), leaf, type_code, listed=verb == "publish")


def _by_whom(given: dict[str, Any], leaf: Leaf) -> None:
    """Votes of each are of those who cast them, and are counted from that alone."""
    count, cast = given.get("tally"), given.get("method") in ELECTRONIC
    if "votes" in given and not cast:
        raise leaf.error(_("votes 只用于 method: named 或 secret。"))
    if "votes" in given and "tally" in given:
        raise leaf.error(_("votes 和 tally 只写一样。"))
    if cast and isinstance(count, Count) and count.invalid:
        raise leaf.error(_("各人自己表决的，没有无效票（invalid）。"))


def shown(word: str, leaf: Leaf, type_code: str, *, listed: bool) -> None:
    """What is published is a notice, or an item of the matter's type."""
    kinds = ("resolution", "result", "bulletin") if listed else ()
    items = rulebook.matter_type(type_code).disclosures
    known = [*kinds, *(item.label for item in items)]
    if word not in known and word not in [item.code for item in items]:
        wrong = {"word": word, "known": "、".join(known) or _("（本类事项没有）")}
        raise leaf.error(_("不能公开“%(word)s”；可以写：%(known)s。") % wrong)


def covered(leaf: Leaf, done: tuple[Act, ...], ruleset: str) -> None:
    """Some national text must have been in force on the first day.

    What is entered afterwards may have been before the first act.
    """
    earliest = rulebook.BOOK.national[0].since
    first = min(act.given["at"] for act in done).date()
    if ruleset in ("", NATIONAL) and first < earliest:
        raise leaf.error(
            _("%(day)s 以前没有收录法律；请写 ruleset，例如 %(name)s。")
            % {"day": earliest, "name": rulebook.BOOK.national[0].name}
        )


def expectations(leaf: Leaf) -> dict[str, Any]:
    """What the database must hold in the end."""
    counts = ("eligible", "present", "for", "against", "abstain", "invalid")
    last = {
        "body": maybe(lambda leaf: leaf.one_of(BODIES)),
        "citation": maybe(Leaf.text),
        "lapsed": maybe(Leaf.truth),
        "passed": maybe(Leaf.truth),
    } | {key: maybe(Leaf.whole) for key in counts}
    return leaf.fields(
        {
            "stage": maybe(lambda leaf: leaf.one_of(Stage.values)),
            "sittings": maybe(Leaf.whole),
            "last": maybe(lambda leaf: leaf.fields(last)),
        }
    )
