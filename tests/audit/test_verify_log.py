"""The command: what it prints, how it ends, and what it reads from a file."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from audit import sequencer
from audit.verification import Run, reading
from audit.verification.tower import Tower
from tests.tampering import guards_off, run

pytestmark = pytest.mark.django_db


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def verify_log(*arguments, **streams):
    out = StringIO()
    code = 0
    try:
        call_command("verify_log", *arguments, stdout=out, **streams)
    except SystemExit as ended:
        code = ended.code
    return code, out.getvalue()


@pytest.fixture
def log(write):
    for _ in range(3):
        write("matter.begun")
    sequencer.sequence_all()
    write("matter.archived")
    return sequencer.newest()


def in_groups(log):
    """The short code as it stands on paper."""
    digits = bytes(log.root).hex()[:16].upper()
    return " ".join(digits[at : at + 4] for at in range(0, 16, 4))


def test_an_empty_log_is_in_order():
    code, said = verify_log()
    assert (code, said.count("\n")) == (0, 1)
    assert "共 0 条" in said


def test_one_sentence_where_all_is_in_order(log):
    code, said = verify_log()
    assert code == 0
    root = bytes(log.root).hex()
    assert said == f"记录完整：共 3 条，根 {root}，另有 1 条待编号。\n"


def test_one_object_for_programs(log):
    code, said = verify_log("--json")
    assert code == 0
    assert json.loads(said) == {
        "ok": True,
        "size": 3,
        "root": bytes(log.root).hex(),
        "unsequenced": 1,
        "erased": 0,
        "discrepancies": [],
    }


def test_each_discrepancy_where_something_is_not(log):
    with guards_off():
        run("UPDATE audit_leaf SET hash = sha256('x') WHERE index = 1")
        run("UPDATE audit_commitment SET value = '\"李四\"'")
        code, said = verify_log("--json")
        told = json.loads(said)
        assert (code, told["ok"]) == (1, False)
        leaf = next(d for d in told["discrepancies"] if d["check"] == "tree")
        assert leaf["entry"] == 1
        assert leaf.keys() == {
            *("check", "table", "pk", "column", "expected", "found", "entry")
        }
        code, said = verify_log()
        assert code == 1
        assert "第 1 条：audit_entry, audit_leaf" in said
        assert "（已封存）" in said
        assert "李四" not in said


def test_how_far_it_is_is_shown_on_a_terminal_alone(log):
    terminal, file = Terminal(), StringIO()
    verify_log(stderr=terminal)
    verify_log(stderr=file)
    assert "100%" in terminal.getvalue()
    assert file.getvalue() == ""


@pytest.mark.parametrize(
    "kept",
    [
        lambda log: log.note,
        lambda log: log.note.replace("\n", "\r\n"),
        lambda log: log.note.partition("\n\n")[0],
        lambda log: f"\n {sequencer.signer().name} \n3\n{bytes(log.root).hex()}",
        lambda log: f"{sequencer.signer().name}\n3\n{in_groups(log)}",
    ],
)
def test_todays_log_goes_on_from_one_that_was_kept(log, kept, tmp_path, write):
    file = tmp_path / "kept"
    file.write_text(kept(log), encoding="utf-8")
    sequencer.sequence_all()
    code, said = verify_log("--against", str(file))
    assert code == 0
    assert "延续" in said
    file.write_text(kept(log).replace("\n3", "\n2"), encoding="utf-8")
    if "—" not in kept(log):
        code, said = verify_log("--against", str(file))
        assert code == 1
        assert "分叉" in said


@pytest.mark.parametrize(
    "text", ["", "x", "a\nb\nc", "a\n3\nnot base64", "a\n3\nYQ==", "a\n1\n\nb\n"]
)
def test_what_is_no_checkpoint_is_refused(tmp_path, text):
    file = tmp_path / "kept"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError) as refused:
        verify_log("--against", str(file))
    assert refused.value.returncode == 2


def test_a_checkpoint_with_a_forged_signature_is_refused(log, tmp_path):
    file = tmp_path / "kept"
    file.write_text(log.note.replace("\n3\n", "\n2\n"), encoding="utf-8")
    with pytest.raises(CommandError, match="不是存证"):
        verify_log("--against", str(file))
    with pytest.raises(CommandError):
        verify_log("--against", str(tmp_path / "nowhere"))


@pytest.mark.django_db(transaction=True)
def test_it_reads_one_moment_and_writes_nothing(write):
    from django.db import transaction

    with transaction.atomic():
        write("matter.begun")
    sequencer.sequence_all()
    seen = {}

    def look(what, done, total):
        for name in ("transaction_isolation", "transaction_read_only"):
            seen[name] = reading.one(f"SHOW {name}")

    run_ = Run(progress=look)
    assert list(run_.run()) == []
    assert seen == {
        "transaction_isolation": "repeatable read",
        "transaction_read_only": "on",
    }
    assert not connection.in_atomic_block


@pytest.mark.parametrize("pieces", [1, 7, 256, 5000])
def test_the_tower_hands_over_the_tiles_of_the_tree(pieces):
    from hashlib import sha256

    from audit import tiles, tree

    leaves = [sha256(bytes([n % 256, n // 256])).digest() for n in range(1100)]
    full = {}
    tower = Tower(lambda level, number, hashes: full.update({(level, number): hashes}))
    edge = tree.Frontier()
    for at in range(0, len(leaves), pieces):
        tower.extend(b"".join(leaves[at : at + pieces]))
        for leaf in leaves[at : at + pieces]:
            edge.append(leaf)
        assert (tower.size, tower.root) == (edge.size, edge.root)
    rest = {(level, number): hashes for level, number, hashes in tower.rest()}
    assert full.keys() | rest.keys() == {
        (tile.level, tile.number) for tile in tiles.changed(0, len(leaves))
    }
    assert b"".join(full[0, n] for n in range(4)) + rest[0, 4] == b"".join(leaves)
