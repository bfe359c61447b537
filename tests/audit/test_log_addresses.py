"""What programs fetch: by C2SP `tlog-tiles`, the same bytes for everybody."""

from __future__ import annotations

import gzip
import struct

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit import sequencer, tiles, tree
from audit.models import Checkpoint, Cosignature, Entry, Witness
from audit.note import COSIGNATURE, Note, Signer, Verifier, open_checkpoint

pytestmark = pytest.mark.django_db

FOR_EVER = "public, max-age=31536000, immutable"


@pytest.fixture
def grow(write):
    """Write so many entries and number them."""

    def by(many):
        for _ in range(many):
            write("matter.archived")
        sequencer.sequence_all()
        return sequencer.newest()

    return by


def unpacked(bundle: bytes) -> list[bytes]:
    found = []
    while bundle:
        (length,) = struct.unpack_from(">H", bundle)
        found.append(bundle[2 : 2 + length])
        bundle = bundle[2 + length :]
    return found


def test_before_the_first_checkpoint_there_is_nothing(client, write):
    write("matter.archived")
    for path in ("checkpoint", "tile/0/000.p/1", "tile/entries/000.p/1"):
        answer = client.get(f"/log/{path}")
        assert answer.status_code == 404, path
        assert "max-age=0" in answer["Cache-Control"]


def test_the_checkpoint_is_the_newest_and_is_signed(client, grow):
    grow(2)
    grow(3)
    answer = client.get("/log/checkpoint")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=5"
    head = open_checkpoint(answer.content, sequencer.verifiers())
    assert head.size == 5
    assert head.root == bytes(sequencer.newest().root)


def test_its_witnesses_stand_under_it(client, grow):
    head = grow(1)
    keys = [Signer.generate(f"witness.example/{n}", COSIGNATURE) for n in range(70)]
    text = Note.parse(head.note).text
    for n, key in enumerate(keys):
        line = key.sign(text, at=1_780_000_000 + n)
        witness = Witness.objects.create(
            key=str(key.verifier), name=key.name, since=head.signed_at
        )
        Cosignature.objects.create(
            checkpoint=head,
            witness=witness,
            line=line if n % 2 else line.rstrip("\n"),
            signed_at=head.signed_at,
        )
    note = Note.parse(client.get("/log/checkpoint").content)
    assert len(note.signatures) == 64
    seen = [note.signed_by(key.verifier) for key in keys[:63]]
    assert seen == [1_780_000_000 + n for n in range(63)]
    assert open_checkpoint(str(note), sequencer.verifiers()).size == 1


def test_its_keys_are_todays_and_the_former_ones(client, settings):
    former = Signer.generate("sixu.internal/former").verifier
    settings.LOG_FORMER_KEYS = [str(former)]
    lines = client.get("/log/key").content.decode().splitlines()
    assert [Verifier.parse(line) for line in lines] == sequencer.verifiers()
    assert lines[1] == str(former)


def test_entries_hash_to_the_tiles_and_these_to_the_root(client, grow):
    head = grow(300)
    found = []
    for address in ("000", "001.p/44"):
        bundle = client.get(f"/log/tile/entries/{address}")
        hashes = client.get(f"/log/tile/0/{address}").content
        entries = unpacked(bundle.content)
        assert b"".join(map(tree.leaf_hash, entries)) == hashes
        found += entries
    edge = tree.Frontier()
    for each in found:
        edge.append(tree.leaf_hash(each))
    assert edge.root == bytes(head.root)
    bodies = Entry.objects.order_by("leaf__index").values_list("body", flat=True)
    assert found == [body.encode() for body in bodies]
    upper = client.get("/log/tile/1/000.p/1").content
    assert upper == tiles.within(sequencer.fetch(0, 0, 256), 8, 0)


@pytest.mark.parametrize("kind", ["0", "entries"])
def test_what_is_there_stays_there(client, grow, kind):
    grow(2)
    grow(300)
    for address in ("000.p/2", "000.p/255", "000", "001.p/46"):
        answer = client.get(f"/log/tile/{kind}/{address}")
        assert answer["Cache-Control"] == FOR_EVER, address
        assert answer["Content-Type"] == "application/octet-stream"
        assert not answer.cookies
    for address in ("001", "001.p/47", "002.p/1", "x001/000.p/1", "000.p/256"):
        assert client.get(f"/log/tile/{kind}/{address}").status_code == 404, address


ELSEWHERE = [
    "/log/tile/00/000",
    "/log/tile/64/000",
    "/log/tile/-1/000",
    "/log/tile/٠/000",
    "/log/tile/0/0",
    "/log/tile/0/0000",
    "/log/tile/0/x000/000",
    "/log/tile/0/000/",
    "/log/tile/0/000%0A",
    "/log/tile/0%0A/000",
    "/log/tile/0//000",
    "/log/tile/0/000.p/0",
    "/log/tile/0/000.p/01",
    "/log/tile/0/000.p/256",
    "/log/tile/0/٠٠٠",
    "/log/tile/0/../0/000",
    f"/log/tile/0/{'x999/' * 7}999",
    f"/log/tile/0/{'x999/' * 2000}999",
    f"/log/tile/entries/{'x999/' * 2000}999",
    "/log/tile/entries/0",
    "/log/tile/entries/000/",
    "/log/tile/1/000",
    "/log/tile/63/000.p/1",
    "/log/checkpoint/",
    "/log/tile/",
]


@pytest.mark.parametrize("address", ELSEWHERE, ids=lambda address: address[:40])
def test_there_is_one_address_for_each(client, grow, address):
    grow(256)
    assert client.get(address).status_code == 404


def test_an_entry_without_a_number_is_not_handed_out(client, grow, write):
    grow(1)
    write("matter.archived")
    assert client.get("/log/tile/entries/000.p/2").status_code == 404


def test_any_page_may_fetch_it_and_nothing_may_be_sent(client, grow):
    grow(1)
    for path in ("checkpoint", "key", "tile/0/000.p/1", "tile/entries/000.p/1"):
        answer = client.get(f"/log/{path}")
        assert answer["Access-Control-Allow-Origin"] == "*", path
        assert "Cookie" not in answer.get("Vary", "")
        head = client.head(f"/log/{path}")
        assert (head.status_code, head.content) == (200, b""), path
        assert head["Content-Length"] == str(len(answer.content))
        assert client.post(f"/log/{path}").status_code == 405, path


def test_entries_are_packed_for_those_who_ask(client, grow):
    grow(20)
    address = "/log/tile/entries/000.p/20"
    plain = client.get(address).content
    packed = client.get(address, headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain) / 2
    assert gzip.decompress(packed.content) == plain


def test_the_number_of_queries_does_not_grow(client, grow):
    paths = ("", "checkpoint", "key", "tile/0/000.p/1", "tile/entries/000.p/1")

    def queries():
        counts = []
        for path in paths:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(f"/log/{path}").status_code == 200
            counts.append(len(asked))
        return counts

    grow(1)
    before = queries()
    for _ in range(9):
        grow(30)
    assert Checkpoint.objects.count() == 10
    assert queries() == before
    assert max(before) <= 2
