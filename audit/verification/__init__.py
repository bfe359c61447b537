"""Everything recomputed: entries, tree and heads, what is sealed, and the rows.

In one moment of the database, in memory that does not grow with the log.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from audit.discrepancy import Discrepancy

from . import said, standing
from .heads import Heads, cosignatures
from .kept import Kept
from .numbered import Numbered
from .reading import AT_ONCE, Progress, no_progress, one, one_moment


@dataclass
class Run:
    """One run over the whole record; what it found out is known when it has ended."""

    against: Kept | None = None
    progress: Progress = field(default=no_progress)
    size: int = 0
    root: bytes = b""
    unsequenced: int = 0
    erased: int = 0
    found: int = 0

    @property
    def ok(self) -> bool:
        return not self.found

    def run(self) -> Iterator[Discrepancy]:
        """What is not as it was recorded, one after another."""
        with one_moment(*said.TEMPORARY, *standing.TEMPORARY):
            for discrepancy in self._run():
                self.found += 1
                yield discrepancy

    def _run(self) -> Iterator[Discrepancy]:
        total = one("SELECT count(*) FROM audit_entry")
        yield from self.of_the_tree(total)
        entries = said.Entries(standing.note)
        yield from self._watched(entries.run(), _("记录"), total)
        self.unsequenced, self.erased = entries.waiting, entries.erased
        yield from standing.run(self.progress)

    def of_the_tree(self, total: int) -> Iterator[Discrepancy]:
        """The part of it that needs no more than bodies, leaves, tiles and heads."""
        heads = Heads(self.against)
        numbered = Numbered(heads)
        yield from self._watched(numbered.run(), _("树"), total)
        yield from heads.rest(numbered.size)
        yield from cosignatures()
        self.size, self.root = numbered.size, numbered.tower.root

    def _watched(
        self, steps: Iterator[Discrepancy | None], what: str, total: int
    ) -> Iterator[Discrepancy]:
        """What a part finds, while the progress bar is told of its batches."""
        done = 0
        self.progress(what, done, total)
        for step in steps:
            if step is not None:
                yield step
                continue
            done = min(done + AT_ONCE, total)
            self.progress(what, done, total)
        self.progress(what, total, total)
