"""What is said to every request alike, whatever page it asked for."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

from workflows.views.refused import not_allowed, not_understood

Answer = Callable[[HttpRequest], HttpResponseBase]
METHOD_NOT_ALLOWED, TOO_LARGE = 405, 413
# A photograph that is a few times too large is told so by its form; beyond that
# nothing is read, for the CSRF check would write all of it to the disk first.
TIMES_THE_LIMIT = 5


def plain_answers(get_response: Answer) -> Answer:
    """Nothing is kept by others unless it says so; a bare refusal gets its page."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if _announced_size(request) > TIMES_THE_LIMIT * settings.UPLOAD_MAX_BYTES:
            response: HttpResponseBase = not_understood(request)
            response.status_code = TOO_LARGE
        else:
            response = get_response(request)
        if response.status_code == METHOD_NOT_ALLOWED:
            response = _with_a_page(request, response)
        if "Cache-Control" not in response:
            patch_cache_control(response, private=True, max_age=0)
        return response

    return answer


def _announced_size(request: HttpRequest) -> int:
    """How large the body is said to be: the server hands over no more than that."""
    said = request.META.get("CONTENT_LENGTH", "")
    return int(said) if said.isascii() and said.isdigit() else 0


def _with_a_page(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Django's own refusal of a method says nothing at all."""
    said: object = None if response.streaming else getattr(response, "content", None)
    if response.streaming or said:
        return response
    allowed = response.headers.get("Allow", "").split(", ")
    return not_allowed(request, tuple(allowed))
