from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from audit import clock

if TYPE_CHECKING:
    from villages.models.people import User


class Division(models.Model):
    """The township or the county above a village."""

    class Level(models.TextChoices):
        COUNTY = "county", _("县")
        TOWNSHIP = "township", _("乡镇")

    code = models.CharField(_("代码"), max_length=12, primary_key=True)
    name = models.CharField(_("名称"), max_length=60)
    level = models.CharField(_("级别"), max_length=8, choices=Level)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("上级"),
    )
    overlay = models.CharField(_("本地规则"), max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("行政区划")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="township_lies_in_a_county",
                condition=Q(level="county", parent=None)
                | Q(level="township", parent__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def government(self) -> str:
        """Whom one may turn to; a part of a town that is none has no government."""
        named = self.name.endswith(("乡", "镇", "县"))
        return _("%(name)s人民政府") % {"name": self.name} if named else self.name


class OfficeQuerySet(models.QuerySet["Office"]):
    def current(self, on: date | None = None) -> OfficeQuerySet:
        """The offices in force on a day; the first and the last day count."""
        day = on or clock.today()
        return self.filter(
            Q(until=None) | Q(until__gte=day),
            since__lte=day,
        )

    def held_by(
        self, user: User | AnonymousUser, on: date | None = None
    ) -> OfficeQuerySet:
        """What this person may act as on a day; nothing for who is not signed in."""
        if user.pk is None or not user.is_active:
            return self.none()
        return self.current(on).filter(holder_id=user.pk)

    def reaching(self, village: Village) -> OfficeQuerySet:
        """The village's own offices and those of the township and county above it."""
        above = Q(division_id__in=_above(village))
        return self.filter(Q(village_id=village.pk) | above)


def _above(village: Village) -> QuerySet[Division] | list[str]:
    """The township and the county; asked of the database only where not known."""
    if not Village._meta.get_field("division").is_cached(village):
        known = Q(pk=village.division_id) | Q(children=village.division_id)
        return Division.objects.filter(known)
    township = village.division
    return [code for code in (township.pk, township.parent_id) if code]


class Office(models.Model):
    """A role held in a body, from a day to a day. Not a Django group.

    The body is one of a village, or the township or county above it.
    """

    class Role(models.TextChoices):
        CLERK = "clerk", _("村文书")
        SECRETARY = "secretary", _("村党支部书记")
        DEPUTY_SECRETARY = "deputy_secretary", _("村党支部副书记")
        RECORDER = "recorder", _("支部记录人")
        DIRECTOR = "director", _("村民委员会主任")
        DEPUTY_DIRECTOR = "deputy_director", _("村民委员会副主任")
        COMMITTEE = "committee", _("村民委员会委员")
        SUPERVISOR = "supervisor", _("村务监督委员会成员")
        PARTY = "party", _("党员")
        REP = "rep", _("村民代表")
        GROUP_LEADER = "group_leader", _("村民小组组长")
        BOARD_CHAIR = "board_chair", _("理事长")
        ACCOUNTANT = "accountant", _("报账员")
        TOWNSHIP = "township", _("乡镇联村干部")
        COUNTY = "county", _("县督查人员")

    VILLAGE_COMMITTEE = frozenset({Role.DIRECTOR, Role.DEPUTY_DIRECTOR, Role.COMMITTEE})

    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="offices",
        verbose_name=_("任职人"),
    )
    village = models.ForeignKey(
        "villages.Village",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="offices",
        verbose_name=_("村"),
    )
    division = models.ForeignKey(
        Division,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="offices",
        verbose_name=_("行政区划"),
    )
    role = models.CharField(_("职务"), max_length=20, choices=Role)
    since = models.DateField(_("任职首日"))
    until = models.DateField(_("任职末日"), null=True, blank=True)
    deputy = models.BooleanField(_("临时代理"), default=False)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("职务")
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(
                name="office_is_in_one_village_or_one_division",
                condition=Q(
                    village__isnull=False,
                    division=None,
                )
                & ~Q(role__in=["township", "county"])
                | Q(
                    village=None,
                    division__isnull=False,
                    role__in=["township", "county"],
                ),
                violation_error_message=_("村里的职务在村，乡镇、县的职务在乡镇、县。"),
            ),
            models.CheckConstraint(
                name="office_ends_after_it_begins",
                condition=Q(until=None) | Q(until__gte=F("since")),
                violation_error_message=_("任职末日不能早于首日。"),
            ),
            # The law gives a village one of each; every other role may be shared.
            models.UniqueConstraint(
                name="one_head_at_a_time",
                fields=["village", "role"],
                condition=Q(
                    role__in=["secretary", "director", "board_chair"],
                    until=None,
                    deputy=False,
                ),
                violation_error_message=_("这个职务现在有人担任，请先登记离任。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_role_display())


# A village lies below the offices of its township and of its county.
BELOW = Q(division=OuterRef("division_id")) | Q(
    division=OuterRef("division__parent_id")
)


class VillageQuerySet(models.QuerySet["Village"]):
    def for_user(
        self, user: User | AnonymousUser, on: date | None = None
    ) -> VillageQuerySet:
        """The villages where this person holds an office, or which lie below one."""
        return self._reached_by(user, on, Q(village=OuterRef("pk")) | BELOW)

    def within(
        self, user: User | AnonymousUser, on: date | None = None
    ) -> VillageQuerySet:
        """The villages in the township or the county this person watches over."""
        return self._reached_by(user, on, BELOW)

    def _reached_by(
        self, user: User | AnonymousUser, on: date | None, reach: Q
    ) -> VillageQuerySet:
        if user.pk is None:
            return self.none()
        return self.filter(Exists(Office.objects.held_by(user, on).filter(reach)))

    def locked(self, pk: int) -> Village:
        """One village, nobody else changing it until the transaction ends.

        Its key is left free, so that rows that name the village need not wait.
        """
        return self.select_for_update(of=("self",), no_key=True).get(pk=pk)


class Village(models.Model):
    """A community that decides. Not a tenant setting.

    Villages merge and are renamed, so that one may have other names, a successor,
    an end, or no code at all. The slug stays what it was: it stands in the record.
    """

    class Kind(models.TextChoices):
        VILLAGE = "village", _("村")
        NEIGHBOURHOOD = "neighbourhood", _("社区")

    division = models.ForeignKey(
        Division, models.PROTECT, related_name="villages", verbose_name=_("乡镇")
    )
    slug = models.SlugField(_("编号"), max_length=40, unique=True)
    code = models.CharField(
        _("行政区划码"), max_length=12, unique=True, null=True, blank=True
    )
    name = models.CharField(_("名称"), max_length=60)
    kind = models.CharField(
        _("类别"), max_length=13, choices=Kind, default=Kind.VILLAGE
    )
    aliases = ArrayField(
        models.CharField(max_length=60),
        verbose_name=_("别名"),
        default=list,
        blank=True,
    )
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("并入"),
    )
    valid_from = models.DateField(_("设立日期"), null=True, blank=True)
    valid_to = models.DateField(_("撤销日期"), null=True, blank=True)
    overlay = models.CharField(_("本村规则"), max_length=60, blank=True)
    phone = models.CharField(_("村委会电话"), max_length=30, blank=True)
    supervisors_phone = models.CharField(_("村监委电话"), max_length=30, blank=True)
    board_place = models.CharField(_("张贴地点"), max_length=60, default="村务公开栏")

    objects = VillageQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("村")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                name="slug_can_stand_in_the_record",
                condition=Q(slug__regex="^[a-z0-9][a-z0-9-]*$"),
            ),
            models.CheckConstraint(
                name="village_ends_after_it_begins",
                condition=Q(valid_from=None)
                | Q(valid_to=None)
                | Q(valid_to__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="village_does_not_succeed_itself",
                condition=Q(successor=None) | ~Q(successor=F("pk")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def overlays(self) -> tuple[str, ...]:
        """The names of the local rules that apply here, the nearest last."""
        township = self.division
        county = township.parent
        named = (county.overlay if county else "", township.overlay, self.overlay)
        return tuple(name for name in named if name)
