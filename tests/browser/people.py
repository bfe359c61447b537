"""People with phones, who go by the words on links, labels and buttons."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, Locator

from tests.browser.eyes import Eyes


def like(words: str) -> re.Pattern[str]:
    """Words that begin or end like that; labels say more than is asked for."""
    return re.compile(f"^{re.escape(words)}|{re.escape(words)}$")


class Person:
    """Somebody at a phone. Every page that is passed is looked at."""

    def __init__(self, phone: BrowserContext, home: str, eyes: Eyes) -> None:
        self.page = phone.new_page()
        self.home, self.eyes = home, eyes
        self.status = 0

    def open(self, path: str = "/", status: int = 200) -> Person:
        """Open an address one knows by heart."""
        answer = self.page.goto(self.home + path)
        assert answer is not None
        return self._arrived(answer.status, status)

    def sign_in(self, account: str, password: str) -> Person:
        self.open().follow("村干部、代表登录").fill(账号=account, 密码=password)
        return self.press("登录")

    def follow(self, words: str) -> Person:
        link = self.page.get_by_role("link", name=re.compile(f"^{re.escape(words)}"))
        return self._go(link.first)

    def press(self, words: str, status: int = 200) -> Person:
        """Press a button: 200 after it was done, else what the page came back with."""
        return self._go(self.page.get_by_role("button", name=words, exact=True), status)

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
    def text(self) -> str:
        return self.page.locator("main").inner_text()

    def _go(self, pressed: Locator, status: int = 200) -> Person:
        with self.page.expect_navigation() as going:
            pressed.click()
        return self._arrived(going.value.status, status)

    def _arrived(self, status: int, expected: int = 200) -> Person:
        self.status = status
        assert status == expected, f"{status} at {self.page.url}:\n{self.text}"
        self.eyes.look(self.page)
        return self
