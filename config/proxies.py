"""Where a request came from, when reverse proxies stand in front."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address that the outermost of our own proxies saw.

    Whatever stands further left in X-Forwarded-For was written by the client.
    """
    seen = request.headers.get("X-Forwarded-For", "").replace(",", " ").split()
    if 0 < settings.PROXIES <= len(seen):
        return seen[-settings.PROXIES]
    return str(request.META.get("REMOTE_ADDR", ""))
