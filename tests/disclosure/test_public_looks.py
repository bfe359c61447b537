"""Public pages in a real browser: on a phone, without scripts, in large letters."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize

from audit import clock, sequencer
from tests import world as worlds
from tests.disclosure.reading import address, checked
from workflows.acts import disclosure, objection
from workflows.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = ViewportSize(width=360, height=740)


@pytest.fixture
def addresses() -> Iterator[list[str]]:
    """A page of every kind, with something in every part of it."""
    try:
        world = worlds.build()
        world.matter_at(Stage.ARCHIVED)
        result = world.matter_at(Stage.REPORTED).notices.get(kind="result")
        matter = world.matter_at(Stage.ANNOUNCED)
        older = world.show(matter)
        told = world.do(
            matter,
            objection.object_to,
            world.clerk,
            of=older,
            name="王建国",
            text="标准太高。",
        )
        world.do(
            matter,
            objection.answer,
            world.director,
            of=told,
            outcome="dismissed",
            text="按上年执行。",
        )
        newer = world.do(matter, disclosure.announce, world.clerk, text="改。")
        pages = [address(notice) for notice in (older, newer, result)]
        board = f"/villages/{world.village.slug}/"
        sequencer.sequence_all()
        checks = [f"{checked(older)}?size=3&root=0123456789abcdef", checked(newer)]
        prints = [f"{page}print/" for page in pages]
        yield ["/villages/", board, *pages, *prints, "/verify/", *checks]
    finally:
        clock.move(None)


def test_everybody_can_read_them(
    addresses: list[str], page: Page, live_server: object
) -> None:
    page.set_viewport_size(PHONE)
    for one in addresses:
        page.goto(f"{live_server}{one}")
        found = Axe().run(page)
        assert found.violations_count == 0, (one, found.generate_report())
        page.evaluate("document.documentElement.className += ' big'")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= PHONE["width"], one


def test_nothing_needs_a_script(
    addresses: list[str], browser: Browser, live_server: object
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{live_server}{addresses[1]}")
    page.get_by_label("标题里的字").fill("误工")
    page.get_by_role("button", name="查找").click()
    page.get_by_role("link", name="实施结果的公示").first.click()
    assert page.get_by_role("heading", name="四步进展").is_visible()
    page.get_by_role("link", name="打印张贴用的公示").click()
    assert page.get_by_text("（盖章）").is_visible()
    code = page.locator(".code").first.inner_text()
    page.goto(f"{live_server}/verify/")
    page.get_by_label("公示上的核验码").fill(code.lower())
    page.get_by_role("button", name="核验").click()
    assert page.get_by_role("heading", name="与记录一致").is_visible()
    context.close()
