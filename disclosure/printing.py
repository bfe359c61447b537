"""What a printed notice carries of the log, so that the wall is a witness."""

from __future__ import annotations

from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse

from disclosure.checking import address
from disclosure.verification import Verification
from workflows.models import Notice


class Stamp:
    """Where the notice can be checked, and how long the log was when it was printed.

    Before its entry has a number the paper could promise nothing; it bears the code
    alone then, and the page says to wait.
    """

    def __init__(self, request: HttpRequest, notice: Notice) -> None:
        self._request, self._notice = request, notice
        self._check = Verification(notice)

    @property
    def waits(self) -> bool:
        return self._check.waits

    @cached_property
    def wrong(self) -> bool:
        """Whether what would be printed is not what was recorded."""
        return bool(self._check.wrong)

    @property
    def size(self) -> int | None:
        """How many entries the log had; None while this notice is not among them."""
        head = self._check.head
        return None if self.waits or self.wrong or head is None else head.size

    @property
    def short(self) -> str:
        head = self._check.head
        return head.short if head else ""

    @property
    def site(self) -> str:
        """Where the code can be typed."""
        return self._request.build_absolute_uri(reverse("disclosure:verify"))

    @property
    def url(self) -> str:
        """What the square says to a telephone."""
        asked = (self.size, self.short) if self.size else ()
        return self._request.build_absolute_uri(address(self._notice.uid, *asked))
