"""Looks at every page once: what axe finds, what thumbs and tired eyes would."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route

MEASURE = (Path(__file__).parent / "measure.js").read_text()
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = {"runOnly": LEVELS, "resultTypes": ["violations"]}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


class Eyes:
    """A second window, with scripts, in which axe reads what the first one got."""

    def __init__(self, window: Page) -> None:
        self.window = window
        self.seen: set[str] = set()

    def look(self, page: Page) -> None:
        """Raises AssertionError with all that is wrong with the page."""
        html = TOKEN.sub("", page.content())
        if html in self.seen:
            return
        self.seen.add(html)
        wrong = [*page.evaluate(MEASURE), *self._axe(page.url, html)]
        assert not wrong, f"{page.url} ({page.title()})\n" + "\n".join(wrong)

    def _axe(self, url: str, html: str) -> list[str]:
        def same_bytes(route: Route) -> None:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")

        self.window.route(url, same_bytes)
        self.window.goto(url)
        self.window.unroute(url)
        found: dict[str, Any] = Axe().run(self.window, options=OPTIONS).response
        return [
            f"{rule['id']}: {node['html']} {node['failureSummary']}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]
