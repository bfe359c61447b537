"""How often somebody has to press something until a plain matter is closed."""

from __future__ import annotations

import pytest

from audit import clock
from tests.journeys.walking import Person
from tests.world import World
from workflows.models import Matter
from workflows.stage import Stage

TOLD = "2026-02-20"
TITLE = "村口道路误工补贴"
MOST, MOST_OF_THE_CLERK = 25, 16


@pytest.fixture
def people(world: World) -> dict[str, Person]:
    names = ("clerk", "recorder", "supervisor1", "director")
    return {name: Person(getattr(world, name)) for name in names}


def on_paper(person: Person, todo: str, agreed: int) -> None:
    """What the worklist asks for is entered after the meeting: everybody came."""
    today = clock.today().isoformat()
    person.open("/").follow(todo).follow("会后录入")
    person.fill(开会时间=today, 几点="08:00", 通知日期=TOLD)
    person.fill(赞成=str(agreed), 反对="0", 监票人="孙建国").press("会后录入")


def put_on_the_board(people: dict[str, Person], world: World) -> None:
    """It is posted and audited, and hangs as long as the law asks."""
    people["clerk"].open("/").follow("请张贴并登记").press("登记张贴")
    people["supervisor1"].open("/").follow("请审核本公示").choose("同意公布")
    people["supervisor1"].press("审核公示")
    world.pass_days(16)


def test_a_plain_matter_asks_for_few_pages(
    world: World, people: dict[str, Person]
) -> None:
    clerk, director = people["clerk"], people["director"]

    clerk.open("/").follow("事项").follow("新建事项")
    clerk.fill(类别="M05", 事项名称=TITLE, 方案正文="每人每天一百二十元。")
    clerk.press("新建事项")
    on_paper(clerk, "请召集两委会", agreed=5)
    on_paper(people["recorder"], "请召集党员大会", agreed=9)
    on_paper(clerk, "请召集村代会决议", agreed=16)
    clerk.open("/").follow("请公示决议").follow("发布公示").press("发布公示")
    put_on_the_board(people, world)
    director.open("/").follow("可以组织实施了").follow("组织实施").press("组织实施")
    director.open("/").follow("请登记办结").follow("登记办结").press("登记办结")
    clerk.open("/").follow("请公示实施结果").follow("公示结果")
    clerk.fill(张贴的文字="已发到二十三户，共四千八百元。").press("公示结果")
    put_on_the_board(people, world)
    clerk.open("/").follow("到期可归档").follow("归档").press("归档")

    assert Matter.objects.get().stage == Stage.ARCHIVED
    pressed = {name: len(person.pressed) for name, person in people.items()}
    assert sum(pressed.values()) <= MOST, pressed
    assert pressed["clerk"] <= MOST_OF_THE_CLERK, pressed
