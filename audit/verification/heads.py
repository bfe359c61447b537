"""Checkpoints: what was signed, against the tree as it is; and one that was kept."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from audit.discrepancy import Discrepancy
from audit.note import BadNote, Head, Note, Verifier, open_checkpoint
from audit.sequencer import verifiers

from .kept import Kept
from .reading import rows

CHECKPOINTS = "SELECT size, root, note FROM audit_checkpoint ORDER BY size"
COSIGNATURES = """
    SELECT s.id, s.checkpoint_id, s.line, extract(epoch FROM s.signed_at)::bigint,
           c.note, w.key
      FROM audit_cosignature s
      LEFT JOIN audit_checkpoint c ON c.size = s.checkpoint_id
      LEFT JOIN audit_witness w ON w.id = s.witness_id
     ORDER BY s.id
"""


class Heads:
    """The checkpoints, the smallest first, each judged by the root at its size."""

    def __init__(self, against: Kept | None = None) -> None:
        self._keys = verifiers()
        self._names = {key.name for key in self._keys}
        self._rows = rows(CHECKPOINTS)
        self._row = next(self._rows, None)
        self._against = against
        self.newest: int | None = None

    @property
    def due(self) -> int | None:
        sizes = [self._row[0]] if self._row else []
        sizes += [self._against.size] if self._against else []
        return min(sizes, default=None)

    def reached(self, root: bytes) -> Iterator[Discrepancy]:
        """What is due has the size of the tree, which has this root."""
        size = self.due
        if self._against and self._against.size == size:
            yield from self._extends(self._against, root)
            self._against = None
        elif self._row:
            yield from self._judged(self._row, root)
            self._forward()

    def rest(self, size: int) -> Iterator[Discrepancy]:
        """What was not reached: the log has fewer entries than were signed."""
        while self._row:
            row = self._row
            yield from self._judged(row, None)
            yield self._told(row[0], "size", _("不多于 %s") % size, row[0])
            self._forward()
        if (self.newest or 0) < size:
            yield self._told(self.newest or 0, "size", size, self.newest)
        if self._against:
            yield from self._told_by(self._against)
            yield _forked(
                self._against,
                _("只有 %(size)s 条，比留存的存证少：日志被截短了") % {"size": size},
            )

    def _forward(self) -> None:
        assert self._row is not None  # noqa: S101
        self.newest = self._row[0]
        self._row = next(self._rows, None)

    def _judged(
        self, row: tuple[Any, ...], root: bytes | None
    ) -> Iterator[Discrepancy]:
        size, kept, note = row[0], bytes(row[1]), row[2]
        try:
            head = open_checkpoint(note, self._keys)
        except BadNote as reason:
            yield self._told(size, "note", _("本日志签名的存证"), str(reason))
            head = Head("", size, kept)
        if head.size != size:
            yield self._told(size, "size", head.size, size)
        if head.root != kept:
            yield self._told(size, "root", head.root.hex(), kept.hex())
        elif root is not None and head.size == size and root != kept:
            yield self._told(size, "root", root.hex(), kept.hex())

    @staticmethod
    def _told(size: int, column: str, expected: Any, found: Any) -> Discrepancy:
        pk = str(size)
        return Discrepancy("heads", "audit_checkpoint", pk, column, expected, found)

    def _extends(self, kept: Kept, root: bytes) -> Iterator[Discrepancy]:
        yield from self._told_by(kept)
        if not root.hex().startswith(kept.root):
            why = _("前 %(size)s 条的根是 %(root)s：日志被改写过（分叉）")
            facts = {"size": kept.size, "root": root.hex()}
            yield _forked(kept, why % facts)

    def _told_by(self, kept: Kept) -> Iterator[Discrepancy]:
        """Whether it is of this log at all."""
        if kept.origin not in self._names:
            names = ", ".join(self._names)
            why = _("现在是另一个日志（%(names)s）：日志被换掉了") % {"names": names}
            yield _forked(kept, why)
        elif kept.of_another_key:
            why = _("签名的密钥不是本日志现在和从前的密钥：密钥被换掉了")
            yield _forked(kept, why)


def _forked(kept: Kept, why: str) -> Discrepancy:
    told = _("%(origin)s 的前 %(size)s 条，根 %(root)s") % {
        "origin": kept.origin,
        "size": kept.size,
        "root": kept.root,
    }
    return Discrepancy("against", "audit_checkpoint", "", "root", told, why)


def cosignatures() -> Iterator[Discrepancy]:
    """Each verifies under its checkpoint, with its witness's key, at its second."""
    for pk, size, line, signed_at, note, key in rows(COSIGNATURES):
        told = partial(_of_cosignature, pk)
        if note is None:
            yield told("checkpoint_id", _("一个存证"), size)
            continue
        try:
            at = _cosigned_at(note, line, key or "")
        except BadNote as reason:
            yield told(_SIGNED, _("见证人在这个存证下的签名"), str(reason))
            continue
        if at != signed_at:
            yield told("signed_at", at, signed_at)


_SIGNED = "line, checkpoint_id, witness_id, id, key"


def _of_cosignature(pk: int, column: str, expected: Any, found: Any) -> Discrepancy:
    table = "audit_cosignature, audit_witness"
    return Discrepancy("heads", table, str(pk), column, expected, found)


def _cosigned_at(note: str, line: str, key: str) -> int:
    """The second at which the witness signed; raises BadNote where it did not."""
    text = note.rpartition("\n\n")[0] + "\n"
    at = Note.parse(f"{text}\n{line.rstrip()}\n").signed_by(Verifier.parse(key))
    if at is None:
        raise BadNote(_("别人的签名"))
    return at
