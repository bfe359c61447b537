"""What is asked at the door: who came, a signature, a reason, in which capacity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from workflows.models import Absence, Attendance, Observer

from .fields import ActForm, Count, Line, OneOf, SomeOf

if TYPE_CHECKING:
    from workflows.presenting.people import People


class SignByFinger(ActForm):
    """The strokes that the script on the page wrote down."""

    written = forms.CharField(
        label=lazy("签名"),
        widget=forms.HiddenInput,
        error_messages={"required": lazy("没有看到签名，请重新签。")},
    )

    def _say_it_plainly(self, field: forms.Field) -> None:
        """The field says it already."""


class Excuse(ActForm):
    """Why somebody is not there."""

    reason = OneOf(label=lazy("缺席原因"), choices=Absence.Reason.choices)
    note = Line(label=lazy("说明"), max_length=100, required=False)


class Observe(ActForm):
    """Who listens, and as what."""

    name = Line(
        label=lazy("姓名"),
        max_length=40,
        widget=forms.TextInput(attrs={"list": "officers", "autocomplete": "off"}),
    )
    capacity = OneOf(label=lazy("身份"), choices=Observer.Capacity.choices)
    post = Line(label=lazy("单位及职务"), max_length=60, required=False)


class Ticks(SomeOf):
    """Any number of people, nobody among them; it is no omission to tick none."""

    def validate(self, value: list[str]) -> None:
        if value:
            super().validate(value)


class WhoCame(ActForm):
    """Everybody is ticked unless they are not; large bodies as totals."""

    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def attendance(self, people: People) -> None:
        """Ask for these people; say so where the page had shown others."""
        self.people, self.relisted = people, False
        if people.by_totals:
            self._ask_totals()
            return
        self.fields["people"] = Ticks(
            label=_("到会的人"),
            choices=[(person.key, person.label) for person in people.entitled],
            initial=people.keys,
            help_text=_("没有来的，点一下去掉。"),
        )
        self.fields["shown"].initial = ",".join(people.keys)
        if self.is_bound:
            self._compare()

    def _ask_totals(self) -> None:
        online = self.people.body == "members"
        names = {"in_person": _("现场参加几人") if online else _("到会几人")}
        if online:
            names |= {"online": _("在线参加几人"), "by_proxy": _("书面委托几人")}
        for name, label in names.items():
            self.fields[name] = Count(label=label, required=name == "in_person")
            self._say_it_plainly(self.fields[name])

    def _compare(self) -> None:
        """Whoever the page did not show yet is ticked; then it is shown once more."""
        data = cast(QueryDict, self.data).copy()
        shown = [key for key in (data.get("shown") or "").split(",") if key]
        now = self.people.keys
        if not shown or set(shown) == set(now):
            return
        ticked = set(data.getlist("people"))
        kept = [key for key in now if key in ticked or key not in shown]
        data.setlist("people", kept)
        data["shown"] = ",".join(now)
        self.data, self.relisted = data, True

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.relisted:
            self.add_error(
                "people", _("名册有变化，已重新列出，请再核对一遍到会的人。")
            )
        present = sum(self.totals(given).values())
        if self.people.by_totals and present > len(self.people.entitled):
            facts = {"n": present, "of": len(self.people.entitled)}
            more = _("到会 %(n)s 人，比名册上的 %(of)s 人还多。")
            self.add_error("in_person", more % facts)
        return given

    def totals(self, given: dict[str, Any]) -> dict[str, int]:
        names = ("in_person", "online", "by_proxy")
        return {name: given.get(name) or 0 for name in names}

    @property
    def came(self) -> dict[str, Any]:
        """Who came, as the act wants it."""
        if self.people.by_totals:
            return self.totals(self.cleaned_data)
        return {"people": self.cleaned_data["people"]}

    @property
    def present(self) -> int:
        """How many came; 0 while that cannot be read."""
        if self.people.by_totals:
            return sum(self.totals(self.cleaned_data).values())
        return len(self.cleaned_data.get("people") or ())


class Attend(WhoCame):
    """Who came to a sitting that is being held."""

    signed = OneOf(
        label=lazy("怎样登记的"),
        choices=[
            (Attendance.Signed.TICKED, lazy("记录人点名")),
            (Attendance.Signed.SHEET, lazy("照纸质签到册")),
        ],
        initial=Attendance.Signed.TICKED,
        required=False,
    )
    there = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.attendance(people)
        if people.by_totals:
            del self.fields["signed"]

    @property
    def came(self) -> dict[str, Any]:
        """Also who was there when the page was opened: the act keeps who came since."""
        came = super().came
        if "people" in came:
            came["seen"] = self.cleaned_data["there"].split(",")
            if signed := self.cleaned_data["signed"]:
                came["signed"] = signed
        return came
