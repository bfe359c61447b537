"""A notice is posted, audited, torn, objected to and taken down."""

from __future__ import annotations

from audit.models import Entry
from tests.clock import after
from tests.workflows.views.addresses import of_notice
from workflows.stage import Stage
from workflows.views.verbs import OF_NOTICE

DAY = "2026-03-02"


def test_a_notice_is_posted_audited_torn_and_taken_down(
    world, page_of, announced
) -> None:
    clerk, sun = page_of(world.clerk), page_of(world.supervisor1)
    given = {"posted_on": DAY, "place": "村务公开栏"}
    for page, verb, answers, said in (
        (clerk, "post", given, "公示期从明天算起，到 2026年3月17日"),
        (sun, "audit_notice", {"outcome": "pass"}, "已审核"),
        (clerk, "repair", {"on": DAY}, "公示期继续计算"),
        (clerk, "object", {"name": "张三", "text": "不同意。"}, "已受理，编号"),
        (clerk, "take_down", {"on": DAY}, "已登记"),
    ):
        url = of_notice(announced, verb)
        assert page.get(url).status_code == 200
        done = page.post(url, answers)
        assert done.status_code == 302, (verb, done.content.decode())
        assert said in page.get(done["Location"]).content.decode()
    kinds = Entry.objects.of(announced).values_list("kind", flat=True)
    assert set(kinds) >= {"notice.posted", "notice.repaired", "notice.taken_down"}


def test_the_table_of_notices_is_whole() -> None:
    assert set(OF_NOTICE) == {"post", "repair", "take_down", "audit_notice", "object"}


def test_taking_down_early_is_warned_of(world, page_of, announced) -> None:
    world.show(announced.matter)
    url = of_notice(announced, "take_down")
    warning = "公示期还没满，提前撤下需要重新张贴、重新计算"
    assert warning in page_of(world.clerk).get(url).content.decode()
    with after(announced):
        assert warning not in page_of(world.clerk).get(url).content.decode()


def test_a_notice_is_posted_once(world, page_of, announced, entries) -> None:
    world.show(announced.matter)
    before, url = entries(), of_notice(announced, "post")
    for answer in (
        page_of(world.clerk).get(url),
        page_of(world.clerk).post(url, {"posted_on": DAY, "place": "栏"}),
    ):
        assert answer.status_code == 409
        assert "已由村文书 郑小敏办好" in answer.content.decode()
    assert entries() == before


def test_nobody_audits_what_they_published(world, page_of) -> None:
    matter = world.matter_at(Stage.ANNOUNCED)
    notice = matter.standing_notices[0]
    type(notice).objects.filter(pk=notice.pk).update(published_by=world.supervisor1)
    answer = page_of(world.supervisor1).get(of_notice(notice, "audit_notice"))
    assert answer.status_code == 403
    assert "审核须另一人办理" in answer.content.decode()


def test_an_objection_after_the_days_is_too_late(world, page_of, announced) -> None:
    world.show(announced.matter)
    with after(announced):
        answer = page_of(world.clerk).get(of_notice(announced, "object"))
    assert answer.status_code == 409
    assert "公示期已满" in answer.content.decode()
