"""Two officers press the same button: one act, one entry, one next duty."""

from __future__ import annotations

from functools import partial

import pytest
from viewflow.workflow.models import Task

from audit.models import Entry
from tests.workflows.owing import RIGHT, check_worklist, open_duties
from tests.workflows.racing import at_once, one_behind_the_other, race
from tests.world import World
from villages.models import Office, User
from workflows import flows
from workflows.acts import (
    AlreadyDone,
    decision,
    disclosure,
    drafting,
    implementation,
    supervision,
)
from workflows.models import Matter
from workflows.stage import Stage

pytestmark = pytest.mark.django_db(transaction=True)

WHY = {"text": "补贴名单要更正。"}
BUTTONS = {
    "initiate": (Stage.DRAFTED, decision.initiate, "secretary", {}),
    "revise": (Stage.PROPOSED, drafting.revise, "clerk", WHY),
    "withdraw": (Stage.PROPOSED, drafting.withdraw, "clerk", WHY),
    "announce": (Stage.ADOPTED, disclosure.announce, "clerk", {}),
    "begin": (Stage.ANNOUNCED, implementation.begin, "director", {}),
    "done": (Stage.UNDERWAY, implementation.done, "director", {}),
    "report_result": (Stage.COMPLETED, disclosure.report_result, "clerk", {}),
    "archive": (Stage.REPORTED, implementation.archive, "clerk", {}),
}


def colleague_of(user: User) -> User:
    """Another holder of the same office: nobody is asked to press twice."""
    office = user.offices.get()
    if office.role in ("secretary", "director"):
        return user  # the law gives a village one; he presses on two telephones
    other, _made = User.objects.get_or_create(username=f"second.{office.role}")
    Office.objects.get_or_create(
        holder=other, village=office.village, role=office.role, since=office.since
    )
    return other


def pressing(matter: Matter, verb: str, user: User):
    """The button, with the matter as the page had read it."""
    _stage, act, _who, given = BUTTONS[verb]
    seen = Matter.objects.select_related("village__division__parent").get(pk=matter.pk)
    return lambda: flows.perform(
        seen, verb, lambda: act(seen, actor=user, **given), actor=user
    )


def at_the_button(world: World, verb: str) -> Matter:
    stage = BUTTONS[verb][0]
    chain = "four_deliberations" if verb == "initiate" else "four_step"
    matter = world.matter_at(stage, chain=chain)
    if verb in ("begin", "archive"):
        world.pass_days(world.show(matter).days + 1)
    return matter


@pytest.mark.parametrize("verb", BUTTONS)
def test_the_second_to_press_is_told_at_once_that_it_was_done(world, verb):
    who = getattr(world, BUTTONS[verb][2])

    def attempt():
        matter = at_the_button(world, verb)
        before = Entry.objects.count()
        winner, loser = one_behind_the_other(
            pressing(matter, verb, who), pressing(matter, verb, colleague_of(who))
        )
        assert winner.error is None
        assert isinstance(loser.error, AlreadyDone)
        assert Entry.objects.count() == before + 1
        assert check_worklist() == RIGHT
        return winner, loser

    assert at_once(attempt)


def test_whoever_waited_discharges_the_duty_that_came_after(world):
    matter = world.matter_at(Stage.UNDERWAY)
    runners = one_behind_the_other(
        pressing(matter, "done", world.director),
        pressing(matter, "report_result", world.clerk),
    )
    assert [runner.error for runner in runners] == [None, None]
    assert (open_duties(matter), check_worklist()) == (["archive"], RIGHT)
    last = Task.objects.exclude(owner=None).order_by("-pk")[:2]
    assert [(task.flow_task.name, task.owner) for task in last] == [
        ("report_result", world.clerk),
        ("done", world.director),
    ]


def test_let_go_at_the_same_moment_exactly_one_of_them_acts(world):
    for _round in range(3):
        matter = world.matter_at(Stage.ADOPTED)
        presses = [pressing(matter, "announce", world.clerk) for _press in range(4)]
        errors = [runner.error for runner in race(*presses)]
        assert errors.count(None) == 1
        assert sum(isinstance(error, AlreadyDone) for error in errors) == 3
        assert matter.notices.count() == 1
        assert Entry.objects.of(matter).of_kind("matter.announced").count() == 1
    assert check_worklist() == RIGHT


def test_two_who_worded_the_notice_differently_publish_one(world):
    matter = world.matter_at(Stage.ADOPTED)

    def announcing(text: str):
        seen = Matter.objects.select_related("village").get(pk=matter.pk)
        act = partial(disclosure.announce, seen, actor=world.clerk, text=text)
        return lambda: flows.perform(seen, "announce", act, actor=world.clerk)

    winner, loser = one_behind_the_other(announcing("甲"), announcing("乙"))
    assert winner.error is None
    assert isinstance(loser.error, AlreadyDone)
    assert [notice.board_text for notice in matter.notices.all()] == ["甲"]


def test_an_order_given_twice_is_one_order(world):
    matter = world.matter_at(Stage.ADOPTED)
    given = {"text": "补充名单。", "basis": "order.disclosure"}
    day = matter.stage_since.replace(year=2027)

    def order():
        act = lambda: supervision.order(  # noqa: E731
            matter, actor=world.township, due_on=day, **given
        )
        return flows.perform(matter, "order", act, actor=world.township)

    winner, loser = one_behind_the_other(order, order)
    assert winner.error is None
    assert isinstance(loser.error, AlreadyDone)
    assert matter.rectifications.count() == 1


def test_twenty_who_draft_at_once_get_twenty_numbers(world):
    drafts = race(*[lambda: world.draft().number for _draft in range(20)])
    assert [draft.error for draft in drafts if draft.error] == []
    assert sorted(draft.result for draft in drafts) == list(range(1, 21))
    assert check_worklist() == RIGHT
