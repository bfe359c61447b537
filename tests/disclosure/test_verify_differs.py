"""A notice that is not what was recorded."""

from __future__ import annotations

import pytest

from audit import sequencer
from tests.disclosure.reading import DIFFERS, SAME, checked
from tests.tampering import run, unguarded
from workflows.models import Notice

CHANGED = [
    {"title": "关于修路决议的公示"},
    {"board_text": "误工补贴每人每天一百三十元。"},
]


@pytest.mark.parametrize("change", CHANGED, ids=["title", "text"])
def test_a_notice_changed_afterwards_does_not_match(numbered, read, change):
    Notice.objects.filter(pk=numbered.pk).update(**change)
    words = read(checked(numbered))
    assert "对不上纸上的内容与记录不一致，请拍照交村务监督委员会或乡镇核对。" in words
    assert "不一致的是：公示的文字。" in words
    assert SAME not in words


RECOUNTED = [
    {"votes_for": 12, "votes_against": 4},
    {"need": 12},
    {"eligible": 17},
    {"quorum_need": 10},
    {"passed": False},
]


@pytest.mark.parametrize("change", RECOUNTED, ids=min)
def test_counts_changed_afterwards_do_not_match(numbered, read, change):
    tally = numbered.resolution.tally
    with unguarded():
        type(tally).objects.filter(pk=tally.pk).update(**change)
    words = read(checked(numbered))
    assert "不一致的是：表决的人数、票数或者结果。" in words
    assert "赞成11" in words  # as it was recorded
    assert "三分之二以上" not in words  # the verdict is left out


def test_a_notice_the_log_does_not_know_does_not_match(numbered, read):
    row = {f.attname: getattr(numbered, f.attname) for f in Notice._meta.fields}
    made = Notice.objects.create(**row | {"id": None, "uid": "0000000000"})
    assert "不一致的是：记录里没有发布这张公示的那一条。" in read(checked(made))


def test_a_head_that_this_log_did_not_sign_shows_nothing(numbered, read, settings):
    settings.LOG_KEY = sequencer.Signer.generate(sequencer.signer().name).secret
    words = read(checked(numbered))
    assert DIFFERS in words
    assert "存证的签名不对" in words


PAST_THE_GUARDS = [
    "UPDATE audit_entry SET body = replace(body, '\"days\":15', '\"days\":14') "
    "WHERE kind = 'matter.announced'",
    "UPDATE audit_tile SET hashes = sha256('x') || substring(hashes FROM 33)",
    "UPDATE audit_checkpoint SET note = replace(note, '\n\n', 'x\n\n')",
    "DELETE FROM audit_tile",
]


@pytest.mark.parametrize("sql", PAST_THE_GUARDS)
def test_a_log_changed_by_who_owns_the_database_does_not_match(numbered, read, sql):
    with unguarded():
        run(sql)
    words = read(checked(numbered))
    assert DIFFERS in words
    assert "记录不在今天的存证里" in words
