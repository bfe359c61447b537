"""One question put to one meeting, and its frozen counts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from audit import clock
from villages.models import User, Village
from workflows import bodies
from workflows.figures import Figures

from .matter import Matter
from .recorded import Recorded, newest
from .sitting import Sitting
from .text import MatterText

ELECTRONIC = ("named", "secret")
UNDER_WAY = ("open", "counted", "witnessed")  # put to the vote, and not announced yet
LONGEST = timedelta(hours=10)  # for which people may cast their votes themselves


class BallotQuerySet(models.QuerySet["Ballot"]):
    def locked(self, pk: int) -> Ballot:
        """The ballot as it is now, held until the transaction ends."""
        return self.select_for_update(of=("self",)).select_related("version").get(pk=pk)

    def under_way(self) -> BallotQuerySet:
        """Ballots that were put to the vote, and their results not announced yet."""
        return self.filter(state__in=UNDER_WAY)

    def decided(self) -> BallotQuerySet:
        """Ballots whose outcome counts for the stage."""
        return self.filter(state=Ballot.State.DECLARED, flawed=[])


class Ballot(Recorded):
    """One question put to one meeting. Not a poll."""

    class State(models.TextChoices):
        SCHEDULED = "scheduled", _("列入议题")
        OPEN = "open", _("表决中")
        COUNTED = "counted", _("待监票人核对")
        WITNESSED = "witnessed", _("待宣布结果")
        DECLARED = "declared", _("已宣布")
        VOIDED = "voided", _("已作废")

    class Method(models.TextChoices):
        HANDS = "hands", _("举手表决")
        PAPER = "paper", _("无记名投票")
        NAMED = "named", _("记名表决")
        SECRET = "secret", _("无记名电子表决")

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="ballots")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="ballots")
    position = models.PositiveSmallIntegerField(_("序号"), default=1)
    announced_version = models.ForeignKey(MatterText, models.PROTECT, related_name="+")
    version = models.ForeignKey(
        MatterText, models.PROTECT, null=True, blank=True, related_name="ballots"
    )
    method = models.CharField(
        _("表决方式"), max_length=10, choices=Method, default=Method.HANDS
    )
    state = models.CharField(max_length=10, choices=State, default=State.SCHEDULED)
    flawed = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    verb = models.CharField(max_length=10, blank=True)
    step_verb = models.CharField(max_length=10, blank=True)
    stage_before = models.CharField(max_length=20, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(_("截止时间"), null=True, blank=True)
    declared_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.TextField(blank=True)

    objects = BallotQuerySet.as_manager()

    figures: Figures | None = None  # counts that are being entered

    class Meta:
        verbose_name = verbose_name_plural = _("表决")
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["sitting", "matter"],
                condition=~Q(state="voided"),
                name="one_ballot_per_sitting_and_matter",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["scheduled", "voided"])
                | Q(version__isnull=False),
                name="a_ballot_put_names_its_text",
            ),
        )

    def __str__(self) -> str:
        return f"{self.sitting}：{self.matter}"

    @property
    def village(self) -> Village:
        return self.sitting.village

    @property
    def electronic(self) -> bool:
        """Whether people cast their votes themselves, and nobody counts hands."""
        return self.method in ELECTRONIC

    @property
    def deadline(self) -> datetime | None:
        """When voting ends by itself, where a time was set and not only the limit."""
        if self.closes_at is None or self.opened_at is None:
            return None
        spared = LONGEST - (self.closes_at - self.opened_at)
        return self.closes_at if spared > timedelta(minutes=1) else None

    @property
    def voting(self) -> int:
        """How many of those who are there vote: who is recused does not.

        Of what was counted already, as many as then; somebody may have left since.
        """
        if (tally := self.tally) is None:
            return self.voting_now
        then = Q(left_at=None) | Q(left_at__gt=tally.counted_at)
        return tally.present - self._recused_among(then)

    @property
    def voting_now(self) -> int:
        """The same of those who are there at this moment."""
        return self.sitting.present - self._recused_among(Q(left_at=None))

    def _recused_among(self, there: Q) -> int:
        """Of the people in the room; of all, where people are not ticked one by one."""
        recused, came = self.recusals.all(), self.sitting.attendances.all()
        if came.exists():
            recused = recused.filter(entry__in=came.filter(there).values("entry"))
        return recused.count()

    @property
    def counted_twice(self) -> bool:
        """Whether a second person enters the counts, without having seen the first."""
        return self.method == self.Method.PAPER and not self.sitting.paper

    @property
    def waits_unseen(self) -> bool:
        """Whether the first counts are shown to nobody, as the second are awaited."""
        return self.state == self.State.COUNTED and self.counted_twice

    @property
    def moved(self) -> bool:
        """Whether the matter stands where it does because of this ballot."""
        return self.state == self.State.DECLARED and not self.flawed

    @cached_property
    def tally(self) -> Tally | None:
        """The counts that stand: the newest, which supersedes the others."""
        found: Tally | None = newest(self, "tallies")
        return found


class Tally(models.Model):
    """The frozen counts of a ballot. A correction supersedes, never edits."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="tallies")
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, blank=True)
    eligible = models.PositiveIntegerField(_("应到"))
    present = models.PositiveIntegerField(_("到会"))
    issued = models.PositiveIntegerField(_("发出"))
    returned = models.PositiveIntegerField(_("收回"))
    votes_for = models.PositiveIntegerField(_("赞成"))
    votes_against = models.PositiveIntegerField(_("反对"))
    abstain = models.PositiveIntegerField(_("弃权"))
    invalid = models.PositiveIntegerField(_("无效"))
    quorum_need = models.PositiveIntegerField()
    need = models.PositiveIntegerField()
    passed = models.BooleanField()
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    witness = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    witness_name = models.CharField(_("监票人（纸面签字）"), max_length=30, blank=True)
    caller_name = models.CharField(_("唱票人"), max_length=30, blank=True)
    teller_name = models.CharField(_("计票人"), max_length=30, blank=True)
    witnessed_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("更正理由"), blank=True)
    sheet = models.FileField(_("计票单照片"), upload_to="tallies/%Y/", blank=True)
    sheet_hash = models.CharField(max_length=64, blank=True)
    counted_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("计票")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    returned=F("votes_for")
                    + F("votes_against")
                    + F("abstain")
                    + F("invalid")
                ),
                name="the_counts_close",
            ),
            models.CheckConstraint(
                condition=Q(returned__lte=F("issued"))
                & Q(issued__lte=F("present"))
                & Q(present__lte=F("eligible")),
                name="no_more_ballots_than_people",
            ),
            models.CheckConstraint(
                condition=Q(witness=None) | ~Q(witness=F("entered_by")),
                name="who_counts_does_not_witness",
            ),
        )

    def __str__(self) -> str:
        return f"{self.votes_for}:{self.votes_against}"

    @property
    def witnessed(self) -> bool:
        """Whether a second person saw the counts; a name alone does not say so."""
        return self.witnessed_at is not None

    @property
    def figures(self) -> Figures:
        """The counts as they are entered."""
        return Figures(
            self.present,
            self.issued,
            self.returned,
            self.votes_for,
            self.votes_against,
            self.abstain,
            self.invalid,
        )

    @property
    def unreturned(self) -> int:
        return self.issued - self.returned


class ResolutionQuerySet(models.QuerySet["Resolution"]):
    def standing(self) -> Self:
        """Those whose ballot was not declared void since."""
        return self.exclude(ballot__state=Ballot.State.VOIDED)


class Resolution(Recorded):
    """What the meeting decided: its text and its tally. Not the matter."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="resolutions")
    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="resolutions")
    tally = models.OneToOneField(Tally, models.PROTECT, related_name="resolution")
    text = models.ForeignKey(MatterText, models.PROTECT, related_name="+")
    passed = models.BooleanField()
    resolved_on = models.DateField()

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("决议")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.matter} {clock.local(self.ballot.sitting.held_at):%Y-%m-%d}"

    @property
    def village(self) -> Village:
        return self.matter.village

    @property
    def body(self) -> bodies.Body:
        return bodies.BODIES[self.ballot.sitting.body]

    @property
    def stands(self) -> bool:
        """The same as `standing()`, of a row that was fetched already."""
        return self.ballot.state != Ballot.State.VOIDED
