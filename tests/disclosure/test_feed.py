"""The feed of a board."""

from __future__ import annotations

from xml.etree import ElementTree

from tests.disclosure.reading import address
from workflows.acts import disclosure

FEED = "/villages/140724200205/feed/"
ATOM = "{http://www.w3.org/2005/Atom}"


def entries(public):
    feed = ElementTree.fromstring(public.get(FEED).content)  # noqa: S314
    assert feed.tag == f"{ATOM}feed"
    return feed.findall(f"{ATOM}entry")


def test_it_tells_of_notices_newest_first(world, posted, public):
    posted(title="修渠")
    notice = posted(title="修路")
    newest, oldest = entries(public)
    assert newest.findtext(f"{ATOM}title") == "关于修路决议的公示"
    assert oldest.findtext(f"{ATOM}title") == "关于修渠决议的公示"
    assert newest.findtext(f"{ATOM}id").endswith(address(notice))
    assert "公示中，还有 15 天。村代会赞成 11 票" in newest.findtext(f"{ATOM}summary")


def test_answers_to_proposers_are_not_in_it(replied, public):
    assert entries(public) == []


def test_a_notice_is_told_anew_when_it_is_replaced(world, posted, public):
    notice = posted()
    world.pass_days(1)
    world.do(notice.matter, disclosure.announce, world.clerk, text="改")
    older = entries(public)[1]
    assert older.findtext(f"{ATOM}published").startswith("2026-03-02")
    assert older.findtext(f"{ATOM}updated").startswith("2026-03-03")


def test_a_village_nobody_knows_has_none(public, db):
    assert public.get("/villages/999/feed/").status_code == 404
