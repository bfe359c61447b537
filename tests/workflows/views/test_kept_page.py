"""Heads of the log: taken away by those who keep them, and held against it later."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from audit import sequencer
from audit.note import Head, Signer, open_checkpoint, sign_checkpoint
from tests.disclosure.reading import plain
from tests.workflows.everywhere import nothing_written
from tests.world import world as world  # noqa: PLC0414

URL = "/kept/"


@pytest.fixture
def keeper(world, page_of):
    """A supervisor, in a village where something was recorded."""
    world.draft()
    sequencer.sequence_all()
    return page_of(world.supervisor1)


def words(answer):
    return plain(answer.content.decode())


def file(text, name="sixu-3.txt"):
    content = text if isinstance(text, bytes) else text.encode()
    return SimpleUploadedFile(name, content, "text/plain")


def grow(world):
    world.draft()
    sequencer.sequence_all()


def test_the_newest_head_can_be_taken_away(keeper):
    answer = keeper.get("/kept/checkpoint.txt")
    head = open_checkpoint(answer.content, sequencer.verifiers())
    assert head == sequencer.newest().head
    assert f'filename="sixu-{head.size}.txt"' in answer["Content-Disposition"]
    page = words(keeper.get(URL))
    assert f"总数{head.size}短码{head.short}签发时间2026年3月2日" in page


def test_it_can_be_printed(keeper, client):
    head = sequencer.newest().head
    page = words(keeper.get("/kept/print/"))
    assert f"总数：{head.size}短码：{head.short}" in page
    assert f"全码{head.root.hex()}" in page
    assert "http://testserver/verify/" in page
    # What the square of the paper says is checked by anybody.
    asked = {"size": head.size, "root": head.root.hex()}
    assert "纸上的总数和短码：一致" in words(client.get("/verify/", asked))


def test_a_kept_file_is_the_beginning_of_todays_log(world, keeper):
    kept = keeper.get("/kept/checkpoint.txt").content
    size = sequencer.newest().size
    assert "今天的账和您留存的完全一样" in words(keeper.post(URL, {"file": file(kept)}))
    grow(world)
    more = sequencer.newest().size - size
    with nothing_written():
        page = words(keeper.post(URL, {"file": file(kept)}))
    assert f"当时的{size}条一条没改、一条没少，后来又记了{more}条。" in page
    assert "对不上" not in page


def test_what_stands_on_the_paper_can_be_typed(world, keeper):
    head = sequencer.newest().head
    grow(world)
    short = " ".join(head.short[at : at + 4] for at in range(0, 16, 4)).upper()
    for root in (short, head.root.hex(), head.text.split("\n")[2]):
        page = words(keeper.post(URL, {"size": f" {head.size} ", "root": root}))
        assert "今天的账是从您留存的那里接着往后写的" in page


def forged(size, root, key=None):
    head = Head(sequencer.signer().name, size, root)
    return sign_checkpoint(head, key or sequencer.signer())


def test_entries_that_are_gone_are_noticed(keeper):
    size = sequencer.newest().size
    note = forged(size + 3, b"\x07" * 32)
    page = words(keeper.post(URL, {"file": file(note)}))
    assert f"存证上有{size + 3}条，今天的账只有{size}条，少了记录。" in page
    assert "报告乡镇和县" in page


def test_another_history_is_noticed(world, keeper):
    size = sequencer.newest().size
    grow(world)
    page = words(keeper.post(URL, {"file": file(forged(size, b"\x07" * 32))}))
    assert f"当时的{size}条里有被改动或者换掉的" in page
    page = words(keeper.post(URL, {"size": size, "root": "07" * 8}))
    assert "对不上" in page


def test_a_history_rewritten_by_who_owns_the_database_is_noticed(world, keeper):
    kept = keeper.get("/kept/checkpoint.txt").content
    grow(world)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE audit_tile SET hashes = sha256('x') || substring(hashes FROM 33)"
        )
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert "对不上" in words(keeper.post(URL, {"file": file(kept)}))


def test_a_file_this_log_did_not_sign_is_told_so(keeper):
    today = sequencer.newest().head
    other = Signer.generate(today.origin)
    changed = forged(today.size, today.root).replace(f"\n{today.size}\n", "\n999\n")
    for note in (forged(today.size, today.root, other), changed):
        page = words(keeper.post(URL, {"file": file(note)}))
        assert "文件上的签名不是这本账的" in page


NO_FILE = [b"", b"\xff\xfe", b"hello", b"a\n1\nAAAA\n\n\xe2\x80\x94 a AAAAAAA=\n"]
NO_FILE += [b"x" * 70_000]


@pytest.mark.parametrize("content", NO_FILE, ids=lambda content: content[:9])
def test_what_is_no_checkpoint_is_refused(keeper, content):
    answer = keeper.post(URL, {"file": file(content)})
    assert answer.status_code == 400
    assert "这不是存证文件。" in words(answer)


@pytest.mark.parametrize("given", [{}, {"size": "3"}, {"root": "0" * 16}])
def test_what_was_left_out_is_asked_for(keeper, given):
    answer = keeper.post(URL, given)
    assert answer.status_code == 400
    assert "短码" in words(answer)


def test_before_the_first_head_there_is_nothing_to_keep(world, page_of):
    page = page_of(world.supervisor1)
    assert "还没有存证" in words(page.get(URL))
    for part in ("checkpoint.txt", "print/"):
        assert page.get(f"{URL}{part}").status_code == 404
    given = {"size": "3", "root": "0" * 16}
    assert "还没有存证" in words(page.post(URL, given))


def test_keepers_find_it_on_their_first_page(world, page_of):
    for user in (world.supervisor1, world.township, world.county):
        assert f'href="{URL}"' in page_of(user).get("/").content.decode()
    assert f'href="{URL}"' not in page_of(world.clerk).get("/").content.decode()
