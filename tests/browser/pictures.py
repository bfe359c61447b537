"""Takes the README's pictures anew, from the demonstration county that is running.

make run                                                in one window
.venv/bin/python -m tests.browser.pictures              in another
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import CHROMIUM, CHROMIUM_ARGUMENTS

FOLDER = Path(__file__).parents[2] / "docs" / "images"
VILLAGE, PASSWORD = "140724200205", "sixu-demo"
COLOURS = 96
PHONE = {"width": 360, "height": 880}
DESK = {"width": 1280, "height": 900}


def main(home: str = "http://127.0.0.1:8000") -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS
        )
        with looking(browser, home, PHONE) as page:
            page.goto(f"/villages/{VILLAGE}/")
            follow(page, "公示中", within="article")
            keep(page, "notice-phone")
        with looking(browser, home, PHONE, "clerk") as page:
            keep(page, "worklist-phone")
        with looking(browser, home, PHONE, "supervisor1") as page:
            follow(page, "请核对票数", within="li")
            keep(page, "desk-phone")
        with looking(browser, home, DESK, "director") as page:
            page.goto("/matters/")
            follow(page, "决议公示中", within="li")
            keep(page, "matter-desk")


@contextmanager
def looking(
    browser: Browser, home: str, size: dict[str, int], account: str = ""
) -> Iterator[Page]:
    """A window of that size; signed in, where an account is named."""
    context = browser.new_context(
        base_url=home,
        viewport=size,  # type: ignore[arg-type]
        is_mobile=size is PHONE,
        locale="zh-CN",
    )
    page = context.new_page()
    if account:
        page.goto("/sign-in/")
        page.get_by_label("账号").fill(f"{account}@{VILLAGE}")
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url("/")
    yield page
    context.close()


def follow(page: Page, words: str, *, within: str) -> None:
    """Open what the first card or row with these words leads to."""
    row = page.locator(within, has_text=re.compile(words)).first
    row.get_by_role("link").first.click()
    page.wait_for_load_state()


def keep(page: Page, name: str) -> None:
    """What fits into the window, in few colours."""
    shot = Image.open(BytesIO(page.screenshot())).convert("RGB")
    file = FOLDER / f"{name}.png"
    few = shot.quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(file, optimize=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
