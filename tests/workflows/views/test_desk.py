"""The desk: one sitting, led from its notice to its result."""

from __future__ import annotations

from urllib.parse import quote

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.workflows.sitting_steps import (
    convened,
    declare,
    enter,
    held,
    nothing_changes,
    records,
)
from workflows.acts import sitting as keeping
from workflows.acts import supervision
from workflows.figures import Figures
from workflows.models import Ballot
from workflows.presenting.people import on_roster
from workflows.stage import Stage


def lead(response):
    found = response.context["lead"]
    return found.sentence, found.button.label if found.button else None


def test_a_sitting_is_led_from_its_notice_to_its_result(world, desk, press):
    matter = world.matter_at(Stage.REVIEWED)
    sitting = convened(world, matter, body="reps")
    assert lead(desk(sitting))[1] == "登记通知情况"
    press(sitting, "serve/", means=["phone"], reached=16)
    assert lead(desk(sitting)) == ("已经通知，等开会。", None)
    world.pass_days(3)
    assert lead(desk(sitting)) == ("今天开会：请登记到会，开始表决", "登记到会")
    keys = on_roster(sitting).keys
    press(sitting, "attend/", people=keys[:12], shown=",".join(keys))
    assert lead(desk(sitting))[1] == "开始表决"
    press(sitting, "1/open/", method="hands")
    assert lead(desk(sitting))[1] == "录入票数"
    press(sitting, "1/count/", votes_for=9, against=2)
    assert lead(desk(sitting))[1] is None
    assert lead(desk(sitting, "supervisor1"))[1] == "监票确认"
    press(sitting, "1/witness/", "supervisor1", seen=Ballot.objects.last().tally.pk)
    assert lead(desk(sitting))[1] == "宣布结果"
    with records("matter.adopted"):
        response = press(sitting, "1/declare/")
    assert response.url == f"/sittings/{sitting.uid}/"
    response = response.client.get(response.url)
    assert "已宣布。下一步：公示决议" in response.content.decode()
    assert lead(response)[0] == "会议已经结束。"
    assert "可以表决" not in response.content.decode()
    matter.refresh_from_db()
    assert matter.stage == "adopted"


def test_it_always_says_how_many_came_and_whether_that_is_enough(world, desk):
    matter = world.matter_at(Stage.REVIEWED)
    sitting = convened(world, matter, body="reps")
    with nothing_changes():
        quorum = desk(sitting).context["quorum"]
    assert quorum.sentence == "应到 16 人，至少要到 11 人。"
    assert "第三十条第二款，到会人数要达到全体的三分之二以上" in quorum.because
    world.pass_days(3)
    came = keeping.Came(in_person=10)
    keeping.attend(sitting, came, actor=world.clerk)
    response = desk(sitting)
    quorum = response.context["quorum"]
    said = "组成人员 16 人，至少要到 11 人，现到会 10 人，还差 1 人。"
    assert (quorum.stands, quorum.sentence) == (False, said)
    assert lead(response)[1] == "宣布流会"


def test_too_few_came_and_the_way_to_the_next_sitting_is_offered(world, desk, press):
    matter = world.matter_at(Stage.REVIEWED)
    sitting = held(world, matter, body="reps", present=10)
    html = desk(sitting, part="lapse/").content.decode()
    assert "到会 10 人，至少要到 11 人。宣布流会后需另行通知" in html
    with records("sitting.lapsed"):
        press(sitting, "lapse/")
    response = desk(sitting)
    again = response.context["lead"].button
    assert again.label == "再次召集"
    assert again.url.endswith(f"/sittings/new/?body=reps&matter={matter.number}")
    assert "会议没有开成，事项留待下次会议" in lead(response)[0]


def test_an_item_whose_step_has_not_come_is_left_out(world, desk, press):
    first, later = world.draft(), world.draft(chain="four_deliberations")
    sitting = held(world, later, first)
    response = desk(sitting)
    assert f"《{first.title}》" in lead(response)[0]
    assert "下一步应当是" in response.context["items"][0].note
    assert desk(sitting, part="1/open/").status_code == 409
    for part, data in (
        ("2/open/", {"method": "hands"}),
        ("2/count/", {"votes_for": 5, "against": 0}),
    ):
        press(sitting, part, **data)
    seen = {"seen": sitting.ballots.get(position=2).tally.pk}
    press(sitting, "2/witness/", "secretary", **seen)
    press(sitting, "2/declare/")
    assert lead(desk(sitting))[1] == "散会"
    with records("sitting.closed"):
        press(sitting, "close/")


def test_a_flawed_sitting_says_plainly_which_rules_it_did_not_keep(world, desk):
    matter = world.matter_at(Stage.REVIEWED)
    sitting = enter(world, matter, body="reps", present=10)
    declare(world, sitting, matter, Figures.by_hands(10, 10, 0))
    response = desk(sitting)
    html = response.content.decode()
    assert "程序有瑕疵，不作为推进依据" in html
    assert "【到会人数不够】</b>组成人员 16 人，至少要到 11 人，现到会 10 人" in html
    assert response.context["lead"].button.label == "再次召集"


def test_the_desk_asks_the_database_as_often_for_a_long_agenda(world, desk):
    counts = []
    for size in (1, 8):
        matters = [world.draft() for _n in range(size)]
        sitting = held(world, *matters)
        desk(sitting)
        with CaptureQueriesContext(connection) as queries:
            desk(sitting)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_what_is_pointed_out_can_be_explained_and_then_says_so(world, desk):
    matter = world.draft()
    world.pass_days(10)
    sitting = enter(world, matter, days_ago=7)
    assert "说明情况" not in desk(sitting).content.decode()
    declare(world, sitting, matter, Figures.by_hands(5, 5, 0))
    name = f"recorded_late:{sitting.uid}"
    link = f"explain/?finding={quote(name, safe='')}"
    assert link in desk(sitting).content.decode()
    assert link not in desk(sitting, "supervisor1").content.decode()
    given = {"finding": name, "text": "经办人住院。"}
    world.do(matter, supervision.explain, world.clerk, **given)
    html = desk(sitting).content.decode()
    assert "已说明</b>　经办人住院。" in html
    assert link not in html
