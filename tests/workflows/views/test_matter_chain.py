"""The drawn chain: how far a matter has come, and where it stopped."""

from __future__ import annotations

from audit import clock
from tests.workflows.views.addresses import of_matter
from workflows.acts import disclosure, supervision
from workflows.stage import Stage


def test_the_chain_says_how_far_with_dates_bodies_and_counts(world, page_of) -> None:
    matter = world.matter_at(Stage.ADOPTED)
    page = page_of(world.clerk).get(of_matter(matter))
    steps = page.context["steps"]
    assert [s.label for s in steps[:5]] == [
        "起草",
        "两委提议",
        "支部大会审议",
        "村代会决议",
        "公示决议",
    ]
    assert [s.state for s in steps[:6]] == ["done"] * 4 + ["now", "todo"]
    assert steps[3].body == "村民代表会议"
    assert steps[3].tally == "应到 16，到会 16，赞成 16，反对 0，通过"
    assert {s.held_on for s in steps[:4]} == {clock.today()}
    assert 'aria-current="step"' in page.content.decode()


def test_a_no_ends_the_chain_where_it_was_said(world, page_of) -> None:
    matter = world.matter_at(Stage.REJECTED)
    steps = page_of(world.clerk).get(of_matter(matter)).context["steps"]
    assert [s.state for s in steps] == ["done", "done", "done", "halt", "todo"]
    assert (steps[3].label, steps[4].label) == ("村代会决议", "归档")
    assert "未通过" in steps[3].tally


def test_a_rejected_matter_keeps_its_end_when_it_is_filed(world, page_of) -> None:
    matter = world.matter_at(Stage.REJECTED)
    world.do(matter, disclosure.announce, world.clerk)
    world.carry_on(matter)
    assert matter.stage == Stage.ARCHIVED
    steps = page_of(world.clerk).get(of_matter(matter)).context["steps"]
    assert [s.state for s in steps] == ["done", "done", "done", "halt", "done"]


def test_a_withdrawn_matter_says_so_on_its_chain(world, page_of) -> None:
    matter = world.matter_at(Stage.WITHDRAWN)
    steps = page_of(world.clerk).get(of_matter(matter)).context["steps"]
    assert [(s.state, s.state_label) for s in steps] == [
        ("done", ""),
        ("halt", "已撤回"),
    ]


def test_an_ordered_correction_stops_the_chain_for_the_time(world, page_of) -> None:
    matter = world.matter_at(Stage.RECTIFYING)
    page = page_of(world.director).get(of_matter(matter))
    halted = [s for s in page.context["steps"] if s.state == "halt"]
    assert [(s.label, s.state_label) for s in halted] == [("公示决议", "责令改正中")]
    assert "公示中补充补贴名单。" in page.content.decode()
    world.do(matter, supervision.comply, world.director, text="补好了。")
    world.do(matter, supervision.examine, world.township, outcome="pass")
    steps = page_of(world.clerk).get(of_matter(matter)).context["steps"]
    assert steps[4].state == "now"
    assert steps[4].held_on == clock.today()
