"""Objections, opinions, findings and orders are answered; an authorisation is given."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from audit import clock
from tests.workflows.views.addresses import of_act
from workflows.acts import objection, supervision
from workflows.stage import Stage

DAY = "2026-03-02"


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
    page, url = page_of(world.clerk), of_act(matter, "explain")
    found = page.get(url).context["form"].fields["finding"].choices
    given = {"finding": found[0][0], "text": "监票人不用手机。"}
    assert page.post(url, given).status_code == 302
    assert matter.explanations.get().text == "监票人不用手机。"
    assert page.post(url, {**given, "finding": "nothing"}).status_code == 400


def test_who_did_not_order_does_not_examine(world, page_of) -> None:
    matter = world.matter_at(Stage.RECTIFYING)
    url = of_act(matter, "examine")
    assert "还没有报告" in page_of(world.township).get(url).content.decode()
    world.do(matter, supervision.comply, world.director, text="改好了。")
    assert page_of(world.county).get(url).status_code == 403
    assert page_of(world.township).post(url, {"outcome": "again"}).status_code == 302
    matter.refresh_from_db()
    assert matter.stage == Stage.RECTIFYING


def test_the_term_of_an_order_comes_from_a_list(world, page_of) -> None:
    matter = world.matter_at(Stage.ANNOUNCED)
    page, url = page_of(world.county), of_act(matter, "order")
    given = {"basis": "order.duty", "text": "请改。", "due": "400"}
    assert page.post(url, given).status_code == 400
    assert page.post(url, {**given, "due": "7"}).status_code == 302
    due = matter.rectifications.get().due_on
    assert due == clock.today() + timedelta(days=7)


def test_there_may_be_nothing_to_explain(world, page_of) -> None:
    answer = page_of(world.clerk).get(of_act(world.draft(), "explain"))
    assert answer.status_code == 409
    assert "没有要说明的提示。" in answer.content.decode()


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
