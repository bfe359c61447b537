"""Public pages: for everybody the same, with nothing on them that is not public."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from django.test import Client

from audit import codes, sequencer
from tests import world as worlds
from tests.disclosure.reading import address, checked
from tests.workflows import harmless
from tests.workflows.everywhere import MARKED, NAME, nothing_written
from tests.world import World
from workflows.acts import disclosure, objection, supervision
from workflows.models import Notice
from workflows.models.recorded import ALPHABET
from workflows.stage import Stage

BOARD = "/villages/140724200205/"
HOSTILE = {"title": f"修路{MARKED}\u202e", "text": f"方案{MARKED}"}
ASKED = [
    {"before": "\x00"},
    {"after": "\x00"},
    {"before": "不是编号"},
    {"before": "a" * 5000},
    {"year": "0000"},
    {"year": "9999"},
    {"year": "二〇二六"},
    {"q": "\x00"},
    {"q": "%"},
    {"q": "' OR 1=1 --"},
    {"q": "字" * 5000},
    {"q": MARKED},
    {"size": MARKED, "root": MARKED},
    {"size": "9" * 15, "root": "0" * 16},
    {"size": "\x00", "root": "\x00"},
]


@pytest.fixture
def hostile(world: World) -> Notice:
    """A notice with everything on it, all of it written by somebody who means ill."""
    world.clerk.full_name = NAME
    world.clerk.save(update_fields=["full_name"])
    matter = world.matter_at(Stage.ANNOUNCED, **HOSTILE)
    notice = matter.standing_notices[0]
    world.do(matter, disclosure.post, world.clerk, of=notice, place=NAME)
    told = world.do(
        matter, objection.object_to, world.clerk, of=notice, name=NAME, text=MARKED
    )
    upheld = {"outcome": "dismissed", "text": MARKED}
    world.do(matter, objection.answer, world.director, of=told, **upheld)
    audited = {"outcome": "rectify", "note": MARKED}
    world.do(matter, disclosure.audit_notice, world.supervisor1, of=notice, **audited)
    world.do(matter, supervision.suggest, world.supervisor1, text=MARKED)
    return notice


@pytest.fixture
def pages(hostile: Notice) -> list[str]:
    sequencer.sequence_all()
    notice, check = address(hostile), ["/verify/", checked(hostile)]
    return ["/villages/", BOARD, f"{BOARD}feed/", notice, f"{notice}print/", *check]


@pytest.fixture
def readers(world: World) -> Iterator[Client]:
    """Officers here, elsewhere, above, and whose account was closed."""
    closed = worlds.User.objects.create(username="closed", is_active=False)
    people = [world.clerk, world.rep01, world.township, world.county, world.zhou]
    clients = [Client() for _user in (*people, closed)]
    for client, user in zip(clients, (*people, closed), strict=True):
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return iter(clients)


def test_who_reads_makes_no_difference(
    pages: list[str], readers: Iterator[Client], public: Client
) -> None:
    seen = {page: public.get(page).content for page in pages}
    with nothing_written():
        for reader in readers:
            for page in pages:
                answer = reader.get(page)
                assert (answer.status_code, answer.content) == (200, seen[page])
                harmless.kept_by(answer, anybody=True)


def test_nothing_anybody_wrote_becomes_part_of_the_page(
    pages: list[str], public: Client
) -> None:
    for page in pages:
        answer = public.get(page)
        harmless.told_to_the_browser(answer)
        if "html" in answer["Content-Type"]:
            harmless.markup(answer)
        assert b"<script>alert" not in answer.content
        assert b"<img src=x" not in answer.content


def test_a_feed_can_be_read_whatever_was_written(
    world: World, hostile: Notice, public: Client
) -> None:
    """A title came with characters in it that no feed may carry."""
    page = Client()
    page.force_login(world.clerk, "django.contrib.auth.backends.ModelBackend")
    said = {"type": "M05", "chain": "four_step", "text": "修\x0b渠\x1f"}
    title = "修\x0b渠\x07\u202e\uffff"
    assert page.post("/matters/new/", {"title": title, **said}).url
    made = world.village.matters.latest("pk")
    assert (made.title, made.text.text) == ("修 渠", "修\n渠")
    while made.stage != Stage.ANNOUNCED:
        world.carry_on(made)
    feed = ElementTree.fromstring(public.get(f"{BOARD}feed/").content)  # noqa: S314
    assert "修 渠" in "".join(feed.itertext())


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: str(asked)[:20])
def test_whatever_is_asked_for_there_is_an_answer(
    hostile: Notice, public: Client, asked: dict[str, str]
) -> None:
    notice, check = address(hostile), checked(hostile)
    for page in ("/villages/", BOARD, f"{BOARD}feed/", notice, check, "/verify/"):
        answer = public.get(page, asked)
        assert answer.status_code == 200
        if "html" in answer["Content-Type"]:
            harmless.markup(answer)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_nothing_can_be_sent_to_them(
    pages: list[str], public: Client, method: str
) -> None:
    with nothing_written():
        for page in pages:
            answer = public.generic(method, page, b'{"stage": "archived"}')
            assert answer.status_code == 405
            assert answer["Allow"] == "GET, HEAD"
            harmless.ours(answer)
            harmless.kept_by(answer, anybody=False)


def test_what_is_not_public_is_not_found(world: World, public: Client) -> None:
    """No answer to a proposer, no row of another kind under the number of a notice."""
    matter = world.draft(title="村委会换锁")
    sitting = world.hold(matter, "joint", votes_for=1)
    reply = world.do(matter, disclosure.announce, world.clerk)
    assert reply.kind == Notice.Kind.REPLY
    for uid in (reply.uid, matter.uid, sitting.uid, sitting.ballots.get().uid, "1"):
        code = codes.spell(uid) if len(uid) == codes.ID_LENGTH else uid
        places = (f"/notices/{uid}/", f"/notices/{uid}/print/", f"/verify/{code}/")
        for place in places:
            answer = public.get(place)
            assert answer.status_code == 404
            harmless.ours(answer)
            harmless.kept_by(answer, anybody=False)
    assert "换锁" not in public.get(BOARD).content.decode()


def test_what_is_still_being_decided_leaves_no_trace(
    world: World, public: Client
) -> None:
    before = [public.get(page).content for page in (BOARD, f"{BOARD}feed/")]
    for stage in (Stage.DRAFTED, Stage.PROPOSED, Stage.REVIEWED, Stage.ADOPTED):
        world.matter_at(stage, title="还没有公示的事")
    after = [public.get(page).content for page in (BOARD, f"{BOARD}feed/")]
    assert after == before


def test_numbers_cannot_be_guessed(world: World) -> None:
    """Fifty bits, from a source nobody can foresee; one says nothing of the next."""
    matters = [world.draft() for _each in range(20)]
    uids = [matter.uid for matter in matters]
    assert len(set(uids)) == 20
    assert all(re.fullmatch(f"[{ALPHABET}]{{10}}", uid) for uid in uids)
    assert uids != sorted(uids)
    assert len({uid[0] for uid in uids}) > 3


def test_a_page_links_to_nothing_that_asks_to_sign_in(
    pages: list[str], public: Client
) -> None:
    for page in pages:
        html = public.get(page).content.decode()
        links = set(re.findall(r'(?:href|action)="(/[^"#?]*)', html))
        for link in links - {"/sign-in/"}:
            if not link.startswith("/static/"):
                assert public.get(link).status_code == 200, (page, link)


def test_another_host_is_not_served(public: Client) -> None:
    answer = public.get(BOARD, headers={"host": "example.org"})
    assert answer.status_code == 400
    assert b"example.org" not in answer.content
