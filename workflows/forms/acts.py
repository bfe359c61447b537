"""What is asked when an act is performed: one form a verb; they parse, never decide."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from audit import clock
from workflows import findings
from workflows.models import Approval, Matter, Rectification

from .fields import ActForm, Count, Day, Line, Money, OneOf, Scan, SomeOf, Text

TERMS = {7: lazy("7 天内"), 15: lazy("15 天内"), 30: lazy("30 天内")}
OTHER_PAPER = "other"


class NothingToFill(ActForm):
    """An act whose button says everything."""


class Initiate(ActForm):
    on = Day(label=lazy("提议日期"))

    def shape(self, about: Matter) -> None:
        self.fields["on"].initial = clock.today


class Rewrite(ActForm):
    """The text anew, from where it stands."""

    text = Text(label=lazy("方案正文"), rows=10)

    def shape(self, about: Matter) -> None:
        self.fields["text"].initial = about.text.text


class Erratum(Rewrite):
    checked_by = Line(
        label=lazy("核对人"), max_length=30, help_text=lazy("另一个人，不能是您自己。")
    )


class Amend(Rewrite):
    source = Line(
        label=lazy("采纳谁的意见"), help_text=lazy("例如：党员大会上三名党员的意见")
    )


class Withdraw(ActForm):
    text = Text(label=lazy("撤回的理由"), rows=4)


class Advise(ActForm):
    text = Text(label=lazy("提示内容"))


class Suggest(ActForm):
    text = Text(label=lazy("监督意见"))


class Reply(ActForm):
    text = Text(label=lazy("答复"))


class Comply(ActForm):
    text = Text(
        label=lazy("改正情况"), help_text=lazy("改了什么、什么时候改的、谁办的。")
    )


class Approve(ActForm):
    outcome = OneOf(label=lazy("结果"), choices=Approval.Outcome.choices)
    authority = Line(label=lazy("哪个机关"), max_length=60)
    paper = Line(label=lazy("文号"), max_length=60, required=False)
    on = Day(label=lazy("日期"))

    def shape(self, about: Matter) -> None:
        asked = about.kind.approval
        self.fields["authority"].initial = asked.authority if asked else ""
        self.fields["on"].initial = clock.today


class Report(ActForm):
    progress = Count(label=lazy("进度（百分之几）"), most=100)
    spent = Money(label=lazy("到现在共支出（元）"))
    note = Text(label=lazy("完成了什么"), required=False, rows=4)


class Accept(ActForm):
    supervisors = SomeOf(
        label=lazy("村务监督委员会来了谁"),
        required=False,
        help_text=lazy("下面两处合起来就是验收的人，至少填一个。"),
    )
    others = Text(
        label=lazy("还有谁验收"),
        required=False,
        rows=3,
        help_text=lazy("一行写一个人。负责实施的人不能验收。"),
    )
    on = Day(label=lazy("验收日期"))
    note = Text(label=lazy("验收意见"), required=False, rows=3)

    def shape(self, about: Matter) -> None:
        held = about.village.offices.current().filter(role="supervisor")
        names = dict.fromkeys(str(o.holder) for o in held.select_related("holder"))
        self.offer("supervisors", [(name, name) for name in names])
        self.fields["on"].initial = clock.today

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        others = given.pop("others", "").replace("、", "\n").splitlines()
        people = [*given.pop("supervisors", []), *(name.strip() for name in others)]
        given["people"] = [name for name in people if name]
        if any(len(name) > 30 for name in given["people"]):  # noqa: PLR2004
            self.add_error("others", _("一行只写一个人的姓名。"))
        elif not given["people"]:
            self.add_error("others", _("请填写验收的人。"))
        return given


class Done(ActForm):
    on = Day(label=lazy("办结日期"))
    note = Text(label=lazy("办理情况"), required=False, rows=4)

    def shape(self, about: Matter) -> None:
        self.fields["on"].initial = clock.today


class Order(ActForm):
    basis = OneOf(label=lazy("法律依据"), choices=Rectification.Basis.choices)
    text = Text(label=lazy("改正要求"))
    due = OneOf(label=lazy("改正期限"))

    def shape(self, about: Matter) -> None:
        self.offer("due", [(str(n), word) for n, word in TERMS.items()])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if days := given.pop("due", ""):
            given["due_on"] = clock.today() + timedelta(days=int(days))
        return given


class Examine(ActForm):
    outcome = OneOf(
        label=lazy("核查结果"),
        choices=[
            ("pass", lazy("已改正，继续办理")),
            ("again", lazy("没有改到位，继续改正")),
        ],
    )


class Explain(ActForm):
    finding = OneOf(label=lazy("说明哪一条"))
    text = Text(label=lazy("说明"), rows=4)

    def shape(self, about: Matter) -> None:
        self.offer(
            "finding",
            [(found.name, found.sentence) for found in findings.of_matter(about)],
        )


class Attach(ActForm):
    code = OneOf(label=lazy("哪一种材料"))
    name = Line(
        label=lazy("名称"), required=False, help_text=lazy("选“其他材料”的要写。")
    )
    file = Scan(label=lazy("照片或者 PDF"), required=False)
    absent_because = Line(label=lazy("无此材料的原因"), max_length=300, required=False)

    def shape(self, about: Matter) -> None:
        wanted = [(paper.code, paper.label) for paper in about.missing_documents]
        self.offer("code", [*wanted, (OTHER_PAPER, _("其他材料"))])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        labels = {paper.code: paper.label for paper in self.about.missing_documents}
        other = given.get("code") == OTHER_PAPER
        if not given.get("name"):
            if other:
                self.add_error("name", _("请填写名称。"))
            given["name"] = str(labels.get(given.get("code"), ""))
        given["code"] = "" if other else given.get("code", "")
        file = given.get("file")
        if not file and not given.get("absent_because") and "file" not in self.errors:
            self.add_error("file", _("请选择文件，或写明“无此材料”的原因。"))
        given["hash"] = file.sha256 if file else ""
        return given
