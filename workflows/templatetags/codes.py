"""What paper carries so that it can be held against the record."""

from __future__ import annotations

import segno
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from audit import codes, kept

register = template.Library()

QUIET = 4  # modules left white around a code, as its standard asks


@register.filter
def groups(digits: str) -> str:
    """Digits four by four, as they are read aloud."""
    return kept.in_groups(digits)


@register.filter
def code(uid: str) -> str:
    """The code of a public id, as it is printed."""
    return codes.spell(uid)


@register.simple_tag
def qr(address: str, label: str) -> SafeString:
    """An address to be read by a telephone, drawn without any style of its own."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        border=QUIET, omitsize=True, svgclass=None, lineclass=None
    )
    inside = mark_safe(drawn)  # noqa: S308 (squares alone, none of them ours to escape)
    return format_html(
        '<div class="qr" role="img" aria-label="{}">{}</div>', label, inside
    )
