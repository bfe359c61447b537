"""What is asked when people are called together, and told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from audit import clock
from workflows.days import in_our_time
from workflows.models import Sitting

from .fields import ActForm, Count, Label, Line, OneOf, SomeOf, Text

if TYPE_CHECKING:
    from workflows.presenting.calling import Candidate

COUNTED_BY = {
    "villagers": [
        ("persons", lazy("按人：十八周岁以上的村民参加")),
        ("households", lazy("按户：每户派一名代表参加")),
    ],
    "group": [
        ("persons", lazy("按人：本组十八周岁以上的村民参加")),
        ("households", lazy("按户：每户派一名代表参加")),
    ],
}


class DayAndHour(forms.SplitDateTimeWidget):
    """The label speaks of the day; the hour beside it says itself what it is."""

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0"


class Moment(forms.SplitDateTimeField):
    """A day and an hour, side by side."""

    def __init__(self, *, label: Label, **kwargs: Any) -> None:
        invalid = lazy("%(label)s要写成 2026-03-20 和 09:00 这样，或在日历里选。")
        super().__init__(
            label=label,
            input_date_formats=["%Y-%m-%d"],
            input_time_formats=["%H:%M", "%H:%M:%S"],
            widget=DayAndHour(
                date_format="%Y-%m-%d",
                time_format="%H:%M",
                date_attrs={"type": "date"},
                time_attrs={"type": "time", "aria-label": str(lazy("几点"))},
            ),
            error_messages=dict.fromkeys(
                ("invalid", "invalid_date", "invalid_time"), invalid
            ),
            **kwargs,
        )

    def compress(self, data_list: Any) -> Any:
        """A year beyond any calendar is a slip of the pen, not a day."""
        if data_list and data_list[0] and not in_our_time(data_list[0]):
            raise forms.ValidationError(str(self.error_messages["invalid"]), "invalid")
        return super().compress(data_list)


def at_its_start(day: date) -> datetime:
    """The first instant of that day in the village."""
    return datetime(day.year, day.month, day.day, tzinfo=clock.ZONE)


ANSWERS = (
    "body",
    "held_at",
    "place",
    "chair",
    "recorder",
    "special_reason",
    "mode",
    "group_name",
)


class WhenAndWhere(ActForm):
    """What every sitting has: a time, a place, somebody who chairs."""

    body = forms.CharField(widget=forms.HiddenInput)
    held_at = Moment(label=lazy("开会时间"))
    place = Line(label=lazy("地点"), max_length=60)
    chair = Line(
        label=lazy("主持人"),
        max_length=30,
        widget=forms.TextInput(attrs={"list": "officers", "autocomplete": "off"}),
    )
    recorder = Line(
        label=lazy("记录人"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"list": "officers", "autocomplete": "off"}),
    )
    special_reason = Line(
        label=lazy("临时通知的理由"),
        max_length=300,
        required=False,
        help_text=lazy("确有特殊情况、来不及提前通知的才写。"),
    )
    mode = OneOf(label=lazy("怎样参加"))
    group_name = forms.ChoiceField(label=lazy("哪个村民小组"))

    def ask_how(self, body: str, groups: Iterable[str]) -> None:
        """What only some bodies are asked: how they count, which group, why so soon."""
        if body in COUNTED_BY:
            self.offer("mode", COUNTED_BY[body])
            self.fields["mode"].initial = "persons"
        else:
            del self.fields["mode"]
        if body == "group":
            named = list(groups)
            self.offer("group_name", [(name, name) for name in named])
            self.fields["group_name"].initial = named[0] if named else None
        else:
            del self.fields["group_name"]
        if body != "villagers":
            del self.fields["special_reason"]

    def said(self, *names: str) -> dict[str, Any]:
        """What was answered, as far as it was asked."""
        given = self.cleaned_data
        return {name: given[name] for name in names if name in given}

    @property
    def call(self) -> dict[str, Any]:
        """The answers, as a call wants them."""
        return self.said(*ANSWERS)


class Convene(WhenAndWhere):
    """The notice of a sitting."""

    matters = SomeOf(label=lazy("议题"))
    order = Line(
        label=lazy("议题先后"),
        max_length=200,
        required=False,
        help_text=lazy(
            "按先后写出是第几号事项，例如 3、1、2。不写，先起草的排在前面。"
        ),
    )
    noticed_at = Moment(label=lazy("通知时间"), required=False)
    field_order = (
        "body",
        "matters",
        "order",
        "mode",
        "group_name",
        "held_at",
        "place",
        "chair",
        "recorder",
        "special_reason",
        "noticed_at",
    )

    def __init__(
        self,
        *args: Any,
        body: str,
        offered: list[Candidate],
        groups: Iterable[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {candidate.key: candidate.matter for candidate in offered}
        self.offer("matters", [(c.key, c.label) for c in offered])
        if len(offered) == 1:
            del self.fields["order"]
        self.ask_how(body, groups)
        self.fields["noticed_at"].initial = clock.now

    def clean_order(self) -> list[str]:
        """The keys as they were written; each must be one that was chosen."""
        written = self.cleaned_data["order"]
        first = dict.fromkeys(str(int(found)) for found in re.findall(r"\d+", written))
        if written and not first:
            raise ValidationError(_("议题先后要写第几号，例如 3、1、2。"))
        chosen = self.cleaned_data.get("matters", [])
        if other := [key for key in first if key not in chosen]:
            why = _("第%(number)s号没有选作议题。请在上面选上，或者从先后里去掉。")
            raise ValidationError(why % {"number": other[0]})
        return list(first)

    @property
    def call(self) -> dict[str, Any]:
        """The matters as they are put: in the order asked for, the oldest first."""
        chosen = sorted(self.cleaned_data["matters"], key=int)
        order = dict.fromkeys([*self.cleaned_data.get("order", []), *chosen])
        matters = [self.offered[key] for key in order]
        return super().call | self.said("noticed_at") | {"matters": matters}


class Serve(ActForm):
    """How people were told of the sitting."""

    means = SomeOf(label=lazy("怎样通知的"), choices=Sitting.Means.choices)
    reached = Count(label=lazy("通知到几人"))
    unreached = Count(label=lazy("没有通知到几人"), required=False)
    who = Text(
        label=lazy("没有通知到的人和原因"),
        rows=3,
        required=False,
        max_length=2000,
        help_text=lazy("例如：张某，外出打工，电话打不通。"),
    )

    def clean_unreached(self) -> int:
        return self.cleaned_data["unreached"] or 0
