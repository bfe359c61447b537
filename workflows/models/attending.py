"""What is kept of a sitting besides who came: signatures, reasons, who listened."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from villages.models import RosterEntry

from .sitting import Sitting


class Signature(models.Model):
    """Strokes that somebody drew with a finger on signing in. Not a seal."""

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="signatures")
    entry = models.ForeignKey(RosterEntry, models.PROTECT, related_name="+")
    name = models.CharField(_("姓名"), max_length=40)
    strokes = models.TextField(_("笔迹"))
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = _("签名")
        constraints = (
            models.UniqueConstraint(
                fields=["sitting", "entry"], name="one_signature_per_person"
            ),
        )

    def __str__(self) -> str:
        return f"{self.entry}"


class Absence(models.Model):
    """Why somebody entitled did not come. Not an excuse that counts as present."""

    class Reason(models.TextChoices):
        LEAVE = "leave", _("请假")
        AWAY = "away", _("外出")
        ILL = "ill", _("生病")
        UNREACHED = "unreached", _("未通知到")
        NONE = "none", _("无故")

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="absences")
    entry = models.ForeignKey(RosterEntry, models.PROTECT, related_name="+")
    reason = models.CharField(_("缺席原因"), max_length=9, choices=Reason)
    name = models.CharField(_("姓名"), max_length=40)
    note = models.CharField(_("说明"), max_length=100, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("缺席")
        constraints = (
            models.UniqueConstraint(
                fields=["sitting", "entry"], name="one_absence_per_person"
            ),
        )

    def __str__(self) -> str:
        return f"{self.entry}"


class Observer(models.Model):
    """Somebody in the room who has no vote and is not 到会. Not an attendance."""

    class Capacity(models.TextChoices):
        SUPERVISOR = "supervisor", _("村务监督委员会成员")
        TOWNSHIP = "township", _("乡镇干部")
        SENT = "sent", _("第一书记、驻村工作队员")
        OTHER = "other", _("其他列席人")

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="observers")
    capacity = models.CharField(_("身份"), max_length=10, choices=Capacity)
    name = models.CharField(_("姓名"), max_length=40)
    post = models.CharField(_("单位及职务"), max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("列席")

    def __str__(self) -> str:
        return self.name
