"""What is asked where people vote, and of who keeps the vote."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from workflows.models import Choice

from .fields import ActForm, Count, Line, OneOf, SomeOf, Text

if TYPE_CHECKING:
    from villages.models import RosterEntry

MOST = 100_000
WRITTEN = {"1": Choice.FOR, "2": Choice.AGAINST, "3": Choice.ABSTAIN}


class OneVote(OneOf):
    """For, against or abstaining, each written in as many bytes as the others.

    Servers note how long a page was, and what was sent.
    """

    def __init__(self, *, label: Any) -> None:
        choices = [(key, vote.label) for key, vote in WRITTEN.items()]
        super().__init__(label=label, choices=choices)

    def clean(self, value: Any) -> str:
        return str(WRITTEN[super().clean(value)])


class Vote(ActForm):
    """One of three."""

    choice = OneVote(label=lazy("一项：赞成、反对或者弃权"))

    @property
    def label(self) -> str:
        """What was chosen, as it is called."""
        return str(Choice(self.cleaned_data["choice"]).label)


class SlipCode(ActForm):
    """The digits on a slip."""

    code = Line(
        label=lazy("表决条号码"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=lazy("表决条上的 16 位数字，空格可以不填。"),
    )


class ReceiptCode(ActForm):
    """What a voter copied from the last page."""

    code = Line(
        label=lazy("回执号"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=lazy("投完票那一页上的号码，例如 7K3M-9P2Q-X4B。"),
    )


class Among(ActForm):
    """A form about people of one roster, offered by the page."""

    def __init__(self, *args: Any, people: Iterable[RosterEntry], **kwargs: Any):
        self.offered = {str(entry.pk): entry for entry in people}
        super().__init__(*args, **kwargs)
        choices = [(key, entry.name) for key, entry in self.offered.items()]
        for name in ("people", "entry"):
            if name in self.fields:
                self.offer(name, choices)

    @property
    def chosen(self) -> list[RosterEntry]:
        return [self.offered[key] for key in self.cleaned_data["people"]]

    @property
    def one(self) -> RosterEntry:
        return self.offered[self.cleaned_data["entry"]]


class PrintSlips(Among):
    people = SomeOf(label=lazy("要表决条的人"))


class Recuse(Among):
    entry = OneOf(label=lazy("回避的人"))
    reason = Text(
        label=lazy("回避的原因"),
        rows=3,
        max_length=300,
        help_text=lazy("例如：承包人是他弟弟。会议记录里写明。"),
    )


class Assist(Among):
    """A vote that the clerk enters for somebody in the room, who signs for it."""

    entry = OneOf(label=lazy("替谁代录"))
    choice = OneVote(label=lazy("本人的选择"))
    signed = forms.BooleanField(
        label=lazy("本人已经在签到册备注栏签字"), required=False
    )


class Leave(Among):
    """Who left; where people came as a mere number, how many."""

    people = SomeOf(label=lazy("离会的人"))
    number = Count(label=lazy("离会几人"), most=MOST)

    def __init__(self, *args: Any, people: Iterable[RosterEntry], **kwargs: Any):
        super().__init__(*args, people=people, **kwargs)
        del self.fields["number" if self.offered else "people"]

    @property
    def gone(self) -> dict[str, Any]:
        """Who or how many, as the act wants it."""
        if self.offered:
            return {"entries": self.chosen}
        return {"number": self.cleaned_data["number"]}

    @property
    def said(self) -> str:
        given = self.gone
        names = "、".join(entry.name for entry in given.get("entries", ()))
        return names or _("%(n)s 人") % {"n": given.get("number", 0)}
