"""Every act that has a page: shown, filled in wrongly, performed once."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from audit import clock
from tests.workflows.views.addresses import of_act
from workflows.acts import supervision
from workflows.stage import Stage
from workflows.views.verbs import OF_MATTER

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


def prepared(world, verb: str, stage: Stage) -> Any:
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


def approvable(world) -> Any:
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


def test_the_table_names_every_act() -> None:
    assert {row[0] for row in TABLE} | {"explain"} == set(OF_MATTER)


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_an_act_is_shown_refused_and_performed_once(
    world, page_of, entries, row
) -> None:
    verb, stage, by, given, missing = row
    matter = prepared(world, verb, stage)
    page, url = page_of(getattr(world, by)), of_act(matter, verb)
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
