"""One look with a real browser: what we send is what it accepts."""

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def complaints(page):
    """What the browser writes to its console, and what it failed to load."""
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "response",
        lambda it: it.status < 400 or said.append(f"{it.status} {it.url}"),
    )
    return said


def test_a_person_signs_in(live_server, page, complaints):
    get_user_model().objects.create_user("clerk", password="right", full_name="王文书")
    page.goto(live_server.url + settings.LOGIN_URL)
    styled = page.evaluate("getComputedStyle(document.body).fontSize")
    assert float(styled.removesuffix("px")) >= 18
    assert page.locator("input[name=password]").count() == 1

    page.fill("input[name=username]", "clerk")
    page.fill("input[name=password]", "right")
    page.press("input[name=password]", "Enter")
    page.wait_for_url(live_server.url + settings.LOGIN_REDIRECT_URL)
    assert complaints == []
