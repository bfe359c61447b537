"""The checking runs where nothing of ours does, and writes nothing anywhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audit.note import Head, Signer, sign_checkpoint
from tests.workflows.dossiers import Good
from tests.workflows.dossiers import good as good  # noqa: PLC0414
from tests.workflows.elsewhere import Run
from tests.workflows.elsewhere import run as run  # noqa: PLC0414

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(good: Good, tmp_path: Path) -> Path:
    path = tmp_path / "卷宗.zip"
    path.write_bytes(good.whole)
    return path


def test_it_holds_there(good: Good, run: Run, file: Path, tmp_path: Path):
    size = min(good.kept)
    kept = tmp_path / "kept"
    kept.write_text(good.kept[size])
    done = run(file, "--key", good.key, "--against", kept)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert [line.split(". ")[0] for line in lines[:11]] == [
        str(n) for n in range(1, 12)
    ]
    assert f"同一本账：总数 {size}" in lines[6]
    assert lines[-1] == "结论：以上核对的都相符。"
    assert "--key" not in done.stdout
    assert sorted(p.name for p in tmp_path.iterdir()) == ["kept", "卷宗.zip"]


def test_the_program_it_brings_along_runs_by_itself(
    good: Good, run: Run, file: Path, tmp_path_factory: pytest.TempPathFactory
):
    home = tmp_path_factory.mktemp("elsewhere")
    (home / "audit").mkdir()
    for name, source in good.files.items():
        if name.startswith("核对程序/"):
            (home / name.removeprefix("核对程序/")).write_bytes(source)
    done = run(file, "--json", home=home)
    found = json.loads(done.stdout)
    assert (done.returncode, found["ok"], len(found["checked"])) == (0, True, 11)
    assert any("--key" in line for line in found["unchecked"])


def test_a_defect_is_told_and_nothing_after_it(good: Good, run: Run, file: Path):
    file.write_bytes(good.whole[:-30])
    done = run(file)
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "1. 不对：压缩包不完整（可能没有传完），或者末尾加了东西",
        "结论：卷宗不可信。后面的没有再核对。",
    ]
    found = json.loads(run(file, "--json").stdout)
    assert (found["ok"], found["checked"]) == (False, [])


def test_a_key_of_somebody_else(good: Good, run: Run, file: Path):
    other = Signer.generate(good.key.name).verifier
    done = run(file, "--key", other)
    assert done.returncode == 1
    assert "不是这把公钥签的" in done.stdout


def test_a_checkpoint_that_was_kept(good: Good, run: Run, tmp_path: Path, file: Path):
    """Of the same size, of one the dossier proves, of another one, of another log."""
    kept = tmp_path / "kept"
    for size, note in good.kept.items():
        kept.write_text(note)
        done = run(file, "--against", kept)
        assert done.returncode == 0
        assert f"留存的存证与卷宗是同一本账：总数 {size}" in done.stdout


def signed(good: Good, size: int, root: bytes) -> str:
    """A head of a fork, signed by the log's own key."""
    return sign_checkpoint(Head(good.key.name, size, root), good.signer)


def test_a_log_that_was_forked(good: Good, run: Run, tmp_path: Path, file: Path):
    kept = tmp_path / "kept"
    for size in good.kept:
        kept.write_text(signed(good, size, bytes(32)))
        done = run(file, "--against", kept)
        assert done.returncode == 1
        assert "不是同一本账" in done.stdout


def test_a_head_of_a_size_the_dossier_cannot_compare(
    good: Good, run: Run, tmp_path: Path, file: Path
):
    kept, proof = tmp_path / "kept", tmp_path / "proof"
    size = max(good.kept) - 1
    assert size not in good.kept
    kept.write_text(signed(good, size, good.roots[size]))
    done = run(file, "--against", kept)
    assert done.returncode == 0
    assert "是否同一本账没有核对" in done.stdout
    assert "verify_log --against" in done.stdout
    proof.write_text(good.proofs[size])
    done = run(file, "--against", kept, "--proof", proof)
    assert "留存的存证与卷宗是同一本账" in done.stdout
    kept.write_text(signed(good, size, bytes(32)))
    assert run(file, "--against", kept, "--proof", proof).returncode == 1


def test_what_cannot_be_used_at_all(run: Run, tmp_path: Path, file: Path):
    text = tmp_path / "text"
    text.write_text("没有")
    for words in (
        [tmp_path / "nothing.zip"],
        [tmp_path],
        [text],
        [file, "--key", "x"],
        [file, "--against", text],
        [file, "--against", tmp_path / "nothing"],
        [file, "--proof", text],
    ):
        done = run(*words)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.count("\n") == 1
