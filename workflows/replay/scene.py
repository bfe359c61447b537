"""Where a matter is played: the village, its people, and who does what."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from villages.cast import GROUPS, Cast
from villages.models import User
from workflows import flows
from workflows.acts import BadInput, OutOfTurn
from workflows.acts.drafting import Draft
from workflows.models import Matter
from workflows.permissions import HeldBy

from .scenario import Act

T = TypeVar("T")
# Where several hold an office, the first of them acts.
FIRST_OF = {"supervisor": "supervisor1", "party": "party01", "rep": "rep01"}
GROUP = GROUPS[0]


@dataclass
class Scene:
    """A village and the one matter that is played there."""

    cast: Cast
    draft: Draft
    number: int = 0  # the matter's key, once there is one

    @property
    def matter(self) -> Matter:
        """The matter as it stands now."""
        if not self.number:
            raise OutOfTurn(None, "draft", _("还没有起草。"))
        known = Matter.objects.select_related("village__division__parent")
        return known.get(pk=self.number)

    def user(self, office: str) -> User:
        """Who holds that office here."""
        account = FIRST_OF.get(office, office)
        if account not in self.cast.users:
            raise BadInput(_("这个村没有“%(office)s”。") % {"office": office})
        return self.cast.users[account]

    def actor(self, by: str | None, roles: Iterable[str]) -> User:
        """The office named, or the first of those that may which somebody holds."""
        held = (r for r in roles if FIRST_OF.get(r, r) in self.cast.users)
        return self.user(by or next(held))

    def second(self, offices: Iterable[str], *others: str) -> User:
        """Somebody in one of these offices who is none of the others."""
        for office in offices:
            if FIRST_OF.get(office, office) in self.cast.users:
                found = self.user(office)
                if str(found) not in others:
                    return found
        raise BadInput(_("找不到第二个人。"))


def does(
    scene: Scene,
    act: Act,
    permission: HeldBy,
    do: Callable[[Matter, User], T],
    verb: str = "",
) -> T:
    """Perform one act on the matter, by the duty it discharges."""
    matter = scene.matter
    actor = scene.actor(act.given.get("by"), permission.roles)
    return flows.perform(
        matter, verb or act.verb, lambda: do(matter, actor), actor=actor
    )


@dataclass(frozen=True)
class Plain:
    """An act that takes what the scenario says as it stands."""

    permission: HeldBy
    perform: Callable[..., Any]
    keys: tuple[str, ...] = ()

    def __call__(self, scene: Scene, act: Act) -> None:
        facts = {key: act.given[key] for key in self.keys if key in act.given}
        does(
            scene,
            act,
            self.permission,
            lambda matter, user: self.perform(matter, actor=user, **facts),
        )
