"""What is asked when a matter is drafted, and when an authorisation is registered."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from workflows import rulebook

from .fields import ActForm, Count, Day, Line, Money, OneOf, SomeOf, Text

# Which chain is for what, in a few words; in the order in which they are offered.
CHAINS = {
    "four_step": lazy("四项程序：两委提议、支部审议、村代会决议、公示实施"),
    "four_deliberations": lazy(
        "四议两公开：党组织提议、两委商议、党员大会审议、会议决议"
    ),
    "statutory": lazy("法定提议：村民或者村民代表联名提出"),
    "committee": lazy("两委会决定：小额一般事项"),
    "group": lazy("村民小组议事：只涉及一个小组"),
}
ORIGINS = [
    ("", lazy("不是联名提出的")),
    ("villagers", lazy("村民联名")),
    ("reps", lazy("村民代表联名")),
]


def types() -> list[tuple[str, list[tuple[str, str]]]]:
    """The types of matter that a meeting decides, by category."""
    kinds = [kind for kind in rulebook.CATALOGUE.values() if kind.chains]
    kinds.sort(key=lambda kind: kind.category)
    return [
        (category, [(kind.code, kind.label) for kind in group])
        for category, group in groupby(kinds, key=lambda kind: kind.category)
    ]


class DraftForm(ActForm):
    """A new matter."""

    village = forms.ChoiceField(label=lazy("哪个村的事"), required=False)
    type = forms.ChoiceField(label=lazy("类别"))
    title = Line(label=lazy("事项名称"), help_text=lazy("一句话，例如：村口道路硬化"))
    text = Text(
        label=lazy("方案正文"),
        rows=8,
        help_text=lazy("写清楚做什么、花多少钱、谁来办、什么时候办完。"),
    )
    amount = Money(
        label=lazy("涉及金额（元）"),
        required=False,
        help_text=lazy("不涉及钱的不填。"),
    )
    chain = OneOf(label=lazy("走哪种程序"), choices=list(CHAINS.items()))
    on = Day(
        label=lazy("起草日期"),
        required=False,
        help_text=lazy("今天写的不填。纸上早就写好、会已经开过的，填当时的日期。"),
    )
    origin_by = OneOf(label=lazy("由谁联名提出"), choices=ORIGINS, required=False)
    origin_count = Count(label=lazy("联名人数"), required=False)
    group_name = Line(label=lazy("只涉及哪个村民小组"), max_length=30, required=False)
    guarantee = forms.BooleanField(
        label=lazy("本事项要由村民委员会提供担保"), required=False
    )
    for_collective = forms.BooleanField(
        label=lazy("村里没有设立集体经济组织，由村民委员会代行职能"), required=False
    )
    follows = forms.CharField(required=False, widget=forms.HiddenInput)

    MAIN = ("type", "title", "text", "amount", "chain")
    MORE = (
        "on",
        "origin_by",
        "origin_count",
        "group_name",
        "guarantee",
        "for_collective",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("type", [("", _("请选择")), *types()])

    def shape(self, about: Any) -> None:
        """The villages in which the person may draft: a choice where several."""
        if len(about) > 1:
            self.offer("village", [(v.slug, v.name) for v in about])
            self.fields["village"].required = True
        else:
            del self.fields["village"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        kind = rulebook.CATALOGUE.get(given.get("type", ""))
        chain = given.get("chain")
        if kind and chain and chain not in kind.chains:
            fitting = "、".join(rulebook.chain(name).title for name in kind.chains)
            self.add_error(
                "chain", _("这类事项可以走：%(chains)s。") % {"chains": fitting}
            )
        if chain == "statutory" and not given.get("origin_by"):
            self.add_error("origin_by", _("法定提议要写明由谁联名提出。"))
        if chain == "group" and not given.get("group_name"):
            self.add_error("group_name", _("请填写只涉及哪个村民小组。"))
        return given

    @property
    def main(self) -> list[forms.BoundField]:
        shown = ("village", *self.MAIN) if "village" in self.fields else self.MAIN
        return [self[name] for name in shown]

    @property
    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MORE]

    @property
    def more_is_open(self) -> bool:
        """Whether something below the fold was filled in, or is wrong."""
        return any(self[name].errors or self[name].value() for name in self.MORE)


class AuthoriseForm(ActForm):
    """What the villagers' meeting lets the representatives decide."""

    everything = OneOf(
        label=lazy("授权哪些事项"),
        choices=[
            ("all", lazy("法律允许授权的全部事项")),
            ("some", lazy("只授权下面选的事项")),
        ],
    )
    types = SomeOf(label=lazy("授权的事项"), required=False)
    since = Day(label=lazy("授权之日"), help_text=lazy("村民会议作出决议的那一天。"))
    until = Day(
        label=lazy("到期日"), required=False, help_text=lazy("没有定期限的不填。")
    )
    resolved_by = Line(
        label=lazy("授权决议"),
        required=False,
        help_text=lazy("例如：2026年3月1日村民会议决议"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("types", [c for _group, kinds in types() for c in kinds])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        some = given.get("everything") == "some"
        if some and not given.get("types"):
            self.add_error("types", _("请选择授权的事项。"))
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", _("到期日不能早于授权之日。"))
        given["everything"] = not some
        if not some:
            given["types"] = []
        return given
