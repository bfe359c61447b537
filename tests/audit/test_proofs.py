"""Proofs out of the tiles that are kept."""

from __future__ import annotations

import pytest

from audit import proofs, sequencer, tree
from audit.models import Leaf

pytestmark = pytest.mark.django_db


@pytest.fixture
def heads(write):
    """A log that grew in steps; its checkpoints."""
    found = []
    for many in (1, 2, 40, 217, 5):
        for _ in range(many):
            write("matter.archived")
        sequencer.sequence_all()
        found.append(sequencer.newest())
    return found


def test_each_entry_is_shown_in_every_head_since(heads):
    for head in heads:
        for leaf in Leaf.objects.filter(index__lt=head.size)[::37]:
            shown = proofs.inclusion(leaf, head)
            tree.verify_inclusion(
                shown.leaf, leaf.index, head.size, shown.path, bytes(head.root)
            )


def test_an_entry_that_came_later_is_not_shown(heads):
    with pytest.raises(ValueError, match="no leaf"):
        proofs.inclusion(Leaf.objects.last(), heads[0])


def test_each_head_is_the_beginning_of_the_later_ones(heads):
    for place, old in enumerate(heads):
        assert proofs.root_at(old.size) == bytes(old.root)
        for new in heads[place:]:
            path = proofs.consistency(old.size, new)
            roots = bytes(old.root), bytes(new.root)
            tree.verify_consistency(old.size, new.size, path, *roots)


def test_a_proof_as_a_file_bears_its_checkpoint(heads):
    lines = proofs.inclusion(Leaf.objects.first(), heads[-1]).text.split("\n")
    assert lines[:2] == ["c2sp.org/tlog-proof@v1", "index 0"]
    assert "\n".join(lines[lines.index("") + 1 :]) == heads[-1].note


def test_a_proof_reads_few_tiles(heads, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        proofs.inclusion(Leaf.objects.get(index=100), heads[-1])
