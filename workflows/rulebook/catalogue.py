"""The types of matter: what each must show, keep on paper and have approved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .reading import Table
from .vocabulary import APPROVALS, AUTHORITIES, CLOSINGS

DEFAULT_CHAINS = ["four_step", "four_deliberations", "statutory"]
BEGIN = "begin"


@dataclass(frozen=True)
class Item:
    """Something to be published on its own while a matter is carried out."""

    code: str
    label: str
    gate: str = ""  # "begin": may have to be shown before the matter is carried out


@dataclass(frozen=True)
class Document:
    """A paper that belongs to the matter and is not of the system's own making."""

    code: str
    label: str


@dataclass(frozen=True)
class Approval:
    """What an authority does about the decision, after it."""

    kind: str
    by: str
    key: str  # of the rule set, for the article and for whether it may refuse
    days: int = 0

    @property
    def authority(self) -> str:
        return AUTHORITIES[self.by]

    @property
    def label(self) -> str:
        return APPROVALS[self.kind]

    @property
    def blocks(self) -> bool:
        """Filing and notifying never hold a village back."""
        return self.kind in ("approve", "audit")


@dataclass(frozen=True)
class MatterType:
    """One kind of thing a village decides."""

    code: str
    label: str
    category: str
    chains: tuple[str, ...]
    closing: str
    disclosures: tuple[Item, ...] = ()
    documents: tuple[Document, ...] = ()
    approval: Approval | None = None
    statute_names_reps: bool = False  # the representatives need no authorisation
    notes: str = ""

    def item(self, code_or_label: str) -> Item:
        """The item to be published under that code or that word."""
        for item in self.disclosures:
            if code_or_label in (item.code, item.label):
                return item
        raise KeyError(f"{self.code} has no item {code_or_label}")

    @property
    def before_begin(self) -> tuple[Item, ...]:
        """The items a rule set may want shown before the matter is carried out."""
        return tuple(item for item in self.disclosures if item.gate == BEGIN)

    @property
    def works(self) -> bool:
        """Whether it ends with an acceptance."""
        return self.closing == "acceptance"


def load_catalogue(file: Table) -> dict[str, MatterType]:
    return {code: _type(code, table) for code, table in file.rest()}


def labels(catalogue: Mapping[str, MatterType]) -> dict[str, str]:
    """What every item and every document is called."""
    named: list[Item | Document] = []
    for kind in catalogue.values():
        named += [*kind.disclosures, *kind.documents]
    return {thing.code: thing.label for thing in reversed(named)}


def codes(catalogue: Mapping[str, MatterType]) -> dict[str, frozenset[str]]:
    """Every item and every document, for the rule sets that name them."""
    kinds = catalogue.values()
    return {
        "items": frozenset(item.code for kind in kinds for item in kind.disclosures),
        "documents": frozenset(d.code for kind in kinds for d in kind.documents),
    }


def _type(code: str, table: Table) -> MatterType:
    kind = MatterType(
        code=code,
        label=table.text("label"),
        category=table.text("category"),
        chains=table.names("chains", DEFAULT_CHAINS),
        closing=table.word("closing", CLOSINGS),
        disclosures=tuple(_item(row) for row in table.tables("disclosures")),
        documents=tuple(_document(row) for row in table.tables("documents")),
        approval=_approval(table),
        statute_names_reps=table.take("statute_names_reps", bool, False),
        notes=table.text("notes", ""),
    )
    table.end()
    for named in (kind.disclosures, kind.documents):
        if len({thing.code for thing in named}) != len(named):
            raise table.error("uses a code twice")
    return kind


def _item(row: Table) -> Item:
    item = Item(row.text("code"), row.text("label"), row.word("gate", ("", BEGIN), ""))
    row.end()
    return item


def _document(row: Table) -> Document:
    document = Document(row.text("code"), row.text("label"))
    row.end()
    return document


def _approval(table: Table) -> Approval | None:
    if "approval" not in table:
        return None
    row = Table(table.file, f"{table.key}.approval", table.take("approval", dict))
    approval = Approval(
        kind=row.word("kind", APPROVALS),
        by=row.word("by", AUTHORITIES),
        key=row.text("key"),
        days=row.take("days", int, 0),
    )
    row.end()
    return approval
