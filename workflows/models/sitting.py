"""Sittings, who came, and what is put to them."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from audit import clock
from villages.models import Roster, RosterEntry, User, Village
from workflows import bodies, rulebook

from .recorded import Recorded


class SittingQuerySet(models.QuerySet["Sitting"]):
    def locked(self, pk: int) -> Sitting:
        """The sitting as it is now, held until the transaction ends."""
        return self.select_for_update(of=("self",)).select_related("roster").get(pk=pk)

    def for_user(self, user: User) -> Self:
        return self.filter(village__in=Village.objects.for_user(user))


class Sitting(Recorded):
    """One sitting of one body. Not a calendar entry."""

    class State(models.TextChoices):
        CONVENED = "convened", _("已通知")
        HELD = "held", _("开会中")
        CLOSED = "closed", _("已散会")
        LAPSED = "lapsed", _("流会")

    class Mode(models.TextChoices):
        PERSONS = "persons", _("按人")
        HOUSEHOLDS = "households", _("按户")

    class Means(models.TextChoices):
        IN_PERSON = "in_person", _("当面")
        VISIT = "visit", _("入户")
        PHONE = "phone", _("电话")
        SMS = "sms", _("短信")
        WECHAT = "wechat", _("微信")
        BROADCAST = "broadcast", _("广播")
        POSTED = "posted", _("张贴")

    village = models.ForeignKey(Village, models.PROTECT, related_name="sittings")
    body = models.CharField(_("会议"), max_length=20, choices=bodies.CHOICES)
    mode = models.CharField(
        _("参加方式"), max_length=12, choices=Mode, default=Mode.PERSONS
    )
    group_name = models.CharField(_("村民小组"), max_length=30, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.CONVENED)
    paper = models.BooleanField(_("会后录入"), default=False)
    convenor = models.CharField(_("召集人"), max_length=20)
    chair = models.CharField(_("主持人"), max_length=30, blank=True)
    recorder = models.CharField(_("记录人"), max_length=30, blank=True)
    operator = models.ForeignKey(User, models.PROTECT, related_name="+")
    place = models.CharField(_("地点"), max_length=60, blank=True)
    held_at = models.DateTimeField(_("开会时间"))
    noticed_at = models.DateTimeField(_("通知时间"))
    special_reason = models.CharField(_("临时通知的理由"), max_length=300, blank=True)
    means = ArrayField(
        models.CharField(max_length=12, choices=Means), default=list, blank=True
    )
    reached = models.PositiveIntegerField(_("通知到"), null=True, blank=True)
    unreached = models.PositiveIntegerField(_("没有通知到"), default=0)
    unreached_who = models.TextField(_("没有通知到的人和原因"), blank=True)
    roster = models.OneToOneField(
        Roster, models.PROTECT, null=True, blank=True, related_name="sitting"
    )
    in_person = models.PositiveIntegerField(_("现场"), default=0)
    online = models.PositiveIntegerField(_("在线"), default=0)
    strangers = models.PositiveIntegerField(_("到会而不在名册"), default=0)
    by_proxy = models.PositiveIntegerField(_("书面委托"), default=0)
    sign_in_sheet = models.FileField(
        _("签到册照片"), upload_to="sittings/%Y/", blank=True
    )
    sign_in_hash = models.CharField(max_length=64, blank=True)
    tally_sheet = models.FileField(
        _("计票单照片"), upload_to="sittings/%Y/", blank=True
    )
    tally_hash = models.CharField(max_length=64, blank=True)
    ruleset = models.CharField(max_length=100)
    ruleset_hash = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    objects = SittingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("会议")
        indexes = (
            models.Index(fields=["village", "-held_at"]),
            models.Index(fields=["-held_at", "-id"]),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state="convened") | models.Q(roster__isnull=False),
                name="a_sitting_held_has_a_roster",
            ),
        )

    def __str__(self) -> str:
        return f"{clock.local(self.held_at):%Y-%m-%d} {self.get_body_display()}"

    @property
    def words(self) -> bodies.Body:
        """What this body is called."""
        return bodies.BODIES[self.body]

    @property
    def held_on(self) -> date:
        """The day people say it was held, in local time."""
        return clock.local(self.held_at).date()

    @property
    def noticed_on(self) -> date:
        return clock.local(self.noticed_at).date()

    @property
    def rules(self) -> rulebook.RuleSet:
        """The rules pinned on the day of the sitting."""
        return rulebook.named(self.ruleset)

    @property
    def present(self) -> int:
        """到会: in the room, and for a members' assembly online and by proxy."""
        return self.in_person + self.online + self.by_proxy

    @property
    def eligible(self) -> int:
        """应到: those entitled on the frozen roster."""
        return self.roster.eligible if self.roster else 0

    @property
    def quorum_key(self) -> str:
        return bodies.quorum_key(self.body, self.mode)

    @property
    def quorum_need(self) -> int:
        """How many must come; 0 where the law sets no number."""
        key = self.quorum_key
        if key not in self.rules or self.rules[key].value == "none":
            return 0
        return self.rules.threshold(key).need(self.eligible)

    @property
    def has_decided(self) -> bool:
        """Whether some result was announced: too few then are left, not came."""
        saved = self.pk is not None
        return saved and bool(self.ballots.filter(state="declared").exists())

    @property
    def quorate(self) -> bool:
        """Whether enough came; who has no vote is in the room, but not 到会."""
        return self.present - self.strangers >= self.quorum_need


class Attendance(models.Model):
    """Who came to a sitting. Not a calendar entry."""

    class How(models.TextChoices):
        IN_PERSON = "in_person", _("到会")
        ONLINE = "online", _("在线参加")
        PROXY = "by_proxy", _("受委托参加（同户，书面）")

    class Signed(models.TextChoices):
        TICKED = "ticked", _("点名")
        FINGER = "finger", _("手写签名")
        CODE = "code", _("扫码")
        SHEET = "sheet", _("纸质签到册")

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="attendances")
    entry = models.ForeignKey(RosterEntry, models.PROTECT, related_name="+")
    how = models.CharField(max_length=10, choices=How, default=How.IN_PERSON)
    signed = models.CharField(
        _("签到方式"), max_length=6, choices=Signed, default=Signed.TICKED
    )
    came_at = models.DateTimeField(_("到会时间"), null=True, blank=True)
    left_at = models.DateTimeField(_("离会时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("到会")
        constraints = (
            models.UniqueConstraint(
                fields=["sitting", "entry"], name="one_attendance_per_person"
            ),
        )

    def __str__(self) -> str:
        return f"{self.entry}"


class Authorisation(Recorded):
    """What the villagers' meeting lets the representatives decide, and until when."""

    village = models.ForeignKey(Village, models.PROTECT, related_name="authorisations")
    types = ArrayField(models.CharField(max_length=8), blank=True, default=list)
    everything = models.BooleanField(_("全部可以授权的事项"), default=False)
    since = models.DateField(_("授权之日"))
    until = models.DateField(_("到期日"), null=True, blank=True)
    resolved_by = models.CharField(_("授权决议"), max_length=100, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("授权")

    def __str__(self) -> str:
        return f"{self.village} {self.since}"
