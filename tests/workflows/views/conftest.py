from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from audit.models import Entry
from villages.models import User


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
