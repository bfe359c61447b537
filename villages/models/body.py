from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from villages.models.people import Resident
from villages.models.village import Village


class Body(models.Model):
    """A body of the village for one term, known by who sits in it."""

    class Kind(models.TextChoices):
        BRANCH = "branch", _("党支部委员会")
        COMMITTEE = "committee", _("村民委员会")
        REPS = "reps", _("村民代表会议")
        SUPERVISORS = "supervisors", _("村务监督委员会")
        MEMBER_REPS = "member_reps", _("成员代表大会")
        GROUP = "group", _("村民小组")
        BOARD = "board", _("理事会")

    village = models.ForeignKey(
        Village, models.PROTECT, related_name="bodies", verbose_name=_("村")
    )
    kind = models.CharField(_("类别"), max_length=11, choices=Kind)
    name = models.CharField(_("名称"), max_length=60)
    term_from = models.DateField(_("本届首日"))
    term_to = models.DateField(_("本届末日"), null=True, blank=True)
    group_name = models.CharField(_("村民小组"), max_length=30, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("机构")
        constraints = [
            models.CheckConstraint(
                name="term_ends_after_it_begins",
                condition=Q(term_to=None) | Q(term_to__gte=F("term_from")),
            ),
            models.UniqueConstraint(
                name="one_open_term_per_body",
                fields=["village", "kind", "group_name"],
                condition=Q(term_to=None),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SeatQuerySet(models.QuerySet["Seat"]):
    def current(self, on: date) -> SeatQuerySet:
        """The seats held on a day, in a term that runs; first and last day count."""
        return self.filter(
            Q(until=None) | Q(until__gte=on),
            Q(body__term_to=None) | Q(body__term_to__gte=on),
            since__lte=on,
            body__term_from__lte=on,
        )


class Seat(models.Model):
    """Who sits in a body, from a day to a day. Not an office: it needs no login."""

    class Capacity(models.TextChoices):
        CHAIR = "chair", _("负责人")
        COMMITTEE = "committee", _("村民委员会成员")
        MEMBER = "member", _("成员")
        REP = "rep", _("代表")

    body = models.ForeignKey(
        Body, models.PROTECT, related_name="seats", verbose_name=_("机构")
    )
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="seats", verbose_name=_("村民")
    )
    capacity = models.CharField(
        _("身份"), max_length=9, choices=Capacity, default=Capacity.MEMBER
    )
    since = models.DateField(_("首日"))
    until = models.DateField(_("末日"), null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("席位")
        constraints = [
            models.CheckConstraint(
                name="seat_ends_after_it_begins",
                condition=Q(until=None) | Q(until__gte=F("since")),
            ),
            models.UniqueConstraint(
                name="one_seat_per_person_and_body",
                fields=["body", "resident"],
                condition=Q(until=None),
            ),
            models.UniqueConstraint(
                name="one_chair_per_body",
                fields=["body"],
                condition=Q(capacity="chair", until=None),
                violation_error_message=_("这个机构现在有负责人，请先登记离任。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_capacity_display())
