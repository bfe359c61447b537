"""Looks at every page once: what axe finds, what thumbs and tired eyes would."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

MEASURE = (Path(__file__).parent / "measure.js").read_text()
OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
# Comes back at once, so that people walk on while axe reads.
READ = """options => {
  window.reading = new Promise((done) => setTimeout(() => done(axe.run(options))));
}"""
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
EMPTY = "<!doctype html><title>-</title>"


class Eyes:
    """A second window, with scripts, in which axe reads what the first one got.

    axe needs scripts to run, and they are off in the window people use. It is loaded
    once: writing another document into a window leaves its globals alone.
    """

    def __init__(self, window: Page, home: str) -> None:
        self.window = window
        self.seen: set[str] = set()
        self.reading = ""
        window.route(f"{home}/axe/", lambda route: route.fulfill(body=EMPTY))
        window.goto(f"{home}/axe/")
        window.evaluate(AXE_SCRIPT)

    def look(self, page: Page) -> None:
        """Raises AssertionError with what is wrong with this page or the one before."""
        self.finish()
        html = TOKEN.sub("", page.content())
        if html in self.seen:
            return
        self.seen.add(html)
        about = f"{page.url} ({page.title()})"
        wrong = page.evaluate(MEASURE)
        assert not wrong, "\n".join([about, *wrong])
        self.window.set_content(html)
        self.window.evaluate(READ, OPTIONS)
        self.reading = about

    def finish(self) -> None:
        """Hear what axe has to say of the last page."""
        about, self.reading = self.reading, ""
        if not about:
            return
        found: dict[str, Any] = self.window.evaluate("window.reading")
        wrong = [
            f"{rule['id']}: {node['html']} {node['failureSummary']}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]
        assert not wrong, "\n".join([about, *wrong])
