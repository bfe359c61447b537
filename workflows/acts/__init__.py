"""What can be done. Every act has five beats: lock, allow, facts, move, record."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from audit import clock

if TYPE_CHECKING:
    from audit.models import Named
    from villages.models import User
    from villages.offices import Acting
    from workflows.models import Matter
    from workflows.permissions import HeldBy, OfVillage
    from workflows.rulebook import RuleSet
    from workflows.rules import Refusal


class BadInput(Exception):
    """What was entered cannot be: says which field, and what to write instead."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message, self.field = message, field


class OutOfTurn(Exception):
    """The matter's stage does not allow this act."""

    def __init__(
        self,
        matter: Matter | None,
        verb: str,
        why: str = "",
        about: Named | None = None,
    ) -> None:
        super().__init__(why or f"{verb} at {matter.stage if matter else '-'}")
        self.matter, self.verb, self.why = matter, verb, why
        self.about = about  # what the entry of the act speaks of, if not the matter


class AlreadyDone(OutOfTurn):
    """Somebody else has just done this; nothing was recorded twice."""


class Forbidden(PermissionDenied):
    """This person holds none of the offices that may perform the act."""

    def __init__(self, verb: str, roles: tuple[str, ...] = (), why: str = "") -> None:
        super().__init__(why or verb)
        self.verb, self.roles, self.why = verb, roles, why


class Refused(Exception):
    """Rules in force today stand in the way; each says which, why and what to do."""

    def __init__(self, unmet: list[Refusal]) -> None:
        super().__init__("；".join(f"{r.title}：{r.sentence}" for r in unmet))
        self.unmet = unmet

    @property
    def names(self) -> list[str]:
        return [refusal.name for refusal in self.unmet]


def permit(permission: HeldBy, subject: OfVillage, actor: Any, verb: str) -> Acting:
    """In which office the person acts here; raises Forbidden where in none."""
    if by := permission.acting(subject, actor):
        return by
    raise Forbidden(verb, permission.roles_for(subject))


def allow(bound: Any, actor: User | Acting) -> Acting:
    """Stage first, then person, then all rules at once; returns who acts as what.

    Raises OutOfTurn, Forbidden or Refused.
    """
    matter, verb = bound.__self__, bound.__name__
    edge = matter.edge(verb)
    if edge is None:
        raise OutOfTurn(matter, verb)
    by = permit(edge.permission, matter, actor, verb)
    if unmet := matter.unmet(verb):
        raise Refused(unmet)
    return by


def rule_facts(rules: RuleSet) -> dict[str, str]:
    """The rules an act was judged by, as an entry names them."""
    return {"ruleset": rules.name, "ruleset_hash": rules.hash}


def not_in_future(day: date, label: str) -> date:
    """The day, which people claim; raises BadInput where it lies ahead."""
    if day > clock.today():
        raise BadInput(_("%(label)s不能晚于今天。") % {"label": label})
    return day


def not_before(day: date, first: date, label: str, what: str) -> date:
    """The day, which people claim; raises BadInput where what it needs came later."""
    if day < first:
        raise BadInput(
            _("%(label)s不能早于%(what)s。") % {"label": label, "what": what}, "on"
        )
    return day


def required(text: str, label: str, field: str) -> str:
    """The text without blanks around it; raises BadInput where nothing is left."""
    if stripped := text.strip():
        return stripped
    raise BadInput(_("请填写%(label)s。") % {"label": label}, field)
