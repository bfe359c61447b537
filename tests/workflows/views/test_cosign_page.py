"""Witnesses: registered by the operator, taken at their word under a checkpoint."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from audit import clock, codes, sequencer
from audit.cosign import Request
from audit.models import Cosignature, Witness
from audit.note import COSIGNATURE, Head, Note, Signer, sign_checkpoint
from tests.disclosure.reading import plain
from tests.workflows.everywhere import nothing_written
from tests.world import world as world  # noqa: PLC0414
from workflows.models import Notice
from workflows.stage import Stage

URL, WHO = "/kept/cosign/", "王家山村村务监督委员会"


@pytest.fixture
def key():
    return Signer.generate("wangjiashan.supervisors", COSIGNATURE)


@pytest.fixture
def keeper(world, page_of, key):
    """A supervisor, whose committee's key is known."""
    world.matter_at(Stage.ANNOUNCED)
    sequencer.sequence_all()
    register(WHO, str(key.verifier))
    return page_of(world.supervisor1)


def register(name, vkey):
    out = StringIO()
    call_command("register_witness", name, vkey, stdout=out)
    return out.getvalue()


def cosigned(key, note=None, at=None):
    note = note or sequencer.newest().note
    at = int(clock.now().timestamp()) if at is None else at
    return note + key.sign(Note.parse(note).text, at=at)


def send(keeper, text):
    file = SimpleUploadedFile("signed.txt", text.encode(), "text/plain")
    answer = keeper.post(URL, {"signed": file}, follow=True)
    return answer.status_code, plain(answer.content.decode())


def test_a_witness_is_seen_by_everybody(keeper, client, key):
    status, words = send(keeper, cosigned(key))
    assert status == 200
    size = sequencer.newest().size
    assert f"已收下{WHO}的签名。" in words
    seen = f"{WHO}2026年3月2日（星期一）上午9时签名，见证到总数{size}"
    assert seen in words
    code = codes.spell(Notice.objects.get().uid)
    assert seen in plain(client.get(f"/verify/{code}/").content.decode())
    handed_out = keeper.get("/kept/checkpoint.txt").content.decode()
    assert Note.parse(handed_out).signed_by(key.verifier)


def test_of_each_witness_the_newest_is_shown(world, keeper, key):
    send(keeper, cosigned(key))
    older = sequencer.newest().size
    world.draft()
    sequencer.sequence_all()
    _status, words = send(keeper, cosigned(key))
    assert f"见证到总数{sequencer.newest().size}" in words
    assert f"见证到总数{older}" not in words


def test_several_witnesses_may_sign_one_file(keeper, key):
    other = Signer.generate("lijiazhuang", COSIGNATURE)
    register("李家庄乡", str(other.verifier))
    _status, words = send(keeper, cosigned(other, cosigned(key)))
    assert f"已收下{WHO}、李家庄乡的签名。" in words
    assert Cosignature.objects.count() == 2


def wrong(key):
    note, log = sequencer.newest().note, sequencer.signer()
    ours = Note.parse(note)
    elsewhere = sign_checkpoint(Head(log.name, sequencer.newest().size, b"7" * 32), log)
    later = int((clock.now() + timedelta(hours=1)).timestamp())
    line = key.sign("sixu\n1\nAAAA\n", at=1)
    return {
        "没有登记过的见证人": cosigned(Signer.generate("nobody", COSIGNATURE)),
        "不是本系统公布过的": cosigned(key, elsewhere),
        "签名不对": note + line,
        "签名的时间不对": cosigned(key, at=later),
        "这不是存证文件": f"{ours.text[:20]}\n\n{line}",
    }


def test_what_is_not_right_is_not_taken(keeper, key):
    for said, text in wrong(key).items():
        with nothing_written():
            status, words = send(keeper, text)
        assert status == 400, said
        assert said in words
        assert Cosignature.objects.count() == 0


def test_a_time_beyond_any_calendar_is_refused(keeper, key):
    status, words = send(keeper, cosigned(key, at=2**63))
    assert status == 400
    assert "签名的时间不对" in words


def test_the_same_twice_is_taken_once(keeper, key):
    send(keeper, cosigned(key))
    status, words = send(keeper, cosigned(key))
    assert status == 400
    assert "以前已经收下了" in words
    assert Cosignature.objects.count() == 1


def test_the_file_for_a_witness_goes_on_from_the_kept_head(world, keeper):
    kept = sequencer.newest()
    world.draft()
    sequencer.sequence_all()
    size = sequencer.newest().size
    answer = keeper.get(f"/kept/since/{kept.size}.txt")
    asked = Request.parse(answer.content.decode())
    assert (asked.old, asked.checkpoint) == (kept.size, sequencer.newest().note)
    assert f'filename="sixu-{kept.size}-{size}.txt"' in answer["Content-Disposition"]
    for wrong_size in (0, size + 1, 10**30):
        assert keeper.get(f"/kept/since/{wrong_size}.txt").status_code == 404
    given = {"size": kept.size, "root": kept.head.short}
    page = keeper.post("/kept/", given).content.decode()
    assert f'href="/kept/since/{kept.size}.txt"' in page


def test_only_the_key_of_a_witness_is_registered(db, key):
    assert register(WHO, str(key.verifier)) == f"已登记见证人：{WHO}。\n"
    refused = {
        "不是公钥": "王建国",
        "一本账的公钥": str(sequencer.signer().verifier),
        "已经登记过": str(Signer.generate(key.name, COSIGNATURE).verifier),
    }
    for said, vkey in refused.items():
        with pytest.raises(CommandError, match=said):
            register("谁", vkey)
    assert Witness.objects.get().name == WHO
