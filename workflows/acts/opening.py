"""Whether an item can be put to the vote now, and by which method."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from audit import clock
from workflows.models import Ballot, Sitting
from workflows.models.ballot import LONGEST

from . import AlreadyDone, BadInput, OutOfTurn
from .steps import in_its_place, verb_of

if TYPE_CHECKING:
    from workflows.models import Matter


def can_open(ballot: Ballot) -> None:
    """Whether the item's turn has come; raises AlreadyDone or OutOfTurn."""
    matter, sitting = ballot.matter, ballot.sitting
    if ballot.state != Ballot.State.SCHEDULED:
        raise AlreadyDone(matter, "open_ballot", about=ballot)
    if sitting.paper:
        raise OutOfTurn(matter, "open_ballot", _("这次会议是会后录入的，请录入票数。"))
    if sitting.state != Sitting.State.HELD:
        raise OutOfTurn(matter, "open_ballot", _("先登记到会，再开始表决。"))
    if not in_its_place(ballot):
        raise OutOfTurn(matter, verb_of(ballot))
    if not matter.may_rest_on(sitting.held_on):
        why = _("会议在%(held)s召开，本事项%(since)s才到这一步，请另行召集。")
        facts = {"held": sitting.held_on, "since": matter.stage_since}
        raise OutOfTurn(matter, "open_ballot", why % facts)
    _put_nowhere_else(matter)


def _put_nowhere_else(matter: Matter) -> None:
    """Of two sittings that vote on the same at once, one result would be chosen."""
    if matter.ballots.under_way().exists():
        why = _("本事项正在另一次会议上表决。请先宣布那次的结果，或者作废那次表决。")
        raise OutOfTurn(matter, "open_ballot", why)


def ends_at(sitting: Sitting, asked: datetime | None = None) -> datetime:
    """Until when people may cast their votes themselves; raises BadInput.

    Rules allow it to those who were ticked and are in the room, so on the day of the
    sitting, or after midnight, and not for days.
    """
    if not sitting.rules["vote.electronic"].value:
        why = _("这里没有规定可以电子表决，请用举手表决或者无记名投票。")
        raise BadInput(why, "method")
    if sitting.attendances.filter(left_at=None).count() != sitting.present:
        why = _("到会是按人数登记的。电子表决要按人登记到会，请先修改到会人数。")
        raise BadInput(why, "method")
    if clock.today() > sitting.held_on + timedelta(days=1):
        why = _("电子表决只给在会场的人用，开会的日子已经过了。请用其他方式表决。")
        raise BadInput(why, "method")
    latest = clock.now() + LONGEST
    if asked is not None and asked <= clock.now():
        raise BadInput(_("截止时间已经过了。"), "closes_at")
    return min(asked or latest, latest)
