"""The pages of kept heads in a real browser: on a phone, without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, ViewportSize

from audit import clock, sequencer
from tests import world as worlds

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = ViewportSize(width=360, height=740)


@pytest.fixture
def cookie() -> Iterator[str]:
    """A supervisor who signed in, in a village where something was recorded."""
    try:
        world = worlds.build()
        sequencer.sequence_all()
        client = Client()
        backend = "django.contrib.auth.backends.ModelBackend"
        client.force_login(world.supervisor1, backend)
        yield client.cookies[settings.SESSION_COOKIE_NAME].value
    finally:
        clock.move(None)


def signed_in(page: Page, cookie: str, home: str) -> Page:
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": cookie, "url": home}])
    return page


def test_keepers_can_read_them(cookie: str, page: Page, live_server: object) -> None:
    signed_in(page, cookie, str(live_server)).set_viewport_size(PHONE)
    for one in ("/kept/", "/kept/print/", "/kept/cosign/"):
        page.goto(f"{live_server}{one}")
        found = Axe().run(page)
        assert found.violations_count == 0, (one, found.generate_report())
        page.evaluate("document.documentElement.className += ' big'")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= PHONE["width"], one


def test_a_file_is_taken_away_and_held_against_the_log_without_scripts(
    cookie: str, browser: Browser, live_server: object
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = signed_in(context.new_page(), cookie, str(live_server))
    page.goto(f"{live_server}/")
    page.get_by_role("link", name="留存和核对存证").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载存证文件").click()
    page.get_by_label("留存的存证文件").set_input_files(download.value.path())
    page.get_by_role("button", name="核对").click()
    assert page.get_by_role("heading", name="一致").is_visible()
    context.close()
