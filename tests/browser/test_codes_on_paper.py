"""The squares on paper are read by a decoder that is none of ours."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import make_password
from playwright.sync_api import Page

from audit import codes, sequencer
from tests.browser.conftest import PASSWORD, PHONE
from tests.scanning import FINE, POOR, as_photographed, codes_on, pages_as_pictures
from tests.workflows import sitting_steps as steps
from tests.world import World, lived_in
from villages import cast as casting
from workflows.stage import Stage

pytestmark = [
    pytest.mark.browser,
    pytest.mark.scan,
    pytest.mark.django_db(transaction=True),
]
SLIPS = 16
A_PAGE = 6


@pytest.fixture
def world(transactional_db):
    with lived_in() as built:
        casting.let_in(built.cast, make_password(PASSWORD))
        yield built


@pytest.fixture
def window(new_context) -> Page:
    return new_context(java_script_enabled=False, **PHONE).new_page()


def as_printed(page: Page) -> bytes:
    """As the browser prints it, on A4."""
    return page.pdf(prefer_css_page_size=True)


def test_the_square_of_a_printed_notice_leads_to_its_check(
    world: World, window, live_server, tmp_path
):
    notice = world.matter_at(Stage.ANNOUNCED).standing_notices[0]
    sequencer.sequence_all()
    head = sequencer.newest().head
    page = f"{live_server.url}/verify/{codes.spell(notice.uid)}/"
    wanted = f"{page}?size={head.size}&root={head.short}"
    window.goto(f"{live_server.url}/notices/{notice.uid}/print/")
    printed = as_printed(window)
    for dpi in (FINE, POOR):
        first = pages_as_pictures(printed, tmp_path, dpi=dpi)[0]
        assert codes_on(first) == [wanted]
    fine = pages_as_pictures(printed, tmp_path)[0]
    assert codes_on(as_photographed(fine)) == [wanted]
    window.goto(wanted)
    assert "纸上的总数和短码：一致" in window.content().replace(" ", "")


def test_the_square_of_each_slip_leads_to_the_vote(
    world: World, someone, window, live_server, tmp_path
):
    ballot = steps.voting_on(world, world.matter_at(Stage.REVIEWED), body="reps")
    clerk = someone("clerk").open(f"/sittings/{ballot.sitting.uid}/1/slips/")
    people = clerk.page.locator("fieldset").first.locator(".opt label")
    names = [label.partition("　")[0] for label in people.all_inner_texts()]
    clerk.choose(*names).press("打印表决条")
    slips = clerk.page.locator(".slip .code").all_inner_texts()
    wanted = [
        f"{live_server.url}/vote/slip/?code={slip.replace(' ', '')}" for slip in slips
    ]
    assert len({*wanted}) == SLIPS
    printed = as_printed(clerk.page)
    for dpi in (FINE, POOR):
        pages = pages_as_pictures(printed, tmp_path, dpi=dpi)
        assert len(pages) == -(-SLIPS // A_PAGE)
        read = [code for page in pages for code in codes_on(page)]
        assert sorted(read) == sorted(wanted)
    one = as_photographed(pages_as_pictures(printed, tmp_path)[0])
    assert set(codes_on(one)) == set(wanted[:A_PAGE])
    window.goto(wanted[-1])
    assert "表决" in window.title()
    assert ballot.matter.title in window.content()
