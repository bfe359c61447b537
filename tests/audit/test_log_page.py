"""The page that says what the public log is."""

from __future__ import annotations

import pytest

from audit import sequencer

pytestmark = pytest.mark.django_db


def test_it_says_how_far_the_log_has_come(client, write):
    for _ in range(3):
        write("matter.archived")
    sequencer.sequence_all()
    head = sequencer.newest().head
    answer = client.get("/log/")
    page = answer.content.decode()
    for said in ("3 条", head.short, head.origin, head.root.hex()):
        assert said in page
    assert str(sequencer.signer().verifier) in page
    for address in ("/log/checkpoint", "/log/key"):
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200
    assert answer["Cache-Control"] == "public, max-age=5"
    assert not answer.cookies


def test_before_the_first_checkpoint_it_says_so(client):
    assert "还没有存证" in client.get("/log/").content.decode()


def test_the_boards_lead_there(client):
    assert 'href="/log/"' in client.get("/villages/").content.decode()
