"""What one notice says to everybody."""

from __future__ import annotations

from decimal import Decimal

from tests.disclosure.reading import address


def test_a_notice_nobody_knows_is_not_found(public, db):
    assert public.get("/notices/0000000000/").status_code == 404
    assert public.get("/notices/0000000000/print/").status_code == 404


def test_an_answer_to_a_proposer_is_never_public(replied, public):
    assert public.get(address(replied)).status_code == 404
    assert public.get(address(replied) + "print/").status_code == 404


def test_it_says_what_it_is_about(world, announced, read):
    words = read(address(announced(title="修路", type="M03", amount=Decimal("386000"))))
    assert "关于修路决议的公示" in words
    assert "公益事业兴办和建设承包方案" in words
    assert "38.6万元（386000.00元）" in words
    assert "误工补贴每人每天一百二十元" in words
    assert "提出村“两委”" in words


def test_it_is_read_before_it_is_posted(announced, read):
    words = read(address(announced()))
    assert "已发布，待张贴" in words
    assert "张贴次日起15日" in words
    assert "公示期从张贴的第二天算起，共15日" in words
    assert "办到哪一步已决议，待公示" in words


def test_it_says_from_when_till_when_and_where(world, posted, read):
    words = read(address(posted()))
    assert "2026年3月3日至3月17日，共15日，还有15天" in words
    assert "公示地点村务公开栏" in words
    assert "办到哪一步决议公示中，还有15天" in words


def test_after_the_last_day_it_says_what_comes_next(world, posted, read):
    notice = posted()
    world.pass_days(16)
    words = read(address(notice))
    assert "公示已满" in words
    assert "办到哪一步待组织实施" in words


def test_it_says_how_the_representatives_voted(posted, read):
    notice = posted()
    tally = notice.resolution.tally
    words = read(address(notice))
    assert f"赞成11反对{tally.votes_against}弃权0无效0" in words
    assert (
        "通过。依据《中华人民共和国村民委员会组织法》（2025年修正）第三十条第二款"
        in words
    )


def test_a_no_says_what_was_not_adopted(posted, read):
    words = read(address(posted(reps=4)))
    assert "没有通过的方案" in words
    assert "决议内容" not in words
    assert "组织实施不再办理" in words
