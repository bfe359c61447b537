"""Who may act as what, where, on a day: the predicates everything else asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from villages.models import Office, User, Village

CLOCK_ROLE = "clock"
OPERATOR_ROLE = "operator"  # who runs the service: no office, and no act of a matter


@dataclass(frozen=True)
class Acting:
    """A person in an office, or the clock, doing something in one place."""

    user: User | None
    role: str
    place: str
    deputy: bool = False

    @property
    def office(self) -> str:
        return self.role

    @property
    def person(self) -> str | None:
        return f"{self.user.pk}:{self.user}" if self.user else None

    @property
    def label(self) -> str | Promise:
        if self.role == CLOCK_ROLE:
            return _("自动办理")
        label = Office.Role(self.role).label
        if self.deputy:
            return _("%(office)s（临时代理）") % {"office": label}
        return label


CLOCK = Acting(None, CLOCK_ROLE, "")


def offices_of(
    user: User | AnonymousUser, village: Village, on: date | None = None
) -> list[Office]:
    """The offices in which this person may act in this village on a day.

    Those of the village come before those of its township and county, and holders
    before their deputies.
    """
    held = list(Office.objects.held_by(user, on).reaching(village).order_by())
    for office in held:
        office.holder = cast(User, user)  # known already, not to be fetched again
    return sorted(held, key=_rank)


def _rank(office: Office) -> tuple[bool, bool, date, int]:
    return office.village_id is None, office.deputy, office.since, office.pk


def acting(
    user: User | AnonymousUser,
    village: Village,
    roles: Sequence[str] | frozenset[str],
    on: date | None = None,
) -> Acting | None:
    """This person in one of the roles, by preference the first and not a deputy."""
    ranked = roles if isinstance(roles, Sequence) else sorted(roles)
    fitting = [o for o in offices_of(user, village, on) if o.role in ranked]
    if not fitting:
        return None
    best = min(fitting, key=lambda office: (ranked.index(office.role), office.deputy))
    place = best.division_id or village.slug
    return Acting(best.holder, best.role, place, best.deputy)
