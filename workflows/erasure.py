"""Erasing what belongs to one person: what was sealed goes, every entry stays.

A sealed value is erased by deleting its row; which were erased is recorded by their
commitments, so that one that is missing without a word is noticed. Names that the law
asks to be kept stay: on frozen rosters, on the register, of who held an office.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from audit.log import record
from audit.models import Commitment, Entry
from villages.models import Resident, User, Village
from villages.offices import OPERATOR_ROLE
from workflows.masking import surname
from workflows.models import Absence, Objection, Observer, Signature

# How rows stand says nothing of a person, and is never erased.
NEVER = "/facts/rows"
WHO = "/person"
SHORTEST = 2  # a name of one character would be found everywhere
HIDDEN = "****"
AT_ONCE = 800  # commitments that one entry can name


class NotFound(Exception):
    """No such person, or more than one; the message says which."""


@dataclass(frozen=True)
class Operator:
    """Who runs the service, and acts in no office."""

    place: str
    office: str = OPERATOR_ROLE
    person: str = OPERATOR_ROLE


@dataclass(frozen=True)
class OfVillage:
    """A village as an entry names it."""

    village: Village

    @property
    def subject(self) -> str:
        return f"village/{self.village.slug}"


@dataclass(frozen=True)
class Person:
    """Whom it is about: accounts, names, and the villages in which they are known."""

    label: str
    accounts: Sequence[User]
    names: frozenset[str]
    phones: frozenset[str]
    villages: Sequence[Village]
    namesakes: int = field(default=0)  # others of the same name on the register

    @cached_property
    def objections(self) -> list[Objection]:
        """What they brought themselves."""
        theirs = Q(name__in=self.names) | Q(phone__in=self.phones)
        rows = Objection.objects.filter(theirs, matter__village__in=self.villages)
        return list(rows.order_by("pk"))

    @cached_property
    def said(self) -> list[str]:
        """What gives them away wherever it stands, the longest first."""
        brought = {o.phone for o in self.objections} | {o.name for o in self.objections}
        words = self.names | self.phones | brought
        return sorted((w for w in words if len(w) >= SHORTEST), key=len, reverse=True)

    @cached_property
    def commitments(self) -> QuerySet[Commitment]:
        """All that is sealed and says who they are."""
        who = Q()
        for account in self.accounts:
            who |= Q(path=WHO, value__startswith=f'"{account.pk}:')
        named = Q()
        for word in self.said:
            named |= Q(value__contains=json.dumps(word, ensure_ascii=False)[1:-1])
        here = Q(entry__village__in=[village.slug for village in self.villages])
        told = (named & here & ~Q(path=WHO)) if named else Q(pk__in=[])
        found = (who | told) if who else told
        rows = Commitment.objects.filter(found).exclude(path=NEVER)
        return rows.order_by("entry_id", "path")


# -- who it is


def resident_of(village: Village, who: str) -> Person:
    """A resident by name, or by the number on the register."""
    by = Q(name=who)
    if who.isascii() and who.isdigit() and len(who) < 10:  # noqa: PLR2004
        by |= Q(pk=int(who))
    found = list(village.residents.filter(by).prefetch_related("users")[:10])
    if not found:
        raise NotFound(_("%(village)s没有这个人：%(who)s。") % _about(village, who))
    if len(found) > 1:
        numbers = "、".join(f"{r.pk}（{r.born:%Y}年生）" for r in found)
        words = _("%(village)s有几个%(who)s，请改写编号：%(numbers)s。")
        raise NotFound(words % (_about(village, who) | {"numbers": numbers}))
    (resident,) = found
    same = village.residents.filter(name=resident.name).exclude(pk=resident.pk)
    accounts = list(resident.users.all())
    return Person(
        resident.name,
        accounts,
        frozenset({resident.name, *(u.full_name for u in accounts if u.full_name)}),
        frozenset({resident.phone} - {""}),
        _acted_in(accounts, [village]),
        same.count(),
    )


def _about(village: Village, who: str) -> dict[str, str]:
    return {"village": village.name, "who": who}


def account_of(username: str) -> Person:
    """Somebody by the account they sign in with."""
    user = User.objects.select_related("resident__village").filter(username=username)
    account = user.first()
    if account is None:
        raise NotFound(_("没有这个账号：%(name)s。") % {"name": username})
    resident: Resident | None = account.resident
    home = [resident.village] if resident else []
    names = {account.full_name, resident.name if resident else ""} - {""}
    phones = {resident.phone if resident else ""} - {""}
    return Person(
        str(account),
        [account],
        frozenset(names),
        frozenset(phones),
        _acted_in([account], home),
    )


def _acted_in(accounts: Iterable[User], home: Iterable[Village]) -> list[Village]:
    """Where these accounts recorded anything, and where the person lives."""
    slugs = {village.slug for village in home}
    for account in accounts:
        mine = Entry.objects.filter(
            commitments__path=WHO, commitments__value__startswith=f'"{account.pk}:'
        )
        slugs |= set(mine.values_list("village", flat=True).distinct())
    return list(Village.objects.filter(slug__in=slugs).order_by("slug"))


# -- what is done


@transaction.atomic
def erase(person: Person) -> int:
    """All of it goes, and is recorded as gone; how many sealed values there were."""
    rows = list(
        person.commitments.select_related("entry").select_for_update(of=["self"])
    )
    for objection in person.objections:
        _blank(objection, person.said)
    _blank_at_the_door(person)
    Commitment.objects.filter(pk__in=[row.pk for row in rows]).delete()
    for village in Village.objects.filter(slug__in={r.entry.village for r in rows}):
        gone = iter([_sealed(r) for r in rows if r.entry.village == village.slug])
        for some in _some(gone):
            by = Operator(village.slug)
            record("village.erased", OfVillage(village), by, erased=some)
    return len(rows)


def _blank(objection: Objection, words: Iterable[str]) -> None:
    """Without name and number, also where they stand in what was said."""
    name = objection.name
    for word in words:
        instead = surname(word) if word == name else HIDDEN
        objection.text = objection.text.replace(word, instead)
        objection.answer = objection.answer.replace(word, instead)
    objection.name = objection.phone = ""
    objection.save(update_fields=["name", "phone", "text", "answer"])


def _blank_at_the_door(person: Person) -> None:
    """Without the strokes of their name, and without what was said of them there."""
    theirs = {"name__in": person.names, "sitting__village__in": person.villages}
    Signature.objects.filter(**theirs).update(name="", strokes="")
    Absence.objects.filter(**theirs).update(name="", note="")
    Observer.objects.filter(**theirs).update(name="", post="")


def _sealed(row: Commitment) -> str:
    """What stands in the entry in its place."""
    content, name = row.entry.content, row.path.removeprefix("/facts/")
    place = content["person"] if row.path == WHO else content["facts"][name]
    return str(place["sealed"])


def _some(gone: Iterator[str]) -> Iterator[list[str]]:
    while some := list(islice(gone, AT_ONCE)):
        yield some
