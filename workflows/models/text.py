"""The versions of a matter's text."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .matter import Matter


class MatterText(models.Model):
    """One version of a matter's text, hashed; never edited."""

    class Change(models.TextChoices):
        DRAFT = "draft", _("起草")
        ERRATUM = "erratum", _("勘误")
        AMEND = "amend", _("采纳意见修改")
        REVISE = "revise", _("重大修改")

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="texts")
    version = models.PositiveSmallIntegerField()
    change = models.CharField(max_length=10, choices=Change)
    source = models.CharField(_("采纳谁的意见"), max_length=100, blank=True)
    text = models.TextField(_("方案正文"))
    hash = models.CharField(max_length=64)
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("方案文本")
        constraints = (
            models.UniqueConstraint(
                fields=["matter", "version"], name="one_text_per_version"
            ),
        )

    def __str__(self) -> str:
        return f"{self.matter}（{self.version}）"
