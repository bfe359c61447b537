"""What a scenario may say of each act: which keys, and what stands behind them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from villages.models import Office
from workflows.bodies import BODIES
from workflows.checks import edges
from workflows.models import Ballot, Choice, Rectification, Sitting
from workflows.models.ballot import ELECTRONIC

from .reading import Key, Leaf

LONGEST_NAME, LONGEST_REASON = 30, 300
OFFICES = {role.value: role.value for role in Office.Role} | {
    str(role.label): role.value for role in Office.Role
}
# What an act may be refused under: the rules that stand before some edge.
RULES = tuple(dict.fromkeys(rule.name for edge in edges() for rule in edge.conditions))
OUT_OF_TURN, FORBIDDEN = "out_of_turn", "forbidden"
ALONE = (OUT_OF_TURN, FORBIDDEN)


@dataclass(frozen=True)
class Count:
    """What a tally sheet says; what it does not say is None."""

    votes_for: int
    against: int = 0
    abstain: int | None = None
    invalid: int = 0
    issued: int | None = None
    returned: int | None = None

    @property
    def slips(self) -> bool:
        """Whether slips were handed out and gathered in."""
        return self.issued is not None or self.returned is not None


def office(leaf: Leaf) -> str:
    """An office by its code or its name, or one of several holders: supervisor2."""
    word = leaf.word()
    stem = word.rstrip("0123456789")
    if stem != word and stem in OFFICES:
        return word
    if word not in OFFICES:
        codes = "、".join(role.value for role in Office.Role)
        wrong = {"word": word, "known": codes}
        raise leaf.error(_("没有“%(word)s”这个职务；可以写：%(known)s。") % wrong)
    return OFFICES[word]


def name(leaf: Leaf) -> str:
    return leaf.text(LONGEST_NAME)


def body(leaf: Leaf) -> str:
    return leaf.one_of(BODIES)


def method(leaf: Leaf) -> str:
    return leaf.one_of(Ballot.Method.values)


def paper_method(leaf: Leaf) -> str:
    """Held on paper: what people cast themselves is not entered afterwards."""
    if leaf.word() in ELECTRONIC:
        raise leaf.error(_("会后录入的是 hands（举手）或 paper（投票）的票数。"))
    return method(leaf)


def by_name(read: Callable[[Leaf], str]) -> Callable[[Leaf], dict[str, str]]:
    """A reader of what is said of each person, of one at least."""

    def said(leaf: Leaf) -> dict[str, str]:
        if not (found := leaf.entries()):
            raise leaf.error(_("至少写一个人。"))
        return {who: read(what) for who, what in found.items()}

    return said


def gone(leaf: Leaf) -> int | list[str]:
    """How many left, or who."""
    if leaf.is_a("int"):
        return leaf.whole()
    return names(leaf)


def names(leaf: Leaf) -> list[str]:
    found = [item.text(LONGEST_NAME) for item in leaf.items()]
    if len(set(found)) != len(found):
        raise leaf.error(_("有人写了两次。"))
    return found


def present(leaf: Leaf) -> int | list[str] | dict[str, int]:
    """A number, names, or numbers by how people took part."""
    if leaf.is_a("int"):
        return leaf.whole()
    if leaf.is_list:
        return names(leaf)
    ways = ("in_person", "online", "by_proxy")
    return leaf.fields({way: maybe(Leaf.whole) for way in ways})


def tally(leaf: Leaf) -> Count | None:
    """The counts; nothing where nothing was counted."""
    if leaf.is_empty:
        return None
    others = ("against", "abstain", "invalid", "issued", "returned")
    given = leaf.fields(
        {"for": Key(Leaf.whole), **{key: maybe(Leaf.whole) for key in others}}
    )
    return Count(votes_for=given.pop("for"), **given)


def people(leaf: Leaf) -> int | list[str] | str:
    """How many accept, or who; or, as of other acts, in which office."""
    if leaf.is_a("int"):
        return leaf.whole()
    if leaf.is_list:
        return [item.text(LONGEST_NAME) for item in leaf.items()]
    return office(leaf)


def progress(leaf: Leaf) -> int:
    return leaf.whole(most=100)


def reason(leaf: Leaf) -> str:
    return leaf.text(LONGEST_REASON)


def source(leaf: Leaf) -> str:
    return leaf.text(100)


def rule_names(leaf: Leaf) -> frozenset[str]:
    """Rules under which an act is refused; out of turn and forbidden stand alone."""
    found = [item.one_of((*RULES, *ALONE)) for item in leaf.items()]
    if not found or len(set(found)) != len(found):
        raise leaf.error(_("至少写一条规则，不能重复。"))
    if len(found) > 1 and set(found) & set(ALONE):
        raise leaf.error(_("out_of_turn 和 forbidden 只能单独写。"))
    return frozenset(found)


def one_of(*words: str) -> Any:
    """A reader for one of these words."""
    return lambda leaf: leaf.one_of(words)


def maybe(reader: Any) -> Key:
    return Key(reader, needed=False)


WHEN = {"at": Key(Leaf.moment), "by": maybe(office)}
TEXT = {"text": Key(Leaf.text)}
TEXT_IF_ANY = {"text": maybe(Leaf.text)}
MEETING = {
    **WHEN,
    "body": Key(body),
    "present": Key(present),
    "tally": maybe(tally),
    "mode": maybe(one_of(*Sitting.Mode.values)),
    "notice_at": maybe(Leaf.moment),
    "witness": maybe(Leaf.truth),
    "chair": maybe(name),
    "special": maybe(reason),
}
BULLETIN = {
    "progress": maybe(progress),
    "spent": maybe(Leaf.money),
    "note": maybe(Leaf.text),
}
ITEM = {**TEXT_IF_ANY, "inapplicable": maybe(reason)}

ACTS: dict[str, Mapping[str, Key]] = {
    "draft": WHEN,
    "initiate": WHEN,
    "sitting": {
        **MEETING,
        "method": maybe(method),
        "votes": maybe(by_name(one_of(*Choice.values))),
        "left": maybe(gone),
        "recused": maybe(by_name(reason)),
        "leave": maybe(one_of("convened", "counted")),
    },
    "record_paper": {
        **MEETING,
        "method": maybe(paper_method),
        "recorded_at": Key(Leaf.moment),
    },
    "amend": {**WHEN, **TEXT, "source": Key(source)},
    "revise": {**WHEN, **TEXT},
    "erratum": {**WHEN, **TEXT},
    "advise": {**WHEN, **TEXT},
    "approve": {
        **WHEN,
        "outcome": Key(one_of("approved", "refused")),
        "number": maybe(name),
    },
    "publish": {**WHEN, **ITEM, **BULLETIN, "kind": Key(Leaf.text)},
    "post": {**WHEN, "photo": maybe(Leaf.text)},
    "repair": WHEN,
    "take_down": WHEN,
    "object": {**WHEN, **TEXT, "by": Key(name)},
    "answer": {
        **WHEN,
        **TEXT,
        "outcome": maybe(one_of("upheld", "dismissed")),
        "remedy": maybe(one_of("redecide", "corrected_notice")),
    },
    "audit_notice": {
        **WHEN,
        **TEXT_IF_ANY,
        "outcome": Key(one_of("pass", "rectify")),
    },
    "begin": WHEN,
    "report": {
        **WHEN,
        **BULLETIN,
        "progress": Key(progress),
        "spent": Key(Leaf.money),
    },
    "disclose": {**WHEN, **ITEM, "item": Key(Leaf.text)},
    "accept": {**WHEN, **TEXT_IF_ANY, "by": maybe(people)},
    "suggest": {**WHEN, **TEXT},
    "order": {
        **WHEN,
        **TEXT,
        "due": Key(Leaf.day),
        "basis": maybe(one_of(*Rectification.Basis.values)),
    },
    "comply": {**WHEN, **TEXT},
    "check": {**WHEN, "outcome": Key(one_of("pass", "again"))},
    "recount": {**WHEN, **TEXT, "tally": Key(tally)},
    "void": {**WHEN, **TEXT},
    "attach": {**WHEN, "document": Key(name)},
    "withdraw": {**WHEN, **TEXT},
    "archive": WHEN,
    "clock": {"at": Key(Leaf.moment)},
}
