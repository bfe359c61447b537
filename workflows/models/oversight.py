"""What villagers, supervisors, township and county bring to a matter."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from villages.models import User, Village
from workflows.stage import DECIDED

from .matter import Matter
from .notice import Notice
from .recorded import Recorded


class OfMatter(Recorded):
    """A row that belongs to a matter, and through it to a village."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="%(class)ss")

    class Meta:
        abstract = True

    @property
    def village(self) -> Village:
        return self.matter.village


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def open(self) -> Self:
        return self.filter(state=Objection.State.OPEN)


class Objection(OfMatter):
    """A challenge lodged while the notice runs. Not a comment."""

    class State(models.TextChoices):
        OPEN = "open", _("待答复")
        UPHELD = "upheld", _("成立")
        DISMISSED = "dismissed", _("不成立")

    class Remedy(models.TextChoices):
        REDECIDE = "redecide", _("修改后重新表决")
        CORRECTED_NOTICE = "corrected_notice", _("更正公示")

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="objections")
    name = models.CharField(_("姓名（公开时只写姓）"), max_length=30, blank=True)
    phone = models.CharField(_("手机号（不公开）"), max_length=20, blank=True)
    text = models.TextField(_("意见"))
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    lodged_at = models.DateTimeField()
    due_on = models.DateField(_("应答复日期"))
    ruleset = models.CharField(max_length=100)
    answer = models.TextField(_("答复"), blank=True)
    remedy = models.CharField(max_length=20, choices=Remedy, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("异议")
        ordering = ("pk",)
        indexes = (models.Index(fields=["state", "due_on"]),)
        constraints = (
            models.CheckConstraint(
                condition=Q(state="open") | ~Q(answer=""),
                name="an_objection_is_closed_by_an_answer",
            ),
        )

    def __str__(self) -> str:
        return f"{self.uid}"


class Opinion(OfMatter):
    """What the supervisors ask to be answered."""

    text = models.TextField(_("监督意见"))
    given_at = models.DateTimeField()
    due_on = models.DateField(_("应答复日期"))
    answer = models.TextField(_("答复"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("监督意见")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.uid}"


class Advice(OfMatter):
    """A question of law pointed out by township or county; it blocks nothing."""

    text = models.TextField(_("提示内容"))
    given_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("合法性提示")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.uid}"


class Rectification(OfMatter):
    """An order from township or county to put right, with its legal basis."""

    class State(models.TextChoices):
        ORDERED = "ordered", _("待报告改正情况")
        COMPLIED = "complied", _("待核查")
        CLOSED = "closed", _("已核查")

    class Basis(models.TextChoices):
        DECISION = "order.decision", _("会议决定违反法律、法规、政策")
        DUTY = "order.duty", _("村民委员会不依法履行义务")
        DISCLOSURE = "order.disclosure", _("不及时公布或公布不真实")

    stage_left = models.CharField(
        max_length=20, choices=[(stage.value, stage.label) for stage in DECIDED]
    )
    basis = models.CharField(_("法律依据"), max_length=30, choices=Basis)
    text = models.TextField(_("改正要求"))
    due_on = models.DateField(_("改正期限"))
    ordered_by_role = models.CharField(max_length=20)
    ordered_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.ORDERED)
    complied = models.TextField(_("改正情况"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("责令改正")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["matter"],
                condition=~Q(state="closed"),
                name="one_order_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.uid}"


class Approval(OfMatter):
    """What the competent authority decided after the village had decided."""

    class Outcome(models.TextChoices):
        APPROVED = "approved", _("批准")
        REFUSED = "refused", _("不批准")

    kind = models.CharField(max_length=10)
    authority = models.CharField(_("机关"), max_length=60)
    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome)
    paper = models.CharField(_("文号"), max_length=60, blank=True)
    decided_on = models.DateField(_("日期"))

    class Meta:
        verbose_name = verbose_name_plural = _("报批报备")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.authority} {self.get_outcome_display()}"


class Acceptance(OfMatter):
    """Who accepted the works; or that the matter is done."""

    works = models.BooleanField()
    people = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    supervisors = models.PositiveSmallIntegerField(default=0)
    note = models.TextField(_("验收意见"), blank=True)
    accepted_on = models.DateField(_("日期"))

    class Meta:
        verbose_name = verbose_name_plural = _("验收")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.accepted_on}"


class Document(OfMatter):
    """A paper of the matter: what the catalogue asks for, or another."""

    code = models.CharField(_("材料"), max_length=40, blank=True)
    name = models.CharField(_("名称"), max_length=100)
    absent_because = models.CharField(_("无此材料的原因"), max_length=300, blank=True)
    file = models.FileField(_("照片或 PDF"), upload_to="documents/%Y/", blank=True)
    hash = models.CharField(max_length=64, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("材料")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class Explanation(OfMatter):
    """What the village says of something irregular."""

    finding = models.CharField(max_length=60)
    text = models.TextField(_("说明"))
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("情况说明")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.finding
