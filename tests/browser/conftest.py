"""A village on a live server, its people, each with a phone that runs no scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client
from playwright.sync_api import BrowserContext

from audit import clock
from tests.browser.eyes import Eyes
from tests.browser.people import Person
from tests.clock import at
from tests.world import SIZES, christen, divisions
from villages import cast as casting
from villages.models import User

FIRST_DAY = date(2026, 3, 2)
PASSWORD = "wangjiashan-2026"
SLUG = "140724200205"
PATIENCE = 20_000  # ms, on a machine that is busy with other things as well
PHONE = {
    "viewport": {"width": 360, "height": 740},
    "is_mobile": True,
    "has_touch": True,
    "locale": "zh-CN",
}
DESK = {"viewport": {"width": 1280, "height": 900}, "locale": "zh-CN"}

NewContext = Callable[..., BrowserContext]


@pytest.fixture
def village(transactional_db: None) -> Iterator[casting.Cast]:
    """Nothing but people and their accounts; the clock stands at the first morning."""
    clock.move(at(FIRST_DAY))
    try:
        cast = casting.build(
            "王家山村", SIZES, slug=SLUG, division=divisions(), on=FIRST_DAY
        )
        christen(cast)
        casting.let_in(cast, make_password(PASSWORD))
        yield cast
    finally:
        clock.move(None)


@pytest.fixture
def eyes(live_server, new_context: NewContext) -> Iterator[Eyes]:
    looking = Eyes(new_context(**PHONE).new_page(), live_server.url)
    yield looking
    looking.finish()


@pytest.fixture
def anyone(live_server, new_context, eyes: Eyes) -> Callable[..., Person]:
    """Somebody who has not signed in.

    `scripts`: their browser runs them; `window`: it is no telephone; `looked_at`: not
    where one of many sees what another has seen.
    """

    def person(
        *, scripts: bool = False, window: Any = PHONE, looked_at: bool = True
    ) -> Person:
        browser = new_context(java_script_enabled=scripts, **window)
        browser.set_default_timeout(PATIENCE)
        return Person(browser, live_server.url, eyes if looked_at else None)

    return person


@pytest.fixture
def someone(anyone) -> Callable[..., Person]:
    """Whoever holds that account, signed in with the password on the real page."""
    known: dict[str, Person] = {}

    def person(account: str, **how: Any) -> Person:
        if account not in known:
            known[account] = anyone(**how).sign_in(f"{account}@{SLUG}", PASSWORD)
        return known[account]

    return person


@pytest.fixture
def one_of_many(anyone) -> Callable[..., Person]:
    """Who is signed in since the other day, and does what many do."""

    def person(account: str, **how: Any) -> Person:
        found = anyone(looked_at=False, **how)
        visits = Client()
        visits.force_login(User.objects.get(username=f"{account}@{SLUG}"))
        kept = visits.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": kept}
        found.phone.add_cookies([{**cookie, "url": found.home}])
        return found

    return person
