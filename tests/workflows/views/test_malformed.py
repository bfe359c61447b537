"""Whatever a form is sent that is no answer: said so in our words, nothing written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.workflows import harmless
from tests.workflows.answers import ANSWERED, NOTHING_ASKED, given
from tests.workflows.everywhere import INSIDE, Scene, nothing_written, undone
from tests.workflows.everywhere import scene as scene  # noqa: PLC0414
from tests.workflows.permissions_table import STATUSES
from villages.models import RosterEntry
from workflows.forms.fields import Line
from workflows.models import Attendance, Ballot, Slip

pytestmark = pytest.mark.django_db

SENT = [row for row, methods in STATUSES.items() if 405 not in methods["POST"].values()]
ASKED = [row for row in SENT if row not in NOTHING_ASKED]
NUL = "改\x00"
DAYS = ["2026-13-40", "20260302", "0001-01-01", "9999-12-31"]
NUMBERS = ["-1", "9" * 20, "2147483648", "1.5"]
MONEY = ["-1", "sNaN", "1e30", "0.001"]
CHOICES = ["nonsense"]
FILES = {
    "cut.jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "drawing.svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "page.png": b"<!doctype html><script>alert(1)</script>",
    "late.pdf": b"\n" * 2000 + b"%PDF-1.4 <script>alert(1)</script>",
    "empty.jpg": b"",
}
# Beside our own page, an unknown kind of sitting or matter is simply not found.
REFUSED = (400, 404, 409, 422)


def page(scene: Scene, row: str) -> tuple[Client, str]:
    """Who may, and where; the page of a sitting on paper says on which matters."""
    may = [p for p in INSIDE if STATUSES[row]["GET"][p] == 200] or ["anonymous"]
    number, url = scene.rows["waiting"].number, scene.at[row]
    asked = {"workflows:record_paper": f"?body=joint&matter={number}"}
    asked["workflows:convene"] = "?body=joint"
    return scene.clients[may[0]], url + asked.get(row, "")


def malformed(form: forms.Form, right: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The right answers, one of them spoilt at a time; then hardly any."""
    for name, field in form.fields.items():
        for wrong in spoilt(field):
            yield right | {name: wrong}
        if isinstance(field, forms.SplitDateTimeField):
            for wrong in DAYS:
                yield right | {f"{name}_0": wrong, f"{name}_1": "08:00"}
            for wrong in ("25:00", NUL):
                yield right | {f"{name}_0": right["held_at_0"], f"{name}_1": wrong}
    said = [name for name in form.fields if isinstance(right.get(name), str)]
    for name in said[:1]:
        yield right | {name: [right[name], NUL]}  # given twice, the last one counts
        if form.fields[name].required:
            yield {key: value for key, value in right.items() if key != name}
    yield {"nonsense": "x", "stage": "archived"}


def spoilt(field: forms.Field) -> list[Any]:
    """What such a field must not take."""
    if isinstance(field, forms.FileField):
        return [SimpleUploadedFile(n, c, "image/jpeg") for n, c in FILES.items()]
    kinds: list[tuple[type[forms.Field], list[str]]] = [
        (forms.DateField, DAYS),
        (forms.DecimalField, MONEY),
        (forms.IntegerField, NUMBERS),
        (forms.MultipleChoiceField, CHOICES),
        (forms.ChoiceField, CHOICES),
    ]
    for kind, wrong in kinds:
        if isinstance(field, kind):
            return list(wrong)
    if isinstance(field, forms.CharField):
        return [NUL] if field.max_length is None else ["字" * (field.max_length + 1)]
    return []


def refused(answer: Any, what: Any) -> None:
    assert answer.status_code in REFUSED, what
    harmless.ours(answer)


@pytest.mark.parametrize("row", sorted(set(ASKED) - {"sign_in"}))
def test_the_right_answers_are_taken(scene: Scene, row: str) -> None:
    """Without this, what follows would prove nothing."""
    client, url = page(scene, row)
    answered = 200 if row in ANSWERED else 302
    with undone():
        assert client.post(url, given(scene)[row]).status_code == answered


@pytest.mark.parametrize("row", ASKED)
def test_an_answer_that_is_none_is_refused(scene: Scene, row: str) -> None:
    client, url = page(scene, row)
    form = client.get(url).context.get("form", forms.Form())
    right = given(scene)[row]
    with nothing_written():
        for sent in malformed(form, right):
            refused(client.post(url, sent), sent)


@pytest.mark.parametrize("row", sorted(set(SENT) - {"sign_out", "sign_in"}))
def test_what_is_no_form_is_refused(scene: Scene, row: str) -> None:
    client, url = page(scene, row)
    right = urlencode({**given(scene).get(row, {}), "file": ""}).encode()
    with nothing_written():
        for kind in ("application/json", "", "multipart/form-data"):
            answer = client.generic("POST", url, right, content_type=kind)
            refused(answer, kind)
        for method in ("PUT", "NONSENSE"):
            answer = client.generic(method, url, right)
            assert answer.status_code == 405, method
            assert set(answer["Allow"].split(", ")) == {"GET", "POST"}
            harmless.ours(answer)


@pytest.mark.parametrize("row", SENT)
def test_without_its_token_nothing_is_taken(scene: Scene, row: str) -> None:
    """Another site may send our own form with the right answers in it."""
    client, url = page(scene, row)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies.update(client.cookies)
    if row == "sign_out":
        strict.cookies.update(scene.clients["clerk"].cookies)
    with nothing_written():
        answer = strict.post(url, given(scene).get(row, {}))
    assert answer.status_code == 403
    harmless.ours(answer)
    assert "请重新登录" in answer.content.decode()


@pytest.mark.parametrize("row", sorted(set(ASKED) - {"sign_in"}))
def test_what_was_ticked_twice_counts_once(scene: Scene, row: str) -> None:
    client, url = page(scene, row)
    right = given(scene)[row]
    for name in [name for name, said in right.items() if isinstance(said, list)]:
        sent = right | {name: [*right[name], *right[name]]}
        left = []
        for answers in (right, sent):
            with undone():
                answered = 200 if row in ANSWERED else 302
                assert client.post(url, answers).status_code == answered, name
                left.append(counted())
        assert left[0] == left[1]


MADE_BY_TICKS = (Ballot, Attendance, RosterEntry, Slip)


def counted() -> list[int]:
    """How many rows there are of what a tick could make."""
    return [model.objects.count() for model in MADE_BY_TICKS]


@pytest.mark.parametrize("row", sorted(set(ASKED) - {"sign_in"}))
def test_what_nobody_can_see_is_no_answer(scene: Scene, row: str) -> None:
    """A reason or a name of signs without width would look like none."""
    client, url = page(scene, row)
    form = client.get(url).context.get("form", forms.Form())
    right = given(scene)[row]
    asked = [
        name
        for name, field in form.fields.items()
        if isinstance(field, Line) and field.required and name in right
    ]
    with nothing_written():
        for name in asked:
            refused(client.post(url, right | {name: "\u200b \u3164\u2800"}), name)


TOO_MUCH = {"text": "字" * 1_000_000}
TOO_MANY = {f"f{n}": "1" for n in range(5001)}


@pytest.mark.parametrize("row", ["sign_in", "act withdraw", "workflows:attend"])
@pytest.mark.parametrize("sent", [TOO_MUCH, TOO_MANY], ids=["much", "many"])
def test_what_is_too_much_for_a_form_is_refused(
    scene: Scene, row: str, sent: dict[str, str]
) -> None:
    client, url = page(scene, row)
    encoded = "application/x-www-form-urlencoded"
    with nothing_written():
        for answer in (
            client.post(url, sent),
            client.generic("POST", url, urlencode(sent), content_type=encoded),
        ):
            assert answer.status_code == 400
            harmless.ours(answer)
            assert "内容太多" in answer.content.decode()


@pytest.mark.parametrize("who", ["clerk", "anonymous"])
def test_a_huge_body_is_not_even_read(scene: Scene, settings: Any, who: str) -> None:
    settings.UPLOAD_MAX_BYTES = 1000
    file = SimpleUploadedFile("film.mp4", b"x" * 6000)
    for row in ("act attach", "sign_in"):
        answer = scene.clients[who].post(scene.at[row], {"file": file})
        assert answer.status_code == 413
        harmless.ours(answer)
        file.seek(0)


def test_a_picture_that_is_also_a_page_stays_a_picture(scene: Scene) -> None:
    """Under a name of ours, of a kind that no browser runs."""
    both = {
        "image/jpeg": scene.photograph().read() + b"<script>alert(1)</script>",
        "application/pdf": b"%PDF-1.4\n<script>alert(1)</script>",
    }
    client, matter = scene.clients["clerk"], scene.rows["acts"]["attach"]
    for kind, content in both.items():
        file = SimpleUploadedFile("../../evil.html", content, "text/html")
        sent = {"code": "other", "name": "合同", "file": file}
        assert client.post(scene.at["act attach"], sent).status_code == 302
        document = matter.documents.last()
        args = [matter.village.slug, matter.number, document.uid]
        answer = client.get(reverse("workflows:document", args=args))
        assert b"".join(answer.streaming_content) == content
        assert answer["Content-Type"] == kind
        assert "evil" not in answer["Content-Disposition"]
        harmless.told_to_the_browser(answer)
        harmless.kept_by(answer, anybody=False)
