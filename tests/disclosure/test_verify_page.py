"""What everybody can check of a notice, with the code that stands on it."""

from __future__ import annotations

import json
from decimal import Decimal

from audit import codes, sequencer, tree
from audit.models import Entry, Leaf
from tests.disclosure.reading import DIFFERS, SAME, address, checked, plain
from tests.tampering import unguarded
from workflows.acts import disclosure, implementation
from workflows.models import Notice
from workflows.stage import Stage


def test_what_was_recorded_is_shown_and_proven(numbered, read):
    words = read(checked(numbered))
    assert SAME in words
    assert "这张公示的内容、票数与2026年3月2日（星期一）" in words
    assert "只能说明没有改过，不说明当初写得对不对" in words
    assert "王家山村村文书" in words
    assert "哪天办的2026年3月2日" in words
    for entry in Entry.objects.filter(kind__in=["matter.announced", "matter.adopted"]):
        assert f"第几号记录{entry.leaf.index}号" in words
    head = sequencer.newest().head
    assert f"总数{head.size}短码{head.short}" in words


def test_it_says_how_to_check_without_us(numbered, read):
    words = read(checked(numbered))
    assert "不用相信这个网站，您可以自己查" in words
    assert "记下纸上的核验码、总数和短码。" in words
    assert "请村务监督委员会或乡镇拿出他们留存的存证" in words
    assert "查得出有没有改过，查不出当初写得对不对。" in words
    assert "会议真实情况以签到册、计票单原件为准。" in words


def test_the_counts_and_what_was_needed_are_those_of_the_log(numbered, read):
    words = read(checked(numbered))
    assert "应到16到会16赞成11反对5弃权0无效0" in words
    assert "至少11人" in words
    assert "至少9票" in words


def test_counts_of_party_and_joint_stay_off(world, read):
    """The committees alone decided; who voted how is theirs."""
    matter = world.draft(chain="committee")
    world.hold(matter, "joint", votes_for=4)
    notice = world.do(matter, disclosure.announce, world.clerk)
    sequencer.sequence_all()
    words = read(checked(notice))
    assert SAME in words
    assert "应到5到会5" in words
    assert "赞成" not in words
    assert "至少" not in words
    tally = notice.resolution.tally
    with unguarded():
        type(tally).objects.filter(pk=tally.pk).update(votes_for=3, votes_against=2)
    assert DIFFERS in read(checked(notice))


def test_the_proof_can_be_taken_away(numbered, public):
    entry = Entry.objects.get(kind="matter.announced")
    index = entry.leaf.index
    html = public.get(checked(numbered)).content.decode()
    for end in ("json", "tlog-proof"):
        assert f"/verify/entries/{index}.{end}" in html
    body = public.get(f"/verify/entries/{index}.json").content
    proof = public.get(f"/verify/entries/{index}.tlog-proof")
    assert f'filename="sixu-{index}.tlog-proof"' in proof["Content-Disposition"]
    lines = proof.content.decode().split("\n")
    assert lines[:2] == ["c2sp.org/tlog-proof@v1", f"index {index}"]
    assert json.loads(body)["facts"]["notice"] == numbered.subject
    assert tree.leaf_hash(body) == bytes(entry.leaf.hash)


def test_an_entry_that_has_no_number_is_not_found(numbered, public):
    for index in (Leaf.objects.count(), 10**30):
        for end in ("json", "tlog-proof"):
            found = public.get(f"/verify/entries/{index}.{end}")
            assert found.status_code == 404


def test_just_written_it_waits_for_its_number(posted, read):
    words = read(checked(posted()))
    assert "记录刚写好，正在编号，请过一分钟再看。" in words
    assert SAME not in words
    assert DIFFERS not in words


def test_a_code_is_read_however_it_is_typed(numbered, public):
    code = codes.spell(numbered.uid)
    right = checked(numbered)
    for typed in (code.lower(), code.replace("-", " "), f" {code} "):
        answer = public.get("/verify/", {"code": typed})
        assert answer["Location"] == right
    asked = {"code": code, "size": "3", "root": "0" * 16}
    answer = public.get("/verify/", asked)
    assert answer["Location"] == f"{right}?size=3&root={'0' * 16}"


def test_an_unknown_code_is_told_so(numbered, replied, public):
    wrong = [codes.spell("0123456789"), codes.spell(replied.uid), numbered.uid, "核"]
    for code in wrong:
        answer = public.get(f"/verify/{code}/")
        assert answer.status_code == 404
        words = plain(answer.content.decode())
        assert "没有这个核验码。请核对输入，字母O和数字0、字母I和数字1一样认。" in words
    assert public.get("/verify/", {"code": "核"}).status_code == 404
    assert "公示上的核验码" in plain(public.get("/verify/").content.decode())


def test_one_that_was_replaced_says_by_which(world, numbered, read):
    newer = world.do(numbered.matter, disclosure.announce, world.clerk, text="改")
    sequencer.sequence_all()
    words = read(checked(numbered))
    assert f"本公示已由{newer.uid}号更正" in words
    assert SAME in words
    assert SAME in read(checked(newer))


def test_notices_of_every_kind_can_be_checked(world, read):
    world.matter_at(Stage.ARCHIVED, type="M18")
    matter = world.matter_at(Stage.UNDERWAY)
    given = {"progress": 30, "spent": Decimal(1)}
    world.do(matter, implementation.report, world.clerk, **given)
    world.matter_at(Stage.REJECTED)
    sequencer.sequence_all()
    kinds = set()
    for notice in Notice.objects.public():
        assert SAME in read(checked(notice)), notice.kind
        kinds.add(notice.kind)
    assert kinds == set(Notice.Kind.values) - {"reply"}
    bulletin = Notice.objects.filter(kind="bulletin")
    bulletin.update(board_text="进度 90%。")
    assert DIFFERS in read(checked(bulletin.get()))


def test_the_page_is_light(numbered, public, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        html = public.get(checked(numbered)).content
    assert len(html) < 20_000
    assert address(numbered).encode() in html
