"""Numbers entries, grows the tree and signs its head.

All of it in one transaction: whoever is killed in the middle has done nothing, and
whoever comes next does it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from django.conf import settings
from django.db import connection, transaction

from . import clock, tiles, tree
from .models import Checkpoint, Entry, Leaf, Tile, Unsequenced
from .note import Head, Note, Signer, Verifier, sign_checkpoint

BATCH = 2048
LOCK = 0x5358_4C4F_47  # any number that nothing else here locks by: "SXLOG"

Waiting: TypeAlias = list[tuple[int, bytes]]


class CannotSign(Exception):
    """The key at hand is not the one this log was signed with."""


def signer() -> Signer:
    """The key that signs this log's checkpoints."""
    return Signer.parse(settings.LOG_KEY)


def verifiers() -> list[Verifier]:
    """The public keys this log was ever signed with, today's first."""
    return [signer().verifier, *map(Verifier.parse, settings.LOG_FORMER_KEYS)]


def newest() -> Checkpoint | None:
    """The newest checkpoint; None before the first."""
    return Checkpoint.objects.order_by("-size").first()


def sequence(limit: int = BATCH) -> int:
    """Give numbers to at most so many entries; how many got one.

    Nought where none was waiting, or where another sequencer is at work.
    """
    with transaction.atomic():
        if not _alone():
            return 0
        waiting = _waiting(limit)
        if waiting:
            _append(waiting)
    return len(waiting)


def sequence_all() -> int:
    """Give numbers to all that wait; how many got one."""
    done = 0
    while got := sequence():
        done += got
    return done


def _alone() -> bool:
    """Whether no other sequencer works; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        (got,) = cursor.fetchone()
    return bool(got)


def _waiting(limit: int) -> Waiting:
    ids = Unsequenced.objects.order_by("entry_id").values_list("entry_id", flat=True)
    rows = Entry.objects.filter(pk__in=list(ids[:limit])).order_by("id")
    return [(pk, bytes(leaf)) for pk, leaf in rows.values_list("pk", "leaf_hash")]


def _append(waiting: Waiting) -> Checkpoint:
    key, last = signer(), newest()
    size = last.size if last else 0
    if last:
        _same_log(key, last)
    Leaf.objects.bulk_create(
        Leaf(index=index, entry_id=pk, hash=leaf)
        for index, (pk, leaf) in enumerate(waiting, start=size)
    )
    Unsequenced.objects.filter(pk__in=[pk for pk, _leaf in waiting]).delete()
    _grow(size, [leaf for _pk, leaf in waiting])
    size += len(waiting)
    head = Head(key.name, size, tree.root(tiles.reader(fetch, size), size))
    return Checkpoint.objects.create(
        size=size,
        root=head.root,
        note=sign_checkpoint(head, key),
        signed_at=clock.now(),
    )


def _same_log(key: Signer, last: Checkpoint) -> None:
    """A key that was exchanged without saying so would begin a second log."""
    known, note = verifiers(), Note.parse(last.note)
    if key.name != note.text.partition("\n")[0]:
        raise CannotSign("存证密钥的名称与以前的存证不同，不能接着签。")
    if all(note.signed_by(each) is None for each in known):
        raise CannotSign(
            "存证密钥换过了。请把原来的公钥写进 LOG_FORMER_KEYS，再继续编号。"
        )


def _grow(size: int, hashes: list[bytes]) -> None:
    """Widen the tiles by these hashes; each that gets full is one hash a level up."""
    level = 0
    while hashes:
        full = []
        for number, added in _by_tile(size, hashes):
            tile = _widened(level, number, b"".join(added))
            if len(tile.hashes) == tiles.WIDTH * tree.HASH_BYTES:
                full.append(tiles.within(bytes(tile.hashes), tiles.HEIGHT, 0))
        level, size, hashes = level + 1, size >> tiles.HEIGHT, full


def _by_tile(start: int, hashes: list[bytes]) -> Iterator[tuple[int, list[bytes]]]:
    """The hashes by the number of the tile they belong to."""
    while hashes:
        number, inside = divmod(start, tiles.WIDTH)
        fits = tiles.WIDTH - inside
        yield number, hashes[:fits]
        start, hashes = start + fits, hashes[fits:]


def _widened(level: int, number: int, added: bytes) -> Tile:
    tile = Tile.objects.filter(level=level, number=number).first()
    tile = tile or Tile(level=level, number=number, hashes=b"")
    tile.hashes = bytes(tile.hashes) + added
    tile.save()
    return tile


def fetch(level: int, number: int, width: int) -> bytes:
    """That tile's first hashes, as they are kept; raises Tile.DoesNotExist."""
    kept = Tile.objects.values_list("hashes", flat=True)
    return bytes(kept.get(level=level, number=number))[: width * tree.HASH_BYTES]
