"""How dates, money and stages are written on every page."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from audit import clock
from workflows.stage import Stage

register = template.Library()

WEEKDAYS = "一二三四五六日"
NOON = 12
TEN_THOUSAND = 10_000

# Stages that the eye must tell apart; the words tell them apart as well.
TONES = {
    Stage.ANNOUNCED: "up",
    Stage.REPORTED: "up",
    Stage.REJECTED: "stop",
    Stage.RECTIFYING: "stop",
    Stage.WITHDRAWN: "over",
    Stage.ARCHIVED: "over",
}


def _local_day(value: date) -> date:
    return clock.local(value).date() if isinstance(value, datetime) else value


@register.filter
def zh_date(value: date | None) -> str:
    """2026年3月20日."""
    if not value:
        return ""
    day = _local_day(value)
    return _("%(year)s年%(month)s月%(day)s日") % {
        "year": day.year,
        "month": day.month,
        "day": day.day,
    }


@register.filter
def zh_day(value: date | None) -> str:
    """2026年3月20日（星期五）."""
    if not value:
        return ""
    return _("%(date)s（星期%(weekday)s）") % {
        "date": zh_date(value),
        "weekday": WEEKDAYS[_local_day(value).weekday()],
    }


def _part_of_day(hour: int) -> str:
    parts = ((6, _("凌晨")), (NOON, _("上午")), (13, _("中午")), (18, _("下午")))
    return next((part for until, part in parts if hour < until), _("晚上"))


@register.filter
def zh_clock(value: datetime | time | None) -> str:
    """上午9时, 上午9时30分, 下午3时: the hour alone."""
    if value is None or value == "":
        return ""
    at = clock.local(value).time() if isinstance(value, datetime) else value
    words = {
        "part": _part_of_day(at.hour),
        "hour": at.hour - NOON if at.hour > NOON else at.hour,
        "minute": at.minute,
    }
    if at.minute:
        return _("%(part)s%(hour)s时%(minute)s分") % words
    return _("%(part)s%(hour)s时") % words


@register.filter
def zh_time(value: datetime | time | None) -> str:
    """An instant as 2026年3月20日（星期五）上午9时; a time of day as 上午9时."""
    if isinstance(value, datetime):
        return zh_day(value) + zh_clock(value)
    return zh_clock(value)


@register.filter
def span(start: date | None, end: date | None) -> str:
    """2026年3月21日至4月4日，共15日."""
    if not start or not end:
        return ""
    first, last = _local_day(start), _local_day(end)
    until = zh_date(last)
    if first.year == last.year:
        until = _("%(month)s月%(day)s日") % {"month": last.month, "day": last.day}
    return _("%(start)s至%(end)s，共%(days)s日") % {
        "start": zh_date(first),
        "end": until,
        "days": (last - first).days + 1,
    }


@register.filter
def money(value: Decimal | int | str | None) -> str:
    """38万元（380000.00元）, or 9600.00元 up to ten thousand."""
    if value is None or value == "":
        return ""
    amount = Decimal(value)
    exact = _("%(amount)s元") % {"amount": f"{amount:.2f}"}
    if abs(amount) <= TEN_THOUSAND:
        return exact
    short = f"{(amount / TEN_THOUSAND).normalize():f}"
    return _("%(short)s万元（%(exact)s）") % {"short": short, "exact": exact}


@register.filter
def grounds(clause: str | None) -> str:
    """A clause that cites, standing alone: without the comma that leads on."""
    return (clause or "").rstrip("，")


@register.simple_tag
def stage_badge(matter: Any) -> SafeString:
    """The stage of a matter, in the words of its own chain."""
    return format_html(
        '<span class="tag {}">{}</span>',
        TONES.get(matter.stage, "going"),
        matter.stage_label,
    )


@register.simple_tag(takes_context=True)
def here(context: template.Context, address: str) -> str:
    """Mark the link of the section the reader is in; `/` is a page, not a section.

    Below a village's board lie pages that belong elsewhere: a sitting of that village,
    or what its representatives may decide. One's own sittings are sittings.
    """
    path = getattr(context.get("request"), "path", "")
    if "/sittings/" in path or path == "/mine/":
        path = "/sittings/"
    elif path.endswith("/authorise/"):
        path = "/matters/"
    inside = path == address if address == "/" else path.startswith(address)
    return mark_safe(' aria-current="page"') if inside else ""
