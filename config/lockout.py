"""By which name failures to sign in are counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

LONGEST = 150  # no account has a longer name


def username(
    request: HttpRequest | None, credentials: Mapping[str, Any] | None = None
) -> str:
    """What was entered, as far as its column holds it (django-axes 8.3.1 cuts none)."""
    entered = credentials or (request.POST if request is not None else {})
    return str(entered.get("username") or "")[:LONGEST]
