"""What was voted on is what was announced."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from audit import clock

from . import Shortfall, Words, rule

if TYPE_CHECKING:
    from workflows.models import Matter, MatterText


@rule(
    {
        "ballot": Words(
            _("表决的不是这一稿"),
            _("通知和审议的是第 %(n)s 稿，现在是第 %(m)s 稿。"),
            _("按第 %(n)s 稿表决；或在会上宣读改动，用“采纳意见修改”记录后再表决。"),
        ),
        "resolution": Words(
            _("公示内容与决议不一致"),
            _("决议通过的是第 %(n)s 稿，现在是第 %(m)s 稿。"),
            _("更正公示。"),
        ),
    }
)
def text_unchanged(matter: Matter) -> Shortfall | None:
    """The text put to the vote, resolved and shown is the same."""
    if matter.question is not None:
        return _on_ballot(matter)
    resolution = matter.resolution
    if resolution is None or resolution.text.version == matter.text_version:
        return None
    if _same(matter, resolution.text):
        return None
    facts = {"n": resolution.text.version, "m": matter.text_version}
    return Shortfall(matter.rules_on(), "text.unchanged", "resolution", facts)


def _on_ballot(matter: Matter) -> Shortfall | None:
    """The ballot's text is the matter's, but for what was read out at the sitting."""
    ballot = matter.question
    assert ballot is not None
    put = ballot.version or ballot.announced_version
    if put.version == matter.text_version:
        return None
    if _same(matter, put, since=ballot.sitting.held_on):
        return None
    facts = {"n": put.version, "m": matter.text_version}
    return Shortfall(ballot.sitting.rules, "text.unchanged", "ballot", facts)


def _same(matter: Matter, text: MatterText, since: date | None = None) -> bool:
    """Whether only slips of the pen, or what was read out since, lie in between."""
    later = matter.texts.filter(version__gt=text.version)
    return all(
        version.change == "erratum"
        or (
            since is not None
            and version.change == "amend"
            and clock.local(version.written_at).date() >= since
        )
        for version in later
    )
