"""Texts shown for a fixed time, and the proof that they were."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from audit import clock
from audit.canonical import canonical
from villages.models import User, Village
from workflows import rulebook

from .ballot import Resolution
from .matter import Matter
from .recorded import Recorded, newest


def hash_of(title: str, text: str) -> str:
    """What the log says of the words of a notice."""
    return hashlib.sha256(canonical({"text": text, "title": title})).hexdigest()


class NoticeQuerySet(models.QuerySet["Notice"]):
    def public(self) -> Self:
        """What everyone may read: no answer to a proposer."""
        return self.exclude(kind=Notice.Kind.REPLY)

    def standing(self) -> Self:
        """Notices no newer one has replaced."""
        return self.filter(superseded_by=None)


class Notice(Recorded):
    """A text shown for a fixed time. Not a message."""

    class Kind(models.TextChoices):
        RESOLUTION = "resolution", _("决议公示")
        RESULT = "result", _("实施结果公示")
        ITEM = "item", _("专项公开")
        BULLETIN = "bulletin", _("实施通报")
        REPLY = "reply", _("书面答复提议人")

    village = models.ForeignKey(Village, models.PROTECT, related_name="notices")
    matter = models.ForeignKey(
        Matter, models.PROTECT, null=True, blank=True, related_name="notices"
    )
    resolution = models.ForeignKey(
        Resolution, models.PROTECT, null=True, blank=True, related_name="notices"
    )
    kind = models.CharField(max_length=12, choices=Kind)
    item = models.CharField(_("公开事项"), max_length=30, blank=True)
    inapplicable = models.CharField(_("本项不适用的原因"), max_length=300, blank=True)
    title = models.CharField(max_length=150)
    board_text = models.TextField(_("张贴的文字"))
    text_hash = models.CharField(max_length=64)
    days = models.PositiveSmallIntegerField(_("应公示天数"))
    ruleset = models.CharField(max_length=100)
    ruleset_hash = models.CharField(max_length=64)
    supersedes = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded_by",
    )
    published_at = models.DateTimeField()
    audit_due_on = models.DateField(_("应审核日期"))
    published_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("公示")
        ordering = ("-pk",)
        indexes = (
            models.Index(fields=["village", "-published_at"]),
            models.Index(fields=["matter", "kind"]),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def rules(self) -> rulebook.RuleSet:
        return rulebook.named(self.ruleset)

    @property
    def published_on(self) -> date:
        return clock.local(self.published_at).date()

    @cached_property
    def posting(self) -> Posting | None:
        """The posting that counts now: the newest."""
        found: Posting | None = newest(self, "postings")
        return found

    @cached_property
    def audit(self) -> NoticeAudit | None:
        """What the supervisors said last of this notice."""
        found: NoticeAudit | None = newest(self, "audits")
        return found

    def elapsed(self, day: date) -> bool:
        """Whether it has hung for its full time, counted without the first day."""
        posting = self.posting
        if posting is None:
            return False
        if posting.taken_down_on and posting.taken_down_on <= posting.last_day:
            return False
        return day > posting.last_day


class Posting(Recorded):
    """Proof that a notice hung on the board from a day to a day."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="postings")
    place = models.CharField(_("张贴地点"), max_length=60)
    posted_on = models.DateField(_("张贴日期"))
    first_day = models.DateField(_("公示首日"))
    last_day = models.DateField(_("公示末日"))
    photo = models.FileField(_("照片"), upload_to="postings/%Y/", blank=True)
    photo_hash = models.CharField(max_length=64, blank=True)
    taken_down_on = models.DateField(_("撤下日期"), null=True, blank=True)
    repaired_on = models.DateField(_("补贴日期"), null=True, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("张贴凭证")
        ordering = ("pk",)
        indexes = (models.Index(fields=["last_day"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["notice"],
                condition=Q(taken_down_on=None),
                name="one_running_posting_per_notice",
            ),
        )

    def __str__(self) -> str:
        return f"{self.notice} {self.first_day}–{self.last_day}"

    @property
    def village(self) -> Village:
        return self.notice.village


class NoticeAudit(models.Model):
    """What the supervisors said of a notice."""

    class Outcome(models.TextChoices):
        PASS = "pass", _("同意公布")
        RECTIFY = "rectify", _("建议更正")

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="audits")
    outcome = models.CharField(_("意见"), max_length=10, choices=Outcome)
    note = models.TextField(_("理由"), blank=True)
    audited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    audited_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("公示审核")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.get_outcome_display()


class Report(models.Model):
    """What was said of progress, accounts and budget while it is carried out."""

    notice = models.OneToOneField(Notice, models.PROTECT, related_name="report")
    progress = models.PositiveSmallIntegerField(_("进度（%）"))
    spent = models.DecimalField(_("已支出（元）"), max_digits=14, decimal_places=2)
    note = models.TextField(_("完成内容"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("通报")
        constraints = (
            models.CheckConstraint(
                condition=Q(progress__lte=100), name="progress_is_a_percentage"
            ),
        )

    def __str__(self) -> str:
        return f"{self.progress}%"
