"""What the log holds of one notice, and whether it still is what is shown.

Done anew for each reader, in this order:

1. the entry that recorded the notice, and the one that recorded its vote, are found
2. the newest checkpoint bears the signature of this log
3. each entry's bytes are hashed, and proven to stand at their number in that checkpoint
4. the text of the notice is hashed, and compared with what its entry says
5. counts, thresholds and outcome are compared with what the entry of the vote says
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from audit import clock, kept, proofs, sequencer, tree, witnesses
from audit.models import ERASED, Checkpoint, Cosignature, Entry, Leaf, Tile
from audit.note import BadNote, Head, open_checkpoint
from disclosure.sheet import Sheet
from villages.models import Office
from workflows.bodies import BODIES
from workflows.models import Notice
from workflows.models.notice import hash_of

PUBLISHED = (
    "matter.announced",
    "matter.reported",
    "notice.published",
    "report.given",
)
DECIDED = ("matter.adopted", "matter.rejected", "matter.recounted")
COUNTS = ("votes_for", "votes_against", "abstain", "invalid")
COMPARED = ("eligible", "present", *COUNTS, "quorum_need", "need", "passed")


@dataclass(frozen=True)
class Recorded:
    """One entry, as everybody may read it."""

    entry: Entry
    leaf: Leaf | None

    @property
    def number(self) -> int | None:
        return self.leaf.index if self.leaf else None

    @property
    def office(self) -> str:
        return str(Office.Role(self.entry.content["office"]).label)

    @property
    def recorded_at(self) -> Any:
        return self.entry.recorded_at

    @property
    def held_on(self) -> Any:
        return self.entry.held_on

    @property
    def what(self) -> str:
        """What was done, without the day on which it was entered."""
        return str(self.entry.declared.label)


class Verification:
    """One notice, its entries, and today's log."""

    def __init__(self, notice: Notice) -> None:
        self._notice = notice
        self.sheet = Sheet(notice, clock.today())
        # Entries before the checkpoint: what has its number stands in the newest.
        self.published = self._recorded(self._published())
        self.decided = self._recorded(self._decided())
        self.checkpoint: Checkpoint | None = sequencer.newest()

    # -- (1)

    def _entries(self, *kinds: str) -> list[Entry]:
        subjects = [self._notice.subject]
        if self._notice.matter:
            subjects.append(self._notice.matter.subject)
        rows = Entry.objects.of(*subjects).of_kind(*kinds).order_by("id")
        return list(rows.select_related("leaf").ready_to_open())

    def _published(self) -> Entry | None:
        name = self._notice.subject
        for entry in self._entries(*PUBLISHED):
            if name in (entry.subject, entry.facts.get("notice")):
                return entry
        return None

    def _decided(self) -> Entry | None:
        """The last word on its vote before the notice was written."""
        resolution = self._notice.resolution
        if not self.sheet.of_resolution or resolution is None or not self.published:
            return None
        ballot, until = resolution.ballot.subject, self.published.entry.pk
        found = [e for e in self._entries(*DECIDED) if e.facts["ballot"] == ballot]
        return next((e for e in reversed(found) if e.pk < until), None)

    @staticmethod
    def _recorded(entry: Entry | None) -> Recorded | None:
        return Recorded(entry, getattr(entry, "leaf", None)) if entry else None

    @property
    def entries(self) -> list[Recorded]:
        return [found for found in (self.decided, self.published) if found]

    @property
    def waits(self) -> bool:
        """Whether an entry was written just now and has no number yet."""
        return bool(self.entries) and not all(found.leaf for found in self.entries)

    # -- what is wrong

    @cached_property
    def wrong(self) -> list[str]:
        """What is not as it was recorded; nothing where all is well."""
        if self.published is None:
            return [_("记录里没有发布这张公示的那一条")]
        found = [] if self.waits else self._unproven()
        return found + self._text_differs() + self._counts_differ()

    def _unproven(self) -> list[str]:
        """(2) and (3)."""
        try:
            self._prove()
        except (BadNote, tree.NotProven, Tile.DoesNotExist, ValueError):
            return [_("记录不在今天的存证里，或者存证的签名不对")]
        return []

    def _prove(self) -> None:
        assert self.checkpoint is not None  # noqa: S101 (a number comes with a head)
        head = open_checkpoint(self.checkpoint.note, sequencer.verifiers())
        for found in self.entries:
            assert found.leaf is not None  # noqa: S101 (none of them waits)
            shown = proofs.inclusion(found.leaf, self.checkpoint)
            leaf = tree.leaf_hash(found.entry.body.encode())
            tree.verify_inclusion(leaf, shown.index, head.size, shown.path, head.root)

    def _text_differs(self) -> list[str]:
        """(4)."""
        assert self.published is not None  # noqa: S101 (asked before)
        said = self.published.entry.facts.get("text_hash")
        ours = hash_of(self._notice.title, self._notice.board_text)
        # Bulletins of the first version were recorded without it.
        return [] if said in (ours, None) else [_("公示的文字")]

    def _counts_differ(self) -> list[str]:
        """(5)."""
        resolution = self._notice.resolution
        if not self.sheet.of_resolution or resolution is None:
            return []
        if self.decided is None:
            return [_("记录里没有这次表决的那一条")]
        said, tally = self.decided.entry.opened(), resolution.tally
        differ = [
            name
            for name in COMPARED
            if said[name] is not ERASED and said[name] != getattr(tally, name)
        ]
        return [_("表决的人数、票数或者结果")] if differ else []

    # -- what is shown

    @property
    def tally(self) -> dict[str, Any] | None:
        """The counts as the log holds them; of some bodies only who came."""
        if self.decided is None:
            return None
        facts = self.decided.entry.facts
        names = ["eligible", "present"]
        if BODIES[facts["body"]].public:
            names += [*COUNTS, "need", "quorum_need"]
        return {name: facts[name] for name in names}

    @property
    def head(self) -> Head | None:
        try:
            return self.checkpoint.head if self.checkpoint else None
        except BadNote:
            return None

    @property
    def short(self) -> str:
        return kept.in_groups(self.head.short) if self.head else ""

    @property
    def witnessed(self) -> list[Cosignature]:
        """Who else signed the log, and how far."""
        return witnesses.latest()


@dataclass(frozen=True)
class Paper:
    """What a printed notice says of the log, held against today's log."""

    size: str
    root: str
    checkpoint: Checkpoint | None

    @property
    def given(self) -> bool:
        return bool(self.size or self.root)

    @cached_property
    def read(self) -> kept.Kept | None:
        try:
            return kept.Kept.typed(self.size, self.root)
        except kept.NotRead:
            return None

    @cached_property
    def found(self) -> kept.Found | None:
        if self.read is None or self.checkpoint is None:
            return None
        return kept.compare(self.read, self.checkpoint)

    @property
    def good(self) -> bool:
        return bool(self.found and self.found.good)

    @property
    def short(self) -> str:
        return kept.in_groups(self.read.root) if self.read else ""
