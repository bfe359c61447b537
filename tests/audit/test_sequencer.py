"""Numbers, tiles and heads: what one sequencer does, and what the database refuses."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from audit import sequencer, tiles, tree
from audit.models import Checkpoint, Entry, Leaf, Tile, Unsequenced
from audit.note import Signer, open_checkpoint

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(write):
    """Write so many entries."""
    return lambda many: [write("matter.archived") for _ in range(many)]


def run(sql: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(sql, values or None)


def head() -> Any:
    last = sequencer.newest()
    assert last is not None
    return open_checkpoint(last.note, sequencer.verifiers())


def test_an_entry_waits_until_it_has_its_number(written):
    written(3)
    assert Unsequenced.objects.count() == 3
    assert sequencer.sequence_all() == 3
    assert Unsequenced.objects.count() == 0
    assert [leaf.index for leaf in Leaf.objects.all()] == [0, 1, 2]
    assert sequencer.sequence_all() == 0
    assert Checkpoint.objects.count() == 1


def test_the_head_is_that_of_the_tree_over_the_entries(written):
    for many in (1, 2, 300, 1):
        written(many)
        sequencer.sequence_all()
        edge = tree.Frontier()
        for body in Entry.objects.order_by("leaf__index").values_list("body"):
            edge.append(tree.leaf_hash(body[0].encode()))
        assert (head().size, head().root) == (edge.size, edge.root)
    assert Tile.objects.count() == 3
    assert len(Tile.objects.get(level=0, number=0).hashes) == 256 * 32


def test_tiles_widen_across_levels_as_if_they_had_been_built_at_once(
    written, monkeypatch
):
    monkeypatch.setattr(tiles, "HEIGHT", 1)
    monkeypatch.setattr(tiles, "WIDTH", 2)
    for many in (1, 3, 6, 1, 5):
        written(many)
        sequencer.sequence(limit=2)
        sequencer.sequence_all()
    edge = tree.Frontier()
    for leaf in Leaf.objects.all():
        edge.append(bytes(leaf.hash))
    assert head().root == edge.root
    assert Tile.objects.filter(level=4).count() == 1


def test_many_are_numbered_in_batches(written):
    written(5)
    assert [sequencer.sequence(limit=2) for _ in range(4)] == [2, 2, 1, 0]
    assert [c.size for c in Checkpoint.objects.all()] == [2, 4, 5]


def test_a_key_that_was_exchanged_signs_nothing(written, settings):
    written(1)
    sequencer.sequence_all()
    written(1)
    old = sequencer.signer()
    settings.LOG_KEY = Signer.generate(old.name).secret
    with pytest.raises(sequencer.CannotSign, match="LOG_FORMER_KEYS"):
        sequencer.sequence()
    assert Unsequenced.objects.count() == 1
    settings.LOG_FORMER_KEYS = [str(old.verifier)]
    assert sequencer.sequence() == 1
    settings.LOG_KEY = Signer.generate("other.example/log").secret
    written(1)
    with pytest.raises(sequencer.CannotSign, match="名称"):
        sequencer.sequence()


def test_the_key_is_of_this_installation():
    assert sequencer.signer().name.startswith("sixu.internal/")
    assert (settings.VAR_DIR / "log_key").stat().st_mode & 0o077 == 0


REFUSED = {
    "UPDATE audit_leaf SET hash = hash": "never changed",
    "DELETE FROM audit_leaf": "never changed",
    "TRUNCATE audit_leaf": "never changed",
    "DELETE FROM audit_tile": "stays",
    "TRUNCATE audit_tile": "stays",
    "UPDATE audit_tile SET hashes = substring(hashes FROM 1 FOR 32)": "wider",
    "UPDATE audit_tile SET hashes = hashes": "wider",
    "UPDATE audit_tile SET hashes = sha256('x') || hashes": "wider",
    "UPDATE audit_tile SET hashes = hashes || hashes, number = 7": "wider",
    "UPDATE audit_checkpoint SET size = size": "never changed",
    "DELETE FROM audit_checkpoint": "never changed",
    "TRUNCATE audit_checkpoint CASCADE": "never changed",
    "DELETE FROM audit_unsequenced": "waits",
    "UPDATE audit_unsequenced SET entry_id = entry_id": "waits",
    "TRUNCATE audit_unsequenced": "waits",
    "INSERT INTO audit_leaf (index, hash, entry_id) SELECT 7, leaf_hash, id "
    "FROM audit_entry WHERE id = (SELECT max(id) FROM audit_entry)": "follow",
    "INSERT INTO audit_leaf (index, hash, entry_id) SELECT 2, sha256('x'), id "
    "FROM audit_entry WHERE id = (SELECT max(id) FROM audit_entry)": "hash of",
}


@pytest.mark.parametrize(("sql", "said"), REFUSED.items(), ids=list(REFUSED))
def test_the_database_refuses(written, sql, said):
    written(2)
    sequencer.sequence_all()
    written(1)
    with pytest.raises(DatabaseError, match=said):
        run(sql)
