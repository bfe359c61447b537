"""What was signed by hand, photographed or scanned."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from villages.models import User

from .sitting import Sitting


class SignedPage(models.Model):
    """One page that was signed by hand, as it was handed in. Not a document."""

    class Sort(models.TextChoices):
        SIGN_IN = "sign_in", _("签到册")
        TALLY = "tally", _("计票单")
        MINUTES = "minutes", _("会议记录")
        RESOLUTION = "resolution", _("决议书")
        OTHER = "other", _("其他原件")

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="pages")
    number = models.PositiveSmallIntegerField(_("第几页"))
    sort = models.CharField(_("是什么"), max_length=12, choices=Sort)
    file = models.FileField(_("原件"), upload_to="sittings/%Y/")
    hash = models.CharField(max_length=64)
    size = models.PositiveIntegerField(_("字节"))
    # A smaller copy of a photograph, for the screen, without what the camera wrote.
    reading = models.FileField(_("阅读用"), upload_to="sittings/%Y/", blank=True)
    exif = models.TextField(_("照片自带的信息"), blank=True)
    attached_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    attached_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("签字原件")
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=["sitting", "number"], name="each_page_has_its_number"
            ),
            models.UniqueConstraint(
                fields=["sitting", "hash"], name="each_page_once_a_sitting"
            ),
        )

    def __str__(self) -> str:
        facts = {"sort": self.get_sort_display(), "n": self.number}
        return _("第 %(n)s 页　%(sort)s") % facts
