"""The right people at the wrong time; and what belongs to the next village."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from audit.models import Entry
from tests.workflows import harmless
from tests.workflows.answers import given
from tests.workflows.everywhere import (
    INSIDE,
    OF_ITEM,
    PLANTED,
    Scene,
    nothing_written,
)
from tests.workflows.everywhere import scene as scene  # noqa: PLC0414
from tests.workflows.permissions_table import STATUSES
from villages.models import Resident
from workflows import flows
from workflows.acts import drafting
from workflows.models import Ballot, Matter, Posting
from workflows.views.verbs import OF_MATTER, OF_NOTICE

pytestmark = pytest.mark.django_db

# A ballot or a sitting that does not wait for the act, or does not any more.
NOT_WAITING = {
    "serve": "open_ballot",
    "attend": "recount",
    "lapse": "open_ballot",
    "close": "serve",
    "leave": "serve",
    "open_ballot": "recount",
    "recuse": "recount",
    "slips": "open_ballot",
    "assist": "count",
    "close_ballot": "count",
    "count": "open_ballot",
    "witness": "open_ballot",
    "declare": "open_ballot",
    "void": "open_ballot",
    "recount": "open_ballot",
}
OF_SITTING = ("serve", "attend", "lapse", "close", "leave")
# Where no matter is spoken of, it is the other way round.
SITTINGS_OWN = {f"workflows:{name}" for name in OF_SITTING}
# What a form might be made to carry besides.
NOT_ASKED = {
    "stage": "archived",
    "village": "140724200206",
    "village_id": "1",
    "number": "77",
    "uid": "0000000000",
    "id": "1",
    "passed": "on",
    "eligible": "1",
    "text_version": "9",
    "recorded_at": "2020-01-01",
    "first_day": "2020-01-01",
    "last_day": "2020-01-02",
    "actor": "1",
    "is_staff": "on",
}


def who_may(row: str) -> str:
    return next(p for p in INSIDE if STATUSES[row]["GET"][p] == 200)


def refused_out_of_turn(scene: Scene, row: str, url: str) -> None:
    """A matter's stage is asked before the office; a stranger is told neither."""
    office = 403 if row in SITTINGS_OWN else 409
    wanted = {who_may(row): 409, "rep": office, "zhou": 404}
    with nothing_written():
        for person, status in wanted.items():
            client = scene.clients[person]
            for answer in (client.get(url), client.post(url, {"text": "好。"})):
                assert answer.status_code == status, person
                harmless.ours(answer)


@pytest.mark.parametrize("verb", OF_MATTER)
def test_an_act_on_a_matter_that_is_closed(scene: Scene, verb: str) -> None:
    closed = scene.rows["acts"]["archived"]
    args = [closed.village.slug, closed.number, verb]
    url = reverse("workflows:act", args=args)
    refused_out_of_turn(scene, f"act {verb}", url)


@pytest.mark.parametrize("verb", OF_NOTICE)
def test_an_act_on_its_notice(scene: Scene, verb: str) -> None:
    closed = scene.rows["acts"]["archived"]
    uid = closed.notices.last().uid
    args = [closed.village.slug, closed.number, uid, verb]
    url = reverse("workflows:notice_act", args=args)
    refused_out_of_turn(scene, f"notice_act {verb}", url)


@pytest.mark.parametrize("name", NOT_WAITING)
def test_an_act_at_a_desk_that_does_not_wait_for_it(scene: Scene, name: str) -> None:
    ballot: Ballot = scene.rows["desks"][NOT_WAITING[name]]
    place = [ballot.position] if name in OF_ITEM else []
    url = reverse(f"workflows:{name}", args=[ballot.sitting.uid, *place])
    refused_out_of_turn(scene, f"workflows:{name}", url)


@pytest.mark.parametrize("name", ["objection", "opinion"])
def test_what_was_answered_is_not_answered_again(scene: Scene, name: str) -> None:
    row = f"workflows:{name}"
    client, url = scene.clients[who_may(row)], scene.at[row]
    assert client.post(url, given(scene)[row]).status_code == 302
    with nothing_written():
        for answer in (client.get(url), client.post(url, given(scene)[row])):
            assert answer.status_code == 409
            assert "已经办过" in answer.content.decode()


# -- the next village


@pytest.fixture
def theirs(scene: Scene) -> Matter:
    """A matter of the next village, drafted by its clerk."""
    content = drafting.Draft(type="M05", **PLANTED)
    village, zhou = scene.world.next_village, scene.world.zhou
    return flows.draft(lambda: drafting.draft(village, content, actor=zhou))


PARTS = [f"workflows:{part}" for part in ("document", "photo", "objection", "opinion")]


@pytest.mark.parametrize("row", [*PARTS, *(f"notice_act {verb}" for verb in OF_NOTICE)])
def test_a_part_of_one_matter_is_not_found_under_another(
    scene: Scene, theirs: Matter, row: str
) -> None:
    """Neither under a matter of one's own village nor under a stranger's."""
    shown, another, right = scene.rows["shown"], scene.rows["waiting"], scene.at[row]
    place = f"/{shown.village.slug}/{shown.number}/"
    for person, matter in ((who_may(row), another), ("zhou", theirs)):
        url = right.replace(place, f"/{matter.village.slug}/{matter.number}/")
        assert url != right
        assert scene.clients[person].get(url).status_code == 404
        assert scene.clients[person].post(url).status_code in (404, 405)


def test_a_stranger_is_not_told_what_there_is(scene: Scene) -> None:
    """There or not, of this village or of none: the same page, byte for byte."""
    slug, number = scene.world.village.slug, scene.rows["shown"].number
    sitting = scene.rows["desks"]["sitting"].sitting.uid
    urls = [
        f"/matters/{slug}/{number}/",
        f"/matters/{slug}/{number}/begin/",
        f"/matters/{slug}/987654/",
        "/matters/no-such-village/1/",
        f"/sittings/{sitting}/",
        "/sittings/0000000000/",
        f"/villages/{slug}/authorise/",
        "/villages/no-such-village/authorise/",
    ]
    for person in ("zhou", "former", "elsewhere"):
        pages = {scene.clients[person].get(url).content for url in urls}
        assert len(pages) == 1
    for url in urls:
        assert scene.clients["anonymous"].get(url).status_code == 302


def test_rows_of_the_next_village_are_not_taken_by_a_form(
    scene: Scene, theirs: Matter
) -> None:
    told, clerk = given(scene), scene.clients["clerk"]
    stranger = Resident.objects.create(
        village=theirs.village, name="周远", sex="m", born="1980-01-01"
    )
    someone = told["workflows:attend"]["people"][0]
    key = someone.rstrip("0123456789") + str(stranger.pk)
    assert key != someone
    paper = "workflows:record_paper"
    wrong: list[tuple[str, dict[str, Any], int]] = [
        ("workflows:draft", {"follows": theirs.uid}, 400),
        ("workflows:convene", {"matters": [theirs.uid]}, 400),
        ("workflows:convene", {"matters": [str(theirs.number + 900)]}, 400),
        ("workflows:attend", {"people": [key]}, 400),
        (paper, {"people": [key]}, 400),
    ]
    with nothing_written():
        for row, answer, status in wrong:
            url = scene.at[row]
            if row == paper:
                url += f"?body=joint&matter={scene.rows['waiting'].number}"
            response = clerk.post(url, told[row] | answer)
            assert response.status_code == status, (row, answer)
            harmless.ours(response)
        for name in ("workflows:convene", paper):
            asked = {"body": "joint", "matter": theirs.uid}
            assert clerk.get(scene.at[name], asked).status_code == 404
        follows = {"follows": theirs.uid}
        assert clerk.get(scene.at["workflows:draft"], follows).status_code == 404
        slug = {"village": theirs.village.slug}
        assert clerk.get(scene.at["workflows:matters"], slug).status_code == 404


def test_fields_nobody_asked_for_say_nothing(scene: Scene) -> None:
    told, clerk = given(scene), scene.clients["clerk"]

    def sent(row: str) -> None:
        answer = clerk.post(scene.at[row], NOT_ASKED | told[row])
        assert answer.status_code == 302, row

    last = scene.world.village.matters.order_by("-number").first()
    assert last is not None
    sent("workflows:draft")
    made = Matter.objects.latest("pk")
    assert (made.village, made.stage) == (scene.world.village, "drafted")
    assert (made.number, made.text_version) == (last.number + 1, 1)
    sent("workflows:count")
    tally = Ballot.objects.get(pk=scene.rows["desks"]["count"].pk).tally
    assert tally is not None
    assert (tally.eligible, tally.entered_by) == (5, scene.world.clerk)
    sent("notice_act post")
    posting = Posting.objects.latest("pk")
    assert posting.first_day > posting.posted_on
    assert (posting.last_day - posting.first_day).days == posting.notice.days - 1
    assert Entry.objects.latest("id").body.count("2020-01") == 0
