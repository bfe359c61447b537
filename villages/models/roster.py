from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from villages.models.body import Seat
from villages.models.people import Household, Resident
from villages.models.village import Village


def fresh_salt() -> str:
    return secrets.token_hex(16)


class Roster(models.Model):
    """Who is entitled, on one day; immutable once frozen. Not the list of residents.

    It keeps names as they were on that day, and who was left out and why.
    """

    class Body(models.TextChoices):
        BRANCH = "branch", _("党支部委员会会议")
        JOINT = "joint", _("村“两委”联席会议")
        COMMITTEE = "committee", _("村民委员会会议")
        PARTY = "party", _("党支部党员大会")
        REPS = "reps", _("村民代表会议")
        VILLAGERS = "villagers", _("村民会议")
        GROUP = "group", _("村民小组会议")
        MEMBERS = "members", _("农村集体经济组织成员大会")
        MEMBER_REPS = "member_reps", _("成员代表大会")
        BOARD = "board", _("理事会会议")

    class Mode(models.TextChoices):
        PERSONS = "persons", _("按人")
        HOUSEHOLDS = "households", _("按户")

    village = models.ForeignKey(
        Village, models.PROTECT, related_name="rosters", verbose_name=_("村")
    )
    body = models.CharField(_("会议"), max_length=11, choices=Body)
    mode = models.CharField(
        _("计数方式"), max_length=10, choices=Mode, default=Mode.PERSONS
    )
    group_name = models.CharField(_("村民小组"), max_length=30, blank=True)
    compiled_on = models.DateField(_("以哪天为准"))
    # Names are few and known, so that a root without salt could be guessed from.
    salt = models.CharField(max_length=32, default=fresh_salt, editable=False)
    eligible = models.PositiveIntegerField(_("应到"), default=0)
    frozen_at = models.DateTimeField(_("定稿时间"), null=True, blank=True)
    root = models.CharField(_("名册摘要"), max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("名册")
        constraints = [
            models.CheckConstraint(
                name="frozen_roster_has_a_root",
                condition=Q(frozen_at=None, root="")
                | Q(frozen_at__isnull=False, root__regex="^[0-9a-f]{64}$"),
            ),
            models.CheckConstraint(
                name="households_count_only_among_villagers",
                condition=Q(mode="persons") | Q(body__in=["villagers", "group"]),
            ),
            models.CheckConstraint(
                name="group_roster_names_its_group",
                condition=Q(body="group") & ~Q(group_name="")
                | ~Q(body="group") & Q(group_name=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_body_display())


class RosterEntryQuerySet(models.QuerySet["RosterEntry"]):
    def entitled(self) -> RosterEntryQuerySet:
        return self.filter(left_out="")

    def left_out(self) -> RosterEntryQuerySet:
        return self.exclude(left_out="")

    def of(self, resident: Resident) -> RosterEntryQuerySet:
        """Where this person stands, or their household where households do."""
        own = Q(resident=resident)
        if resident.household_id:
            own |= Q(resident=None, household=resident.household_id)
        return self.filter(own)


class RosterEntry(models.Model):
    """One person or one household, entitled or left out with a reason."""

    class LeftOut(models.TextChoices):
        DECEASED = "deceased", _("已去世")
        MOVED = "moved", _("已迁出")
        AWAY = "away", _("不在本村居住")
        MINOR = "minor", _("未满十八周岁")
        PROBATIONARY = "probationary", _("预备党员，没有表决权")
        SUSPENDED = "suspended", _("留党察看期间，没有表决权")
        NO_CAPACITY = "no_capacity", _("不具有完全民事行为能力")
        NO_ADULT = "no_adult", _("户内没有在村居住的成年人")
        NO_HOUSEHOLD = "no_household", _("没有登记户号")
        BY_DECISION = "by_decision", _("依决定不列入")

    roster = models.ForeignKey(
        Roster, models.CASCADE, related_name="entries", verbose_name=_("名册")
    )
    resident = models.ForeignKey(
        Resident,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("村民"),
    )
    household = models.ForeignKey(
        Household,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("户"),
    )
    number = models.PositiveIntegerField(_("序号"))
    name = models.CharField(_("姓名"), max_length=40)
    sex = models.CharField(_("性别"), max_length=1, choices=Resident.Sex, blank=True)
    capacity = models.CharField(
        _("身份"), max_length=9, choices=Seat.Capacity, blank=True
    )
    left_out = models.CharField(
        _("未列入的原因"), max_length=12, choices=LeftOut, blank=True
    )
    note = models.CharField(_("说明"), max_length=300, blank=True)

    objects = RosterEntryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("名册条目")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                name="one_line_per_number", fields=["roster", "number"]
            ),
            models.UniqueConstraint(
                name="one_line_per_resident",
                fields=["roster", "resident"],
                condition=Q(resident__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_line_per_household",
                fields=["roster", "household"],
                condition=Q(resident=None),
            ),
            models.CheckConstraint(
                name="line_is_a_person_or_a_household",
                condition=Q(resident__isnull=False) | Q(household__isnull=False),
            ),
            models.CheckConstraint(
                name="decision_to_leave_out_is_explained",
                condition=~Q(left_out="by_decision") | ~Q(note=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """The same for this person on every roster, before there is a row as well."""
        return line_key(self.resident_id, self.household_id)


def line_key(resident: int | None, household: int | None) -> str:
    return f"r{resident}" if resident else f"h{household}"
