"""`python -m audit.cosign`: a witness signs on a machine of their own."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from audit import proofs, sequencer
from audit.cosign import Request, main
from audit.note import COSIGNATURE, Head, Note, Signer, Verifier, sign_checkpoint
from config.settings import BASE_DIR

pytestmark = pytest.mark.django_db
WITNESS = "wangjiashan.supervisors"


@pytest.fixture
def folder(write, tmp_path):
    """A key, a head that was kept, and a newer one with the proof from the older."""
    for many in (3, 4):
        for _ in range(many):
            write("matter.archived")
        sequencer.sequence_all()
        (tmp_path / f"{many}.txt").write_text(sequencer.newest().note)
    path = tuple(proofs.consistency(3, sequencer.newest()))
    request = Request(3, path, sequencer.newest().note)
    (tmp_path / "new.txt").write_text(str(request))
    key = Signer.generate(WITNESS, COSIGNATURE)
    (tmp_path / "key").write_text(key.secret)
    return tmp_path


def run(capsys, *args):
    code = main([str(each) for each in args])
    said = capsys.readouterr()
    return code, said.out, said.err


def log():
    return str(sequencer.signer().verifier)


def signed_by(folder, note):
    key = Signer.parse((folder / "key").read_text()).verifier
    return Note.parse(note).signed_by(key)


def test_a_key_is_made_for_its_owner_alone(tmp_path, capsys):
    file = tmp_path / "key"
    code, out, _err = run(capsys, "--new-key", WITNESS, file)
    assert code == 0
    key = Signer.parse(file.read_text())
    assert Verifier.parse(out) == key.verifier
    assert (key.name, key.kind) == (WITNESS, COSIGNATURE)
    assert file.stat().st_mode & 0o077 == 0
    code, out, err = run(capsys, "--new-key", WITNESS, file)
    assert (code, out) == (2, "")
    assert Signer.parse(file.read_text()) == key


def test_a_head_that_goes_on_from_the_kept_one_is_signed(folder, capsys):
    args = (folder / "new.txt", folder / "key", "--log", log())
    code, out, _err = run(capsys, *args, "--kept", folder / "3.txt")
    assert code == 0
    assert signed_by(folder, out) > 1_700_000_000
    assert out.startswith(sequencer.newest().note)


def test_the_first_head_is_signed_as_it_is(folder, capsys):
    args = (folder / "4.txt", folder / "key", "--log", log())
    code, out, _err = run(capsys, *args)
    assert code == 0
    assert signed_by(folder, out)


def test_a_head_that_does_not_go_on_from_it_is_not_signed(folder, capsys):
    other = Head(sequencer.signer().name, 3, b"\x07" * 32)
    (folder / "3.txt").write_text(sign_checkpoint(other, sequencer.signer()))
    args = (folder / "new.txt", folder / "key", "--log", log())
    code, out, err = run(capsys, *args, "--kept", folder / "3.txt")
    assert (code, out) == (1, "")
    assert "不是从留存的那里接着往后写的，不签" in err


def test_without_the_proof_it_is_not_signed(folder, capsys):
    args = (folder / "4.txt", folder / "key", "--log", log())
    code, out, err = run(capsys, *args, "--kept", folder / "3.txt")
    assert (code, out) == (1, "")
    assert "请按总数 3 重新下载" in err


@pytest.mark.parametrize("file", ["new.txt", "3.txt"])
def test_what_another_log_signed_is_not_signed(folder, capsys, file):
    text = (folder / file).read_text()
    (folder / file).write_text(text.replace("\n7\n", "\n8\n").replace("\n3\n", "\n2\n"))
    args = (folder / "new.txt", folder / "key", "--log", log())
    code, out, err = run(capsys, *args, "--kept", folder / "3.txt")
    assert (code, out) == (1, "")
    assert "没有签：" in err


def test_the_log_must_be_named_and_the_key_be_a_witness(folder, capsys):
    args = (folder / "4.txt", folder / "key")
    code, _out, err = run(capsys, *args)
    assert code == 1
    assert "--log" in err
    (folder / "key").write_text(sequencer.signer().secret)
    code, _out, err = run(capsys, *args, "--log", log())
    assert code == 1
    assert "不是见证人的密钥" in err


@pytest.mark.parametrize("name", ["missing.txt", "key"])
def test_files_that_are_none_are_told(folder, capsys, name):
    code, out, err = run(capsys, folder / name, folder / "key", "--log", log())
    assert code in (1, 2)
    assert out == ""
    assert err.count("\n") == 1


def test_it_runs_where_there_is_no_django(tmp_path):
    hidden = "import sys; sys.modules['django'] = None; "
    start = "import runpy; runpy.run_module('audit.cosign', run_name='__main__')"
    told = [sys.executable, "-c", hidden + start, "--new-key", WITNESS, "key"]
    path = {"PYTHONPATH": str(BASE_DIR), "PATH": os.environ["PATH"]}
    done = subprocess.run(told, cwd=tmp_path, env=path, capture_output=True, check=True)
    assert Verifier.parse(done.stdout.decode()).name == WITNESS
