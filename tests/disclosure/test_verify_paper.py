"""What a paper says of the log, held against today's log."""

from __future__ import annotations

import pytest

from audit import sequencer
from audit.models import Checkpoint
from tests.disclosure.reading import SAME, checked, plain


def heads():
    return [(c.size, c.head) for c in Checkpoint.objects.all()]


def test_the_log_goes_on_from_what_is_printed(world, numbered, public):
    size, head = heads()[-1]
    world.draft()
    sequencer.sequence_all()
    for root in (head.short, head.short.upper(), head.root.hex()):
        asked = {"size": size, "root": root}
        words = plain(public.get(checked(numbered), asked).content.decode())
        assert "纸上的总数和短码：一致" in words
        assert f"打印那天账上有{size}条" in words


def test_a_paper_of_another_log_does_not_match(numbered, public):
    size, head = heads()[-1]
    wrong = [(size, "0" * 16), (size - 1, head.short), (size + 1, head.short)]
    for said, root in wrong:
        asked = {"size": said, "root": root}
        words = plain(public.get(checked(numbered), asked).content.decode())
        assert "纸上的总数和短码：对不上" in words


@pytest.mark.parametrize(
    ("size", "root"), [("x", "0" * 16), ("3", "0" * 15), ("3", ""), ("", "a" * 999)]
)
def test_what_cannot_be_read_on_it_is_told_so(numbered, public, size, root):
    asked = {"size": size, "root": root}
    words = plain(public.get(checked(numbered), asked).content.decode())
    assert "纸上的总数和短码没有看懂。" in words
    assert SAME in words
