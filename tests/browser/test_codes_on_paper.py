"""The square on the wall is read by a decoder that is none of ours."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from audit import codes, sequencer
from tests.browser.conftest import PHONE
from tests.scanning import FINE, POOR, as_photographed, codes_on, pages_as_pictures
from tests.world import lived_in
from workflows.stage import Stage

pytestmark = [
    pytest.mark.browser,
    pytest.mark.scan,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def notice(transactional_db):
    with lived_in() as world:
        found = world.matter_at(Stage.ANNOUNCED).standing_notices[0]
        sequencer.sequence_all()
        yield found


@pytest.fixture
def window(new_context) -> Page:
    return new_context(java_script_enabled=False, **PHONE).new_page()


@pytest.fixture
def printed(notice, window, live_server) -> bytes:
    """As the browser prints it, on A4."""
    window.goto(f"{live_server.url}/notices/{notice.uid}/print/")
    return window.pdf(prefer_css_page_size=True)


def test_the_square_of_a_printed_notice_leads_to_its_check(
    notice, printed, window, live_server, tmp_path
):
    head = sequencer.newest().head
    page = f"{live_server.url}/verify/{codes.spell(notice.uid)}/"
    wanted = f"{page}?size={head.size}&root={head.short}"
    for dpi in (FINE, POOR):
        first = pages_as_pictures(printed, tmp_path, dpi=dpi)[0]
        assert codes_on(first) == [wanted]
    fine = pages_as_pictures(printed, tmp_path)[0]
    assert codes_on(as_photographed(fine)) == [wanted]
    window.goto(wanted)
    assert "纸上的总数和短码：一致" in window.content().replace(" ", "")
