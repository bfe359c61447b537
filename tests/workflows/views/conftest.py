from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from audit.models import Entry
from villages.models import User
from workflows.stage import Stage

if TYPE_CHECKING:
    from tests.world import World
    from workflows.models import Notice, Sitting


@pytest.fixture
def page_of() -> Callable[[User], Client]:
    """A browser in which somebody has signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def entries(db: None) -> Callable[[], int]:
    """How many entries there are: nothing changed where their number is the same."""
    return Entry.objects.count


@pytest.fixture
def desk(world: World, page_of: Callable[[User], Client]) -> Callable[..., Any]:
    """A page of a sitting, as somebody reads it."""

    def read(sitting: Sitting, by: str = "clerk", part: str = "") -> Any:
        return page_of(getattr(world, by)).get(f"/sittings/{sitting.uid}/{part}")

    return read


@pytest.fixture
def press(world: World, page_of: Callable[[User], Client]) -> Callable[..., Any]:
    """A button of a sitting, pressed by somebody."""

    def post(sitting: Sitting, part: str, by: str = "clerk", **data: Any) -> Any:
        browser = page_of(getattr(world, by))
        return browser.post(f"/sittings/{sitting.uid}/{part}", data)

    return post


@pytest.fixture
def announced(world: World) -> Notice:
    """A resolution notice that was published and hangs nowhere yet."""
    notice: Notice = world.matter_at(Stage.ANNOUNCED).standing_notices[0]
    return notice
