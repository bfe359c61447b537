"""Pages that are the same for everybody, so that anybody may keep them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import (
    get_conditional_response,
    patch_cache_control,
    set_response_etag,
)
from django.views.decorators.http import require_safe

SECONDS = 60

View = Callable[..., HttpResponse]


def public_page(view: View) -> View:
    """Kept for a minute by whoever likes; unchanged, it is not sent again.

    The tag is taken of the bytes: what a page says turns with the day, and no column
    knows when.
    """

    @require_safe
    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code != HTTPStatus.OK:
            return response
        patch_cache_control(response, public=True, max_age=SECONDS)
        set_response_etag(response)
        etag = response.headers["ETag"]
        again = get_conditional_response(request, etag=etag, response=response)
        return again or response

    return kept
