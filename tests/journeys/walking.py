"""Pages walked through as a person does: by the words on links, labels and buttons.

    clerk = Person(user)
    clerk.open("/")
    clerk.follow("请公示决议")        a link whose words begin like that
    clerk.fill(公示几天="15")          what is asked under that label
    clerk.choose("同意公布")           a radio button or a tick
    clerk.press("发布公示")           the form with that button is sent

No address is made up here: each is taken from the page that was shown before.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from django.test import Client

# As a browser sends them: nothing was chosen, unless it is ticked.
TICKED = ("radio", "checkbox")


@dataclass
class Form:
    """What a page asks, with the answers it gives already."""

    action: str
    method: str
    answers: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, dict[str, str]]] = field(default_factory=list)


@dataclass
class Control:
    """One place to answer."""

    form: Form
    name: str
    kind: str
    value: str


class Page(HTMLParser):
    """The links and forms of a page, by their words."""

    def __init__(self, html: str, url: str) -> None:
        super().__init__()
        self.url = url
        self.links: list[tuple[str, str]] = []
        self.forms: list[Form] = []
        self.labels: list[tuple[str, str]] = []
        self.controls: dict[str, Control] = {}
        self.words: list[str] = []
        self._open: list[tuple[str, dict[str, str], int]] = []
        self._select: Control | None = None
        self._area: Control | None = None
        self.feed(html)

    # -- reading

    def handle_starttag(self, tag: str, attrs: list[Any]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = urljoin(self.url, given.get("action") or self.url)
            self.forms.append(Form(action, given.get("method", "get").lower()))
        elif tag in ("a", "label", "button"):
            self._open.append((tag, given, len(self.words)))
        elif tag == "input" and self.forms:
            self._input(given)
        elif tag == "select":
            self._select = self._control(given, "select")
        elif tag == "option" and self._select is not None:
            self._option(given)
        elif tag == "textarea":
            self._area = self._control(given, "textarea")
            self._area.form.answers[self._area.name] = [""]

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = None
        elif self._open and self._open[-1][0] == tag:
            _tag, given, start = self._open.pop()
            self._close(tag, given, " ".join("".join(self.words[start:]).split()))

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            # The first line break belongs to the tag.
            self._area.form.answers[self._area.name] = [data.removeprefix("\n")]
        self.words.append(data)

    def _close(self, tag: str, given: dict[str, str], words: str) -> None:
        if tag == "a" and "href" in given:
            self.links.append((words, urljoin(self.url, given["href"])))
        elif tag == "label":
            self.labels.append((words, given.get("for", "")))
        elif tag == "button" and self.forms and given.get("type") != "button":
            name = given.get("name")
            said = {name: given.get("value", "")} if name else {}
            self.forms[-1].buttons.append((words, said))

    def _control(self, given: dict[str, str], kind: str) -> Control:
        control = Control(
            self.forms[-1], given.get("name", ""), kind, given.get("value", "")
        )
        self.controls[given.get("id", given.get("name", ""))] = control
        if "aria-label" in given:
            self.labels.append((given["aria-label"], given.get("id", "")))
        return control

    def _input(self, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        control = self._control(given, kind)
        answers = control.form.answers.setdefault(control.name, [])
        if kind in TICKED:
            control.value = given.get("value", "on")
            if "checked" in given:
                answers.append(control.value)
        elif kind != "file":
            answers.append(control.value)

    def _option(self, given: dict[str, str]) -> None:
        assert self._select is not None
        answers = self._select.form.answers
        if "selected" in given or self._select.name not in answers:
            answers[self._select.name] = [given.get("value", "")]

    # -- finding

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    def link(self, words: str) -> str:
        for said, href in self.links:
            if said.startswith(words):
                return href
        raise AssertionError(f"没有“{words}”这个链接：{[s for s, _ in self.links]}")

    def control(self, label: str) -> Control:
        """The place to answer under this label, or under one that ends like it."""
        for match in (str.__eq__, str.startswith, str.endswith):
            for said, found in self.labels:
                if match(said, label) and found in self.controls:
                    return self.controls[found]
        raise AssertionError(f"没有“{label}”这一栏：{[s for s, _ in self.labels]}")

    def button(self, words: str) -> tuple[Form, dict[str, str]]:
        for form in self.forms:
            for said, value in form.buttons:
                if said == words:
                    return form, value
        raise AssertionError(f"没有“{words}”这个按钮：{self.text}")


class Person:
    """Somebody at a screen, who reads, fills in and presses."""

    def __init__(self, user: Any) -> None:
        self.client = Client()
        self.client.force_login(user)
        self.pressed: list[str] = []
        self.page = Page("", "/")

    def open(self, url: str) -> Person:
        """Open an address one knows by heart: only the first page of all."""
        self._show(self.client.get(url, follow=True), url)
        return self

    def follow(self, words: str) -> Person:
        return self.open(self.page.link(words))

    def fill(self, **answers: str) -> Person:
        for label, value in answers.items():
            control = self.page.control(label)
            control.form.answers[control.name] = [value]
        return self

    def choose(self, *labels: str) -> Person:
        for label in labels:
            control = self.page.control(label)
            assert control.kind in TICKED, f"“{label}”不能选"
            answers = control.form.answers
            kept = answers[control.name] if control.kind == "checkbox" else []
            answers[control.name] = [*kept, control.value]
        return self

    def press(self, words: str) -> Person:
        """Press a button; it must be accepted."""
        form, value = self.page.button(words)
        self.pressed.append(words)
        data = {**form.answers, **value}
        send = self.client.post if form.method == "post" else self.client.get
        self._show(send(form.action, data, follow=True), form.action)
        return self

    def _show(self, response: Any, url: str) -> None:
        if response.redirect_chain:
            url = response.redirect_chain[-1][0]
        self.page = Page(response.content.decode(), url)
        assert response.status_code == 200, f"{url}：{self.page.text}"
