"""Every act that has a page: shown, filled in wrongly, refused, performed once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from audit import clock
from audit.models import Entry
from tests.clock import after
from workflows.acts import objection, supervision
from workflows.models import Matter
from workflows.stage import Stage
from workflows.views.verbs import OF_MATTER, OF_NOTICE

DAY = "2026-03-02"
# At which stage, by whom, with what an act is performed; and what is left out for the
# form to be refused ("" where the button says everything).
TABLE = [
    ("initiate", Stage.DRAFTED, "secretary", {"on": DAY}, "on"),
    (
        "erratum",
        Stage.PROPOSED,
        "clerk",
        {"text": "改一个字。", "checked_by": "冯保山"},
        "checked_by",
    ),
    ("amend", Stage.REVIEWED, "clerk", {"text": "改。", "source": "党员"}, "source"),
    ("revise", Stage.REVIEWED, "clerk", {"text": "全改了。"}, "text"),
    ("withdraw", Stage.PROPOSED, "director", {"text": "不办了。"}, "text"),
    ("advise", Stage.REVIEWED, "township", {"text": "请核对名单。"}, "text"),
    ("suggest", Stage.ANNOUNCED, "supervisor1", {"text": "请补附件。"}, "text"),
    ("announce", Stage.ADOPTED, "clerk", {"text": "决议。", "days": "15"}, "days"),
    (
        "disclose",
        Stage.ANNOUNCED,
        "clerk",
        {"item": "budget", "text": "预算三十八万元。"},
        "item",
    ),
    (
        "approve",
        Stage.ADOPTED,
        "clerk",
        {"outcome": "approved", "authority": "李家庄乡人民政府", "on": DAY},
        "outcome",
    ),
    ("begin", Stage.ANNOUNCED, "director", {}, ""),
    (
        "report",
        Stage.UNDERWAY,
        "director",
        {"progress": "30", "spent": "99.5"},
        "spent",
    ),
    (
        "accept",
        Stage.UNDERWAY,
        "supervisor1",
        {"supervisors": ["孙建国"], "others": "李秀英、卫秀兰", "on": "today"},
        "on",
    ),
    ("done", Stage.UNDERWAY, "director", {"on": "today", "note": "办完了。"}, "on"),
    (
        "report_result",
        Stage.COMPLETED,
        "clerk",
        {"text": "办完。", "days": "15"},
        "text",
    ),
    ("archive", Stage.REPORTED, "clerk", {}, ""),
    (
        "order",
        Stage.ANNOUNCED,
        "township",
        {"basis": "order.duty", "text": "请改。", "due": "15"},
        "basis",
    ),
    ("comply", Stage.RECTIFYING, "director", {"text": "改好了。"}, "text"),
    ("examine", Stage.RECTIFYING, "township", {"outcome": "pass"}, "outcome"),
    (
        "attach",
        Stage.REVIEWED,
        "clerk",
        {"code": "list", "absent_because": "还没有。"},
        "code",
    ),
]
WORKS = {"disclose": "M18", "accept": "M18", "approve": "M09c"}


def prepared(world, verb: str, stage: Stage) -> Matter:
    """A matter for which the act is owed or allowed, with nothing in its way."""
    content = {"type": WORKS.get(verb, "M05")}
    if verb == "initiate":
        content["chain"] = "four_deliberations"
    if verb == "approve":
        return approvable(world)
    matter = world.matter_at(stage, **content)
    if verb in ("begin", "archive"):
        world.pass_days(world.show(matter).days + 1)
    if verb == "examine":
        world.do(matter, supervision.comply, world.director, text="改好了。")
    return matter


def approvable(world) -> Matter:
    """A lease to outsiders, which the members' assembly decides."""
    matter = world.draft(type="M09c")
    world.hold(matter, "joint")
    world.hold(matter, "party")
    world.hold(matter, "members")
    assert matter.stage == Stage.ADOPTED
    return matter


def filled(given: dict) -> dict:
    today = clock.today().isoformat()
    return {name: today if v == "today" else v for name, v in given.items()}


def address(matter: Matter, verb: str) -> str:
    return reverse("workflows:act", args=[matter.village.slug, matter.number, verb])


def test_the_table_names_every_act() -> None:
    assert {row[0] for row in TABLE} | {"explain"} == set(OF_MATTER)


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_an_act_is_shown_refused_and_performed_once(
    world, page_of, entries, row
) -> None:
    verb, stage, by, given, missing = row
    matter = prepared(world, verb, stage)
    page, url = page_of(getattr(world, by)), address(matter, verb)
    before = entries()
    shown = page.get(url)
    assert shown.status_code == 200
    assert str(OF_MATTER[verb].button) in shown.content.decode()
    if missing:
        lacking = {k: v for k, v in filled(given).items() if k != missing}
        wrong = page.post(url, lacking)
        assert wrong.status_code == 400
        assert 'role="alert"' in wrong.content.decode()
    assert entries() == before
    done = page.post(url, filled(given))
    assert done.status_code == 302
    assert done["Location"] == reverse(
        "workflows:matter", args=[matter.village.slug, matter.number]
    )
    assert entries() >= before + 1
    said = page.get(done["Location"]).content.decode()
    assert str(OF_MATTER[verb].done).split("%")[0][:3] in said


@pytest.mark.parametrize("verb", ["begin", "announce", "withdraw"])
def test_only_the_offices_named_may(world, page_of, entries, verb) -> None:
    stages = {"begin": Stage.ANNOUNCED, "announce": Stage.ADOPTED}
    matter = world.matter_at(stages.get(verb, Stage.DRAFTED))
    before, url = entries(), address(matter, verb)
    page = page_of(world.supervisor1)
    for answer in (page.get(url), page.post(url, {"text": "好。"})):
        assert answer.status_code == 403
        assert "可以办" in answer.content.decode()
    assert entries() == before


def test_the_wrong_office_is_told_who_may_by_name(world, page_of) -> None:
    matter = world.matter_at(Stage.ANNOUNCED)
    page = page_of(world.clerk).get(address(matter, "begin")).content.decode()
    assert "村民委员会主任、村民委员会副主任可以办" in page
    assert "请钱有田、冯保山办理" in page


def test_a_stranger_finds_nothing(world, page_of) -> None:
    matter = world.matter_at(Stage.ADOPTED)
    for person in (world.zhou, world.li):
        for url in (address(matter, "announce"), address(matter, "nonsense")):
            assert page_of(person).get(url).status_code == 404
            assert page_of(person).post(url).status_code == 404


def test_an_unknown_act_is_not_found(world, page_of) -> None:
    matter = world.draft()
    assert page_of(world.clerk).get(address(matter, "cast")).status_code == 404


def test_who_is_not_signed_in_is_sent_to_sign_in(world, client) -> None:
    url = address(world.draft(), "withdraw")
    for answer in (client.get(url), client.post(url, {"text": "好。"})):
        assert answer.status_code == 302
        assert answer["Location"] == f"/sign-in/?next={url}"


def test_out_of_turn_says_where_the_matter_is_and_what_comes_next(
    world, page_of, entries
) -> None:
    matter = world.matter_at(Stage.PROPOSED)
    before, url = entries(), address(matter, "archive")
    page = page_of(world.clerk)
    for answer in (page.get(url), page.post(url)):
        text = answer.content.decode()
        assert answer.status_code == 409
        assert "本事项现在是“两委已提议”，下一步应当是支部大会审议。" in text
    assert entries() == before


def test_what_was_done_already_says_by_whom_and_when(world, page_of, entries) -> None:
    matter = world.matter_at(Stage.COMPLETED)
    before = entries()
    page = page_of(world.director)
    for answer in (
        page.get(address(matter, "done")),
        page.post(address(matter, "done"), {"on": DAY}),
    ):
        text = answer.content.decode()
        assert answer.status_code == 409
        assert "已由村民委员会主任 钱有田办好，没有重复记录。" in text
    assert entries() == before


def test_a_matter_that_ended_says_so(world, page_of) -> None:
    rejected = world.matter_at(Stage.REJECTED)
    text = page_of(world.clerk).get(address(rejected, "withdraw")).content.decode()
    assert "村代会于2026年3月2日未通过本事项，不能再就原方案表决。" in text
    withdrawn = world.matter_at(Stage.WITHDRAWN)
    text = page_of(world.clerk).get(address(withdrawn, "amend")).content.decode()
    assert "本事项已撤回，不再修改。" in text


def test_what_is_missing_is_said_before_the_button_and_after(
    world, page_of, entries
) -> None:
    matter = world.matter_at(Stage.ANNOUNCED)
    before, url = entries(), address(matter, "begin")
    page = page_of(world.director)
    shown = page.get(url).content.decode()
    assert shown.index("组织实施前还差 2 项") < shown.index('<button class="btn alt"')
    assert "公示已发布，但没有登记张贴，公示期没有开始。" in shown
    assert "第八条）</p>" in shown
    refused = page.post(url)
    assert refused.status_code == 422
    assert "暂不能组织实施，还差 2 项" in refused.content.decode()
    assert entries() == before


def test_days_are_said_in_words(world, page_of) -> None:
    matter = world.matter_at(Stage.ANNOUNCED)
    world.show(matter)
    page = page_of(world.director).get(address(matter, "begin")).content.decode()
    assert "公示自2026年3月3日起，应满 15 日，到2026年3月17日止，还有 15 日。" in page


def test_what_can_be_done_says_so(world, page_of) -> None:
    matter = world.matter_at(Stage.ANNOUNCED)
    notice = world.show(matter)
    with after(notice):
        page = page_of(world.director).get(address(matter, "begin")).content.decode()
    assert "可以组织实施了" in page


def test_bad_input_of_the_act_stands_at_its_field(world, page_of, entries) -> None:
    matter = world.matter_at(Stage.ADOPTED)
    before = entries()
    answer = page_of(world.clerk).post(
        address(matter, "announce"), {"text": "决议。", "days": "3"}
    )
    assert answer.status_code == 400
    assert answer.context["form"].errors["days"] == ["公示不得少于 15 日，现填 3 日。"]
    assert entries() == before


def test_the_published_text_is_shown_with_numbers_blanked(world, page_of) -> None:
    text = "补贴打入6222021234567890123，联系13800001111。"
    matter = world.matter_at(Stage.ADOPTED, text=text)
    page = page_of(world.clerk).get(address(matter, "announce")).content.decode()
    assert "138****1111" in page
    assert "公示 2026年3月3日至2026年3月17日" in page


def test_a_no_of_the_party_is_answered_and_not_hung_up(world, page_of) -> None:
    matter = world.matter_at(Stage.PROPOSED)
    world.hold(matter, "party", votes_for=1)
    page, url = page_of(world.clerk), address(matter, "announce")
    shown = page.get(url).content.decode()
    assert "书面答复提议人，不张贴" in shown
    assert "赞成 1" not in shown
    assert page.post(url, {"text": "没有通过。"}).status_code == 302
    assert matter.notices.get().kind == "reply"


def test_a_get_changes_nothing(world, page_of, entries) -> None:
    matter = world.matter_at(Stage.ANNOUNCED)
    before, stage = entries(), matter.stage
    for person in (world.clerk, world.director, world.supervisor1, world.township):
        page = page_of(person)
        for verb in OF_MATTER:
            page.get(address(matter, verb))
            page.get(address(matter, verb), {"confirm": "1", "text": "好"})
    matter.refresh_from_db()
    assert (entries(), matter.stage) == (before, stage)


def test_other_methods_and_other_content_are_refused(world, page_of, entries) -> None:
    matter = world.matter_at(Stage.PROPOSED)
    before, url = entries(), address(matter, "withdraw")
    page = page_of(world.clerk)
    for method in (page.put, page.delete, page.patch):
        answer = method(url)
        assert answer.status_code == 405
        assert answer["Allow"] == "GET, POST"
        assert "请返回待办" in answer.content.decode()
    answer = page.post(url, '{"text": "x"}', content_type="application/json")
    assert answer.status_code == 400
    assert "没有写入" in answer.content.decode()
    assert page.head(url).status_code == 200
    assert entries() == before


def test_a_form_that_is_too_large_is_refused(world, page_of, entries) -> None:
    matter = world.matter_at(Stage.PROPOSED)
    before = entries()
    huge = {"text": "字" * 1_000_000}
    answer = page_of(world.clerk).post(address(matter, "withdraw"), huge)
    assert answer.status_code == 400
    assert "没有写入" in answer.content.decode()
    assert entries() == before


# -- notices, objections, opinions


def notice_address(notice, verb: str) -> str:
    matter = notice.matter
    args = [matter.village.slug, matter.number, notice.uid, verb]
    return reverse("workflows:notice_act", args=args)


@pytest.fixture
def announced(world):
    matter = world.matter_at(Stage.ANNOUNCED)
    return matter.standing_notices[0]


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
        url = notice_address(announced, verb)
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
    url = notice_address(announced, "take_down")
    warning = "公示期还没满，提前撤下需要重新张贴、重新计算"
    assert warning in page_of(world.clerk).get(url).content.decode()
    with after(announced):
        assert warning not in page_of(world.clerk).get(url).content.decode()


def test_a_notice_is_posted_once(world, page_of, announced, entries) -> None:
    world.show(announced.matter)
    before, url = entries(), notice_address(announced, "post")
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
    answer = page_of(world.supervisor1).get(notice_address(notice, "audit_notice"))
    assert answer.status_code == 403
    assert "审核须另一人办理" in answer.content.decode()


def test_an_objection_after_the_days_is_too_late(world, page_of, announced) -> None:
    world.show(announced.matter)
    with after(announced):
        answer = page_of(world.clerk).get(notice_address(announced, "object"))
    assert answer.status_code == 409
    assert "公示期已满" in answer.content.decode()


@pytest.mark.parametrize(
    ("outcome", "stage"),
    [("dismissed", "announced"), ("redecide", "reviewed"), ("corrected_notice", None)],
)
def test_an_objection_is_answered(world, page_of, announced, outcome, stage) -> None:
    row = world.do(
        announced.matter,
        objection.object_to,
        world.clerk,
        of=announced,
        name="张三",
        text="不同意。",
    )
    matter = announced.matter
    args = [matter.village.slug, matter.number, row.uid]
    url, page = reverse("workflows:objection", args=args), page_of(world.director)
    assert "不同意。" in page.get(url).content.decode()
    assert page.post(url, {"text": "好。"}).status_code == 400
    assert page.post(url, {"text": "好。", "outcome": outcome}).status_code == 302
    matter.refresh_from_db()
    row.refresh_from_db()
    assert matter.stage == (stage or "announced")
    assert row.remedy == ("" if outcome == "dismissed" else outcome)
    assert page.get(url).status_code == 409


def test_an_opinion_is_answered_once(world, page_of, announced) -> None:
    matter = announced.matter
    row = world.do(matter, supervision.suggest, world.supervisor1, text="请补附件。")
    args = [matter.village.slug, matter.number, row.uid]
    url, page = reverse("workflows:opinion", args=args), page_of(world.director)
    assert "请补附件。" in page.get(url).content.decode()
    assert page_of(world.clerk).get(url).status_code == 403
    assert page.post(url, {"text": "已补。"}).status_code == 302
    again = page.post(url, {"text": "已补。"})
    assert again.status_code == 409
    assert "已由村民委员会主任 钱有田办好" in again.content.decode()


def test_a_finding_is_explained(world, page_of) -> None:
    matter = world.matter_at(Stage.REVIEWED)
    page, url = page_of(world.clerk), address(matter, "explain")
    found = page.get(url).context["form"].fields["finding"].choices
    given = {"finding": found[0][0], "text": "监票人不用手机。"}
    assert page.post(url, given).status_code == 302
    assert matter.explanations.get().text == "监票人不用手机。"
    assert page.post(url, {**given, "finding": "nothing"}).status_code == 400


def test_who_did_not_order_does_not_examine(world, page_of) -> None:
    matter = world.matter_at(Stage.RECTIFYING)
    url = address(matter, "examine")
    assert "还没有报告" in page_of(world.township).get(url).content.decode()
    world.do(matter, supervision.comply, world.director, text="改好了。")
    assert page_of(world.county).get(url).status_code == 403
    assert page_of(world.township).post(url, {"outcome": "again"}).status_code == 302
    matter.refresh_from_db()
    assert matter.stage == Stage.RECTIFYING


def test_the_term_of_an_order_comes_from_a_list(world, page_of) -> None:
    matter = world.matter_at(Stage.ANNOUNCED)
    page, url = page_of(world.county), address(matter, "order")
    given = {"basis": "order.duty", "text": "请改。", "due": "400"}
    assert page.post(url, given).status_code == 400
    assert page.post(url, {**given, "due": "7"}).status_code == 302
    due = matter.rectifications.get().due_on
    assert due == clock.today() + timedelta(days=7)


# -- what the villagers' meeting lets the representatives decide


def test_an_authorisation_is_registered(world, page_of) -> None:
    url = reverse("workflows:authorise", args=[world.village.slug])
    page = page_of(world.clerk)
    assert "法律允许授权的全部事项" in page.get(url).content.decode()
    given = {"everything": "some", "since": DAY}
    assert page.post(url, given).status_code == 400
    late = {**given, "types": ["M05"], "until": "2026-01-01"}
    assert page.post(url, late).status_code == 400
    done = page.post(url, {**given, "types": ["M05", "M03"]}, follow=True)
    assert "误工补贴人员及标准、公益事业兴办和建设承包方案" in done.content.decode()
    assert page_of(world.director).get(url).status_code == 403
    assert page_of(world.zhou).get(url).status_code == 404
