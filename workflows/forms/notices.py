"""What is asked of notices, of those who object to them, and of the answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from audit import clock
from workflows.models import Matter, Objection
from workflows.presenting import answers_proposer
from workflows.stage import Stage

from .fields import ActForm, Count, Day, Line, OneOf, Scan, Text


class Announce(ActForm):
    """The words on the board and how long they hang there."""

    text = Text(
        label=lazy("张贴的文字"),
        rows=8,
        help_text=lazy("身份证号、银行卡号、手机号张贴时会自动隐去中间几位。"),
    )
    days = Count(label=lazy("公示几天"), least=1, most=365)
    KEY = "pub.min_days"

    def shape(self, about: Matter) -> None:
        resolution = about.resolution
        text = resolution.text if resolution else about.text
        self.fields["text"].initial = text.text
        if self.KEY == Announce.KEY and answers_proposer(about):
            self.fields["text"].label = _("答复的文字")
            del self.fields["days"]
            return
        self.fields["days"].initial = lawful = about.rules_on().days(self.KEY)
        self.fields["days"].help_text = _("不得少于 %(days)s 日。") % {"days": lawful}


class ReportResult(Announce):
    KEY = "pub.result_min_days"

    def shape(self, about: Matter) -> None:
        super().shape(about)
        self.fields["text"].initial = ""
        self.fields["text"].help_text = _(
            "办成了什么、什么时候办完、花了多少钱、和原来的预算差多少。"
        )


class Disclose(ActForm):
    item = forms.ChoiceField(label=lazy("公开哪一项"))
    text = Text(
        label=lazy("公开的内容"), required=False, help_text=lazy("照原件摘要填写。")
    )
    inapplicable = Line(
        label=lazy("本项不适用的原因"),
        max_length=300,
        required=False,
        help_text=lazy("没有这一项的，内容不填，只写原因。"),
    )

    def shape(self, about: Matter) -> None:
        shown = {notice.item for notice in about.standing_notices}
        items = [
            (item.code, _already(item.label) if item.code in shown else item.label)
            for item in about.kind.disclosures
        ]
        self.offer("item", [("", _("请选择")), *items])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("text") and not given.get("inapplicable"):
            self.add_error("text", _("请填写公开的内容，或者本项不适用的原因。"))
        return given


def _already(label: str) -> str:
    return _("%(item)s（已公开，再公开就是更正）") % {"item": label}


class Post(ActForm):
    posted_on = Day(label=lazy("张贴日期"))
    place = Line(label=lazy("张贴地点"), max_length=60)
    photo = Scan(label=lazy("照片"), required=False)

    def shape(self, about: Any) -> None:
        self.fields["posted_on"].initial = clock.today
        self.fields["place"].initial = about.village.board_place

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        photo = given.get("photo")
        given["photo_hash"] = photo.sha256 if photo else ""
        return given


class Repair(ActForm):
    on = Day(label=lazy("补贴日期"))

    def shape(self, about: Any) -> None:
        self.fields["on"].initial = clock.today


class TakeDown(ActForm):
    on = Day(label=lazy("撤下日期"))

    def shape(self, about: Any) -> None:
        self.fields["on"].initial = clock.today


class AuditNotice(ActForm):
    outcome = OneOf(
        label=lazy("审核意见"),
        choices=[("pass", lazy("同意公布")), ("rectify", lazy("建议更正"))],
    )
    note = Text(
        label=lazy("哪里要改"),
        required=False,
        rows=4,
        help_text=lazy("建议更正的才填。"),
    )


class Object(ActForm):
    name = Line(label=lazy("姓名（公开时只写姓）"), max_length=30, required=False)
    phone = Line(
        label=lazy("手机号（只用来告诉本人结果，不公开）"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    text = Text(label=lazy("意见"))


ANSWERS = [
    ("dismissed", lazy("不成立")),
    ("redecide", lazy("成立，修改后重新表决")),
    ("corrected_notice", lazy("成立，更正公示")),
]


class Answer(ActForm):
    outcome = OneOf(label=lazy("异议是否成立"), choices=ANSWERS)
    text = Text(label=lazy("答复"))

    def shape(self, about: Objection) -> None:
        """Only while the resolution is on show can it be put to the vote again."""
        if about.matter.stage != Stage.ANNOUNCED:
            self.offer("outcome", [a for a in ANSWERS if a[0] != "redecide"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        outcome = given.get("outcome")
        if outcome in Objection.Remedy.values:
            given |= {"outcome": "upheld", "remedy": outcome}
        return given
