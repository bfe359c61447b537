"""The offer of the running version's source, which the licence asks of a service."""

from django.conf import settings
from django.http import HttpRequest


def source(request: HttpRequest) -> dict[str, str]:
    """What the footer links to, where the operator has said it."""
    return {"source_url": settings.SOURCE_URL}
