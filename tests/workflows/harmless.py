"""What must hold of every answer, whatever it says and to whom."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

# What may be kept by anybody, for a moment or for ever; and what must never be.
PUBLIC = (
    "public, max-age=60",
    "public, max-age=5",
    "public, max-age=31536000, immutable",
)
PRIVATE = ({"private", "max-age=0"}, {"private", "no-store"})
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
POLICY = {
    "default-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}
LINKS = ("/", "#", "?", "tel:", "https://", "http://testserver/")


class Markup(HTMLParser):
    """Whatever a browser would run or load that does not come from our own files."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in ("style", "iframe", "object", "embed", "base"):
            self.found.append(f"<{tag}>")
        self.found += [name for name in given if name == "style" or name[:2] == "on"]
        if tag in ("script", "img") and not given.get("src", "").startswith("/static/"):
            self.found.append(f"<{tag}> {given}")
        for name in ("href", "action", "formaction"):
            if name in given and not given[name].startswith(LINKS):
                self.found.append(f"{name}={given[name]}")


def told_to_the_browser(answer: Any) -> None:
    """The headers of every answer, a refusal or a file not excepted."""
    for name, value in HEADERS.items():
        assert answer.headers.get(name) == value, name
    policy = set(answer.headers["Content-Security-Policy"].split("; "))
    assert policy == POLICY
    assert "camera=()" in answer.headers["Permissions-Policy"]


def kept_by(answer: Any, *, anybody: bool) -> None:
    """Public pages are one for all; of others nobody keeps a copy."""
    said = answer.headers.get("Cache-Control", "")
    if anybody:
        assert said in PUBLIC
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert not answer.cookies
    else:
        assert any(set(said.split(", ")) >= words for words in PRIVATE), said


def markup(answer: Any) -> None:
    """Nothing anybody wrote became part of the page."""
    html = answer.content.decode()
    assert Markup(html).found == []
    assert "alert(1)</script>" not in html
    assert "Traceback" not in html


def ours(answer: Any) -> None:
    """A page of ours in Chinese, whatever went wrong."""
    html = answer.content.decode()
    assert html.startswith('<!doctype html>\n<html lang="zh-CN"')
    assert "<h1>" in html
