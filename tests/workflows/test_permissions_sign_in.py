"""Coming in and going out: where it leads, what is kept, what is given away."""

from __future__ import annotations

from typing import Any

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.test import Client

from tests.workflows import harmless
from tests.world import world as world  # noqa: PLC0414
from villages.models import User

RIGHT = "sixu-demo-2026"
AWAY = [
    "https://example.org/",
    "//example.org/",
    "///example.org/",
    "/\\example.org/",
    "\\\\example.org",
    "https:///example.org",
    "http:example.org",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://testserver@example.org/",
    "https://testserver.example.org/",
    "\thttps://example.org/",
    "/\t/example.org/",
    "\x00//example.org/",
    " //example.org",
]


@pytest.fixture
def clerk(world: Any) -> User:
    user: User = world.clerk
    user.set_password(RIGHT)
    user.save()
    return user


def sign_in(client: Client, user: str, password: str = RIGHT, **more: str) -> Any:
    given = {"username": user, "password": password}
    return client.post("/sign-in/", given | more)


@pytest.mark.parametrize("to", AWAY)
def test_nobody_is_led_away(clerk: User, to: str) -> None:
    """Neither when they come in nor when they are in already."""
    by_form, by_link = Client(), Client()
    assert sign_in(by_form, clerk.username, next=to)["Location"] == "/"
    shown = by_link.get("/sign-in/", {"next": to})
    harmless.markup(shown)
    assert b"example.org" not in shown.content
    assert by_form.get("/sign-in/", {"next": to})["Location"] == "/"
    assert by_form.post("/sign-out/", {"next": to})["Location"] == "/"


def test_another_session_begins_with_whoever_comes_in(clerk: User) -> None:
    """A number somebody had planted in the browser before opens nothing."""
    client = Client()
    client.cookies["sessionid"] = "planted0planted0planted0planted0"
    client.get("/sign-in/")
    assert sign_in(client, clerk.username).status_code == 302
    number = client.cookies["sessionid"].value
    assert number != "planted0planted0planted0planted0"
    thief = Client()
    thief.cookies["sessionid"] = "planted0planted0planted0planted0"
    assert thief.get("/matters/").status_code == 302
    assert client.post("/sign-out/").status_code == 302
    thief.cookies["sessionid"] = number
    assert thief.get("/matters/").status_code == 302


def test_a_new_password_ends_the_sessions_of_the_old_one(clerk: User) -> None:
    client = Client()
    sign_in(client, clerk.username)
    assert client.get("/matters/").status_code == 200
    clerk.set_password("another one altogether")
    clerk.save()
    assert client.get("/matters/").status_code == 302


def test_who_is_dismissed_is_out_at_once(clerk: User) -> None:
    client = Client()
    sign_in(client, clerk.username)
    User.objects.filter(pk=clerk.pk).update(is_active=False)
    assert client.get("/matters/").status_code == 302


def test_cookies_stay_between_this_site_and_the_browser(clerk: User) -> None:
    client = Client()
    client.get("/sign-in/")
    sign_in(client, clerk.username)
    kept, token = client.cookies["sessionid"], client.cookies["csrftoken"]
    assert kept["httponly"]
    assert (kept["samesite"], token["samesite"]) == ("Lax", "Lax")
    assert (kept["domain"], token["domain"]) == ("", "")
    assert 0 < int(kept["max-age"]) <= 12 * 3600
    secure = settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE
    assert secure == (settings.HTTPS, settings.HTTPS)


def test_a_page_does_not_say_which_accounts_there_are(clerk: User, world: Any) -> None:
    """Not by words, not by status, not by being locked out."""
    User.objects.create(username="dismissed", is_active=False)
    names = (clerk.username, "nobody@140724200205", "dismissed")
    for attempt in range(6):
        answers = [sign_in(Client(), name, "wrong") for name in names]
        assert {a.status_code for a in answers} == {200 if attempt < 4 else 429}
        said = {plainly(a, n) for a, n in zip(answers, names, strict=True)}
        assert len(said) == 1, attempt
        for answer in answers:
            harmless.told_to_the_browser(answer)
            harmless.kept_by(answer, anybody=False)
            harmless.markup(answer)


def plainly(answer: Any, name: str) -> str:
    """The page without what is different every time."""
    html: str = answer.content.decode().replace(name, "")
    return "".join(
        part for part in html.split("<") if "csrfmiddlewaretoken" not in part
    )


@pytest.mark.parametrize("name", ["x" * 151, "字" * 5000, "a\x00b", ""])
def test_what_cannot_be_a_name_is_no_attempt(db: None, name: str) -> None:
    answer = sign_in(Client(), name, "wrong")
    assert answer.status_code == 400
    harmless.ours(answer)
    assert not AccessAttempt.objects.exists()


@pytest.mark.parametrize("cookie", ["sessionid", "csrftoken", "messages"])
@pytest.mark.parametrize("value", ["x" * 4000, "'; --", "[]", '["x"]:1:2', "\\x00"])
def test_a_cookie_of_somebody_elses_making_opens_nothing(
    db: None, cookie: str, value: str
) -> None:
    client = Client()
    client.cookies[cookie] = value
    for url in ("/", "/sign-in/", "/villages/"):
        assert client.get(url).status_code == 200
    assert client.get("/matters/").status_code == 302


def test_a_page_is_not_kept_by_whoever_shares_the_computer(
    clerk: User, world: Any
) -> None:
    """What is not public is asked for anew, found or not, allowed or not."""
    matter = world.draft()
    client = Client()
    sign_in(client, clerk.username)
    place = f"/matters/{world.village.slug}/{matter.number}/"
    for url in ("/", "/matters/", place, f"{place}begin/", f"{place}nothing/", "/no/"):
        harmless.kept_by(client.get(url), anybody=False)
    harmless.kept_by(Client().get("/"), anybody=False)
    harmless.kept_by(Client().get(place), anybody=False)
