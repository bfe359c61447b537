"""The page of one act, as the tables of acts describe it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

from workflows.forms.fields import ActForm

if TYPE_CHECKING:
    from villages.offices import Acting

Words = str | Promise


@dataclass(frozen=True)
class Verb:
    """The page of one act."""

    name: str
    button: Words
    done: Words
    form: type[ActForm]
    call: Callable[..., Any]
    confirm: Words | Callable[[Any], str] = ""
    said: Callable[[Any], dict[str, Any]] = lambda result: {}
    # Raises what the act would raise, where the row does not wait for it.
    ready: Callable[[Any, Acting], None] = lambda row, by: None
    shows: str = ""  # the fragment that shows what the act is about
    folded: bool = False  # whether its questions are answered already
    gated: bool = False  # whether it is said that nothing stands in the way any more

    def confirmation(self, row: Any) -> str:
        """What pressing the button will do to this row."""
        return self.confirm(row) if callable(self.confirm) else str(self.confirm)

    def report(self, result: Any) -> str:
        """That it was done, with what came of it."""
        return str(self.done) % self.said(result)
