"""What is blanked out of everything that people typed."""

from __future__ import annotations

from collections.abc import Iterable

from workflows.masking import mask, surname
from workflows.models import Objection


class Veil:
    """Blanks numbers that belong to one person, and who it was that objected.

    An objection often begins with "I, so and so", and its answer with the name.
    """

    def __init__(self, objections: Iterable[Objection] = ()) -> None:
        self._instead: dict[str, str] = {}
        for objection in objections:
            name, phone = objection.name.strip(), objection.phone.strip()
            if len(name) > 1:
                self._instead[name] = surname(name)
            if phone:
                self._instead[phone] = "****"

    def surname(self, name: str) -> str:
        """Who it was, as everybody may know it."""
        return surname(name.strip())

    def __call__(self, text: str) -> str:
        # The longest first: one name may be the beginning of another.
        for whole in sorted(self._instead, key=len, reverse=True):
            text = text.replace(whole, self._instead[whole])
        return mask(text)
