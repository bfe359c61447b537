"""People with phones, who go by the words on links, labels and buttons."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import BrowserContext, Locator

from tests.browser.eyes import Eyes


def like(words: str) -> re.Pattern[str]:
    """Words that begin or end like that; labels say more than is asked for."""
    return re.compile(f"^{re.escape(words)}|{re.escape(words)}$")


CHANGED = "([what, before]) => document.querySelector(what).innerHTML !== before"


class Person:
    """Somebody at a phone. Every page that is passed is looked at, if by anybody."""

    def __init__(self, phone: BrowserContext, home: str, eyes: Eyes | None) -> None:
        self.phone = phone
        self.page = phone.new_page()
        self.home, self.eyes = home, eyes
        self.status = 0

    def open(self, path: str = "/", status: int = 200) -> Person:
        """Open an address one knows by heart."""
        answer = self.page.goto(self.home + path)
        assert answer is not None
        return self._arrived(answer.status, status)

    def sign_in(self, account: str, password: str) -> Person:
        self.open().follow("村干部、代表登录")
        return self.say_who(account, password)

    def say_who(self, account: str, password: str) -> Person:
        """On the page that asks for it."""
        return self.fill(账号=account, 密码=password).press("登录")

    def follow(self, words: str, end: str = "") -> Person:
        """The first link that begins like that, or also ends like that."""
        name = (
            f"^{re.escape(words)}.*{re.escape(end)}$" if end else f"^{re.escape(words)}"
        )
        link = self.page.get_by_role("link", name=re.compile(name))
        return self._go(link.first)

    def press(self, words: str, status: int = 200) -> Person:
        """Press a button: 200 after it was done, else what the page came back with."""
        return self._go(self.page.get_by_role("button", name=words, exact=True), status)

    def keep(self, words: str) -> bytes:
        """The file behind a link."""
        with self.page.expect_download() as coming:
            self.page.get_by_role("link", name=words, exact=True).click()
        return Path(coming.value.path()).read_bytes()

    def waits_for(self, words: str) -> Person:
        """It comes to the page without anything being pressed."""
        self.page.get_by_text(words).first.wait_for()
        return self

    def sees_change(self, what: str) -> Person:
        """Some part of the page gives way to another by itself."""
        part = self.page.locator(what)
        before = part.inner_html()
        self.page.wait_for_function(CHANGED, arg=[what, before])
        return self

    def draws(self) -> Person:
        """A name, with a finger, in the box for it."""
        box = self.page.locator("canvas").bounding_box()
        assert box is not None
        hand = self.page.mouse
        for row in range(1, 4):
            y = box["y"] + box["height"] * row / 4
            hand.move(box["x"] + 30, y)
            hand.down()
            hand.move(box["x"] + box["width"] - 30, y + 10, steps=6)
            hand.up()
        return self

    def unfold(self, words: str) -> Person:
        self.page.locator("summary", has_text=words).click()
        return self

    def fill(self, **answers: str) -> Person:
        for label, answer in answers.items():
            field = self.page.get_by_label(like(label)).first
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(label=answer)
            else:
                field.fill(answer)
        return self

    def choose(self, *labels: str) -> Person:
        """Tick, or where it is ticked already, untick."""
        for label in labels:
            self.page.locator("label", has_text=like(label)).first.click()
        return self

    def reads(self, *sentences: str) -> Person:
        """All of it stands on the page."""
        text = self.text
        missing = [words for words in sentences if words not in text]
        assert not missing, f"{missing} not on {self.page.url}:\n{text}"
        return self

    @property
    def path(self) -> str:
        """The address of the page one is on."""
        return self.page.url.removeprefix(self.home)

    @property
    def text(self) -> str:
        return self.page.locator("main").inner_text()

    def _go(self, pressed: Locator, status: int = 200) -> Person:
        with self.page.expect_navigation() as going:
            pressed.click()
        return self._arrived(going.value.status, status)

    def _arrived(self, status: int, expected: int = 200) -> Person:
        self.status = status
        assert status == expected, f"{status} at {self.page.url}:\n{self.text}"
        if self.eyes:
            self.eyes.look(self.page)
        return self
