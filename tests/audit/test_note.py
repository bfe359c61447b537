"""Notes, checkpoints and cosignatures: what is accepted, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.note import (
    COSIGNATURE,
    ED25519,
    BadNote,
    Head,
    Note,
    Signer,
    Verifier,
    open_checkpoint,
    read_head,
    sign_checkpoint,
)

# The example of `signed-note` and its checkpoint, which others signed.
THEIRS = (
    "example.com/behind-the-sofa\n20852163\n"
    "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URY"
    "N7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB"
    "9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)


@pytest.fixture(scope="module")
def log() -> Signer:
    return Signer.generate("sixu.example/log")


@pytest.fixture(scope="module")
def witness() -> Signer:
    return Signer.generate("witness.example/w1", COSIGNATURE)


@pytest.fixture(scope="module")
def head() -> Head:
    return Head("sixu.example/log", 42, bytes(range(32)))


@pytest.fixture
def checkpoint(head, log) -> str:
    return sign_checkpoint(head, log)


def test_what_was_signed_is_read(checkpoint, head, log):
    assert open_checkpoint(checkpoint, [log.verifier]) == head
    assert open_checkpoint(checkpoint.encode(), [log.verifier]) == head
    assert str(Note.parse(checkpoint)) == checkpoint


def test_the_example_of_the_format_is_read():
    note = Note.parse(THEIRS)
    assert str(note) == THEIRS
    assert read_head(note.text).size == 20852163
    assert [each.name for each in note.signatures] == [
        "example.com/behind-the-sofa",
        "witness.example.com/w1",
    ]


def test_keys_are_kept_and_handed_out_as_text(log, witness):
    for key in (log, witness):
        assert Signer.parse(key.secret) == key
        assert Verifier.parse(str(key.verifier)) == key.verifier
        assert key.seed.hex() not in repr(key)


def test_a_witness_says_when_it_saw_it(checkpoint, head, log, witness):
    seen = checkpoint + witness.sign(head.text, at=1_900_000_000)
    note = Note.parse(seen)
    assert note.signed_by(witness.verifier) == 1_900_000_000
    assert open_checkpoint(seen, [log.verifier]) == head
    with pytest.raises(BadNote, match="no known key"):
        open_checkpoint(seen, [witness.verifier])


def test_a_cosignature_does_not_pass_for_the_logs_own(head, log):
    """The same key, used as a witness, signs other bytes."""
    both = Signer(log.name, COSIGNATURE, log.seed)
    with pytest.raises(BadNote):
        open_checkpoint(f"{head.text}\n{both.sign(head.text, at=1)}", [log.verifier])


@given(st.integers(0, 400), st.integers(1, 255))
def test_no_byte_of_a_checkpoint_can_be_changed(place, bits):
    log = Signer("sixu.example/log", ED25519, bytes(32))
    head = Head(log.name, 7, bytes(32))
    whole = sign_checkpoint(head, log).encode()
    place %= len(whole)
    bent = whole[:place] + bytes([whole[place] ^ bits]) + whole[place + 1 :]
    with pytest.raises(BadNote):
        open_checkpoint(bent, [log.verifier])


def test_another_key_of_the_same_name_is_another(checkpoint, log):
    other = Signer.generate(log.name)
    with pytest.raises(BadNote, match="no known key"):
        open_checkpoint(checkpoint, [other.verifier])


def test_a_log_signs_for_itself_alone(log):
    foreign = sign_checkpoint(Head("other.example/log", 1, bytes(32)), log)
    with pytest.raises(BadNote, match="another log"):
        open_checkpoint(foreign, [log.verifier])


NO_NOTES = {
    "no signatures": "a\n1\nAA==\n",
    "no last line": "a\n\n— x AAAAAAAA",
    "control characters": "a\x07\n\n— x AAAAAAAA\n",
    "carriage returns": "a\r\n\n— x AAAAAAAA\n",
    "a hyphen": "a\n\n- x AAAAAAAA\n",
    "two names": "a\n\n— x y AAAAAAAA\n",
    "a plus in a name": "a\n\n— x+y AAAAAAAA\n",
    "not base64": "a\n\n— x AAAAA\n",
    "base64 written otherwise": "a\n\n— x AAAAAAB=\n",
    "an empty signature": "a\n\n— x AAAA\n",
    "too many": "a\n\n" + "— x AAAAAAAA\n" * 65,
    "too long": "a" * 70_000 + "\n\n— x AAAAAAAA\n",
}


@pytest.mark.parametrize("text", NO_NOTES.values(), ids=NO_NOTES.keys())
def test_what_is_no_note(text):
    with pytest.raises(BadNote):
        Note.parse(text)


def test_bytes_that_are_no_text():
    with pytest.raises(BadNote, match="UTF-8"):
        Note.parse(b"\xff\n\n")


ROOT = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
NO_HEADS = (
    f"log\n01\n{ROOT}\n",
    f"log\n-1\n{ROOT}\n",
    f"log\n１\n{ROOT}\n",
    f"log\n1 \n{ROOT}\n",
    f"\n1\n{ROOT}\n",
    f"log\n1\n{ROOT}\n\nmore\n",
    "log\n1\nAAAA\n",
    f"log\n1\n{ROOT}",
    f"log\n{ROOT}\n",
)


@pytest.mark.parametrize("text", NO_HEADS)
def test_what_is_no_head(text):
    with pytest.raises(BadNote):
        read_head(text)


NO_KEYS = (
    "",
    "log",
    "log+00000000+AAAA",
    "a b+00000000+AQ==",
    "PRIVATE+KEY+log+00000000+AAAA",
    "PRIVATE+KEY+log",
)


@pytest.mark.parametrize("text", NO_KEYS)
def test_what_is_no_key(text, log):
    with pytest.raises(BadNote):
        Verifier.parse(text)
    with pytest.raises(BadNote):
        Signer.parse(text)
    bent = log.secret[:-3] + ("AA=" if log.secret[-3:] != "AA=" else "BB=")
    with pytest.raises(BadNote) as told:
        Signer.parse(bent)
    assert bent not in str(told.value)


def test_a_key_of_another_kind_is_not_taken(log):
    with pytest.raises(BadNote):
        Verifier.parse(str(Verifier(log.name, 0x02, log.verifier.public)))


@pytest.mark.parametrize("name", ["", "a b", "a+b"])
def test_a_name_that_no_note_can_bear(name):
    with pytest.raises(BadNote):
        Signer.generate(name)
