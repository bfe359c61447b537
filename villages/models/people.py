from __future__ import annotations

from datetime import date, timedelta

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit import clock
from villages.models.village import Village

ADULT_AT = 18


def adult_if_born_by(on: date) -> date:
    """The last birthday of those who are eighteen on a day.

    Eighteen is reached on the birthday; who was born on a 29 February reaches it on
    the last day of that month where the year has no such day.
    """
    tomorrow = on + timedelta(days=1)
    if (tomorrow.month, tomorrow.day) == (2, 29):
        tomorrow += timedelta(days=1)
    return tomorrow.replace(year=tomorrow.year - ADULT_AT) - timedelta(days=1)


class Household(models.Model):
    """The people of a village who live as one household."""

    village = models.ForeignKey(
        Village, models.PROTECT, related_name="households", verbose_name=_("村")
    )
    number = models.CharField(_("户号"), max_length=20)
    group_name = models.CharField(_("村民小组"), max_length=30, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("户")
        constraints = [
            models.UniqueConstraint(
                name="one_household_per_number", fields=["village", "number"]
            ),
        ]

    def __str__(self) -> str:
        return self.number


class ResidentQuerySet(models.QuerySet["Resident"]):
    def living(self, on: date) -> ResidentQuerySet:
        """Those alive and still on the register on a day."""
        return self.filter(
            Q(died_on=None) | Q(died_on__gt=on),
            Q(left_on=None) | Q(left_on__gt=on),
            Q(joined_on=None) | Q(joined_on__lte=on),
        )

    def adults(self, on: date) -> ResidentQuerySet:
        """Those of eighteen and more who live here on a day."""
        return self.living(on).filter(lives_here=True, born__lte=adult_if_born_by(on))

    def party_voters(self, on: date) -> ResidentQuerySet:
        """Full party members with a vote, wherever they live."""
        return self.living(on).filter(party=Resident.Party.FULL)

    def members(self, on: date) -> ResidentQuerySet:
        """Adult members of the collective with full capacity, wherever they live.

        Who moves to a town stays a member until the members decide otherwise.
        """
        return self.filter(
            Q(died_on=None) | Q(died_on__gt=on),
            Q(joined_on=None) | Q(joined_on__lte=on),
            collective_member=True,
            capable=True,
            born__lte=adult_if_born_by(on),
        )


class Resident(models.Model):
    """A person on the register. Not a login."""

    class Sex(models.TextChoices):
        MALE = "m", _("男")
        FEMALE = "f", _("女")

    class Party(models.TextChoices):
        NONE = "none", _("非党员")
        FULL = "full", _("正式党员")
        PROBATIONARY = "probationary", _("预备党员")
        SUSPENDED = "suspended", _("留党察看")

    village = models.ForeignKey(
        Village, models.PROTECT, related_name="residents", verbose_name=_("村")
    )
    household = models.ForeignKey(
        Household,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="residents",
        verbose_name=_("户"),
    )
    name = models.CharField(_("姓名"), max_length=40)
    sex = models.CharField(_("性别"), max_length=1, choices=Sex)
    born = models.DateField(_("出生日期"))
    party = models.CharField(
        _("政治面貌"), max_length=12, choices=Party, default=Party.NONE
    )
    collective_member = models.BooleanField(_("集体经济组织成员"), default=False)
    capable = models.BooleanField(_("具有完全民事行为能力"), default=True)
    lives_here = models.BooleanField(_("在本村居住"), default=True)
    died_on = models.DateField(_("去世日期"), null=True, blank=True)
    left_on = models.DateField(_("迁出日期"), null=True, blank=True)
    joined_on = models.DateField(_("迁入日期"), null=True, blank=True)
    phone = models.CharField(_("电话"), max_length=30, blank=True)

    objects = ResidentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("村民")
        constraints = [
            models.CheckConstraint(
                name="resident_dies_after_birth",
                condition=Q(died_on=None) | Q(died_on__gte=F("born")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Kinship(models.Model):
    """What one resident is to another: `b` is the parent, the spouse … of `a`."""

    class Relation(models.TextChoices):
        SPOUSE = "spouse", _("配偶")
        PARENT = "parent", _("父母")
        CHILD = "child", _("子女")
        SIBLING = "sibling", _("兄弟姐妹")
        GRANDPARENT = "grandparent", _("祖父母、外祖父母")
        GRANDCHILD = "grandchild", _("孙子女、外孙子女")
        OTHER = "other", _("其他亲属")

    a = models.ForeignKey(
        Resident, models.CASCADE, related_name="kin", verbose_name=_("本人")
    )
    b = models.ForeignKey(
        Resident, models.CASCADE, related_name="kin_of", verbose_name=_("亲属")
    )
    relation = models.CharField(_("关系"), max_length=11, choices=Relation)

    class Meta:
        verbose_name = verbose_name_plural = _("亲属关系")
        constraints = [
            models.UniqueConstraint(name="one_kinship_per_pair", fields=["a", "b"]),
            models.CheckConstraint(
                name="nobody_is_their_own_kin", condition=~Q(a=F("b"))
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_relation_display())


class User(AbstractUser):
    """Somebody who signs in. Not a person's rights: those are in their offices."""

    resident = models.ForeignKey(
        Resident,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="users",
        verbose_name=_("村民"),
    )
    full_name = models.CharField(_("姓名"), max_length=40, blank=True)
    date_joined = models.DateTimeField(_("建立时间"), default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = _("账号")

    def __str__(self) -> str:
        return self.full_name or self.username

    def is_same_person(self, other: User) -> bool:
        """Whether both accounts are one person's, as far as the register tells."""
        if self.pk == other.pk:
            return True
        return self.resident_id is not None and self.resident_id == other.resident_id
